// SPDX-License-Identifier: MIT
/// @file
/// `WslcProcessHandles`: the process handles that plugins hold.
#pragma once

#include "testhost/wslc/wslc_process.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::testhost {

/// What a handle stands for.
struct WslcProcessReference {
    std::shared_ptr<WslcProcess> process;
    std::uint64_t thread = 0;  ///< The mark of the thread that started the program.
    std::string plugin;        ///< Whose it is; empty where that is not known.
};

/// A handle is opaque to plugins; no value is given out twice, so that a stale one is known as such.
class WslcProcessHandles {
public:
    [[nodiscard]] abi::WSLCProcessHandle add(WslcProcessReference reference);

    /// None for a handle that was never given out, or is released.
    [[nodiscard]] std::optional<WslcProcessReference> find(abi::WSLCProcessHandle handle) const;

    [[nodiscard]] std::optional<WslcProcessReference> release(abi::WSLCProcessHandle handle);

    /// Those of a plugin whose process has ended, as COM gives back what such a process held. @return which.
    std::vector<abi::WSLCProcessHandle> release_all_of(std::string_view plugin);

private:
    mutable std::mutex lock_;
    std::uintptr_t next_ = 0x10000;
    std::map<abi::WSLCProcessHandle, WslcProcessReference> handles_;
};

}  // namespace wslplugins::testhost
