// SPDX-License-Identifier: MIT
#include "platform/watched_memory.hpp"

#include "platform/fault_handler.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <utility>

namespace wslplugins::platform {
namespace {

/// A fault may come at any time, on any thread: what its handler reads is atomic, and never freed.
struct Slot {
    std::atomic<std::uintptr_t> begin = 0;  // 0: free
    std::atomic<std::uintptr_t> end = 0;
    std::atomic<bool> is_written = false;
    std::size_t length = 0;
    std::array<char, WatchedMemory::longest_sentence + 1> sentence{};
};

std::mutex taking;
std::array<Slot, WatchedMemory::most_watched> slots;

}  // namespace

WatchedMemory::WatchedMemory(const void* begin,
                             std::size_t size,
                             std::string_view sentence) noexcept {
    static const bool is_installed = (fault_handler::install(), true);
    (void)is_installed;
    const std::scoped_lock lock(taking);
    const auto free = std::ranges::find_if(slots, [](const Slot& slot) { return slot.begin == 0; });
    slot_ = static_cast<std::size_t>(free - slots.begin());
    if (free == slots.end()) {
        return;
    }
    free->length = (std::min)(sentence.size(), longest_sentence);
    std::ranges::copy(sentence.substr(0, free->length), free->sentence.begin());
    free->sentence.at(free->length++) = '\n';
    free->is_written = false;
    const auto address = reinterpret_cast<std::uintptr_t>(begin);
    free->end = address + size;
    free->begin = address;
}

WatchedMemory::WatchedMemory(WatchedMemory&& other) noexcept
    : slot_(std::exchange(other.slot_, most_watched)) {}

WatchedMemory::~WatchedMemory() {
    if (slot_ != most_watched) {
        const std::scoped_lock lock(taking);
        slots.at(slot_).begin = 0;
    }
}

std::string_view fault_handler::sentence_at(std::uintptr_t address) noexcept {
    for (Slot& slot : slots) {
        const std::uintptr_t begin = slot.begin;
        if (begin != 0 && begin <= address && address < slot.end &&
            !slot.is_written.exchange(true)) {
            return {slot.sentence.data(), slot.length};
        }
    }
    return {};
}

}  // namespace wslplugins::platform
