// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_process_handles.hpp"

#include <utility>

namespace wslplugins::testhost {

abi::WSLCProcessHandle WslcProcessHandles::add(WslcProcessReference reference) {
    const std::scoped_lock lock(lock_);
    const auto handle = reinterpret_cast<abi::WSLCProcessHandle>(next_);
    next_ += 16;
    handles_.emplace(handle, std::move(reference));
    return handle;
}

std::optional<WslcProcessReference> WslcProcessHandles::find(abi::WSLCProcessHandle handle) const {
    const std::scoped_lock lock(lock_);
    const auto found = handles_.find(handle);
    return found == handles_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<WslcProcessReference> WslcProcessHandles::release(abi::WSLCProcessHandle handle) {
    const std::scoped_lock lock(lock_);
    auto node = handles_.extract(handle);
    return node.empty() ? std::nullopt : std::optional(std::move(node.mapped()));
}

std::vector<abi::WSLCProcessHandle> WslcProcessHandles::release_all_of(std::string_view plugin) {
    const std::scoped_lock lock(lock_);
    std::vector<abi::WSLCProcessHandle> released;
    std::erase_if(handles_, [&](const auto& entry) {
        const bool is_its = entry.second.plugin == plugin;
        if (is_its) {
            released.push_back(entry.first);
        }
        return is_its;
    });
    return released;
}

}  // namespace wslplugins::testhost
