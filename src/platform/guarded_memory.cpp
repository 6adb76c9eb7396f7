// SPDX-License-Identifier: MIT
#include "platform/guarded_memory.hpp"

#include "platform/guarded_pages.hpp"

#include <string>
#include <utility>

namespace wslplugins::platform {

WinResult<GuardedMemory> GuardedMemory::allocate(std::size_t size) {
    const std::string what = "Allocating " + std::to_string(size) + " guarded bytes";
    if (size == 0 || size % 8 != 0) {
        return failure(HResult::invalid_argument, what + " was not tried: not a multiple of 8");
    }
    const std::size_t page = guarded_pages::page_size();
    const std::size_t usable = (size + page - 1) / page * page;
    HResult error;
    void* const mapping = guarded_pages::map(usable, page, error);
    if (error.is_failure()) {
        return failure(error, what + " failed");
    }
    auto* const data = static_cast<std::byte*>(mapping) + (usable - size);
    return GuardedMemory(mapping, usable + page, data, size);
}

GuardedMemory::GuardedMemory(GuardedMemory&& other) noexcept
    : mapping_(std::exchange(other.mapping_, nullptr)), mapped_(other.mapped_),
      data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

GuardedMemory& GuardedMemory::operator=(GuardedMemory&& other) noexcept {
    if (this != &other) {
        release();
        mapping_ = std::exchange(other.mapping_, nullptr);
        mapped_ = other.mapped_;
        data_ = std::exchange(other.data_, nullptr);
        size_ = std::exchange(other.size_, 0);
    }
    return *this;
}

GuardedMemory::~GuardedMemory() {
    release();
}

std::span<const std::byte> GuardedMemory::guard() const noexcept {
    const std::byte* const begin = static_cast<const std::byte*>(data_) + size_;
    return {begin, static_cast<const std::byte*>(mapping_) + mapped_};
}

void GuardedMemory::forbid() noexcept {
    guarded_pages::forbid(mapping_, mapped_ - guard().size());
}

void GuardedMemory::release() noexcept {
    if (mapping_ != nullptr) {
        guarded_pages::unmap(mapping_, mapped_);
    }
}

}  // namespace wslplugins::platform
