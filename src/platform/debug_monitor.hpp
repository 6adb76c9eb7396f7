// SPDX-License-Identifier: MIT
/// @file
/// `DebugMonitor`: what other processes say with `OutputDebugString`, services' included, as a viewer of debug output
/// sees it. What this process itself says is `debug_output.hpp`'s.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace wslplugins::platform {

/// One call of `OutputDebugString`.
struct DebugLine {
    std::uint32_t process_id = 0;
    std::string text;  ///< UTF-8, without the line end; Windows cuts it at 4 KiB.
};

/// Collects from its beginning to its end, on a thread of its own: a viewer that is slow makes every process of the
/// computer that speaks wait for it.
class DebugMonitor {
public:
    /// @return ERROR_ALREADY_EXISTS where another viewer listens; ERROR_ACCESS_DENIED without an administrator's
    ///         rights; ERROR_NOT_SUPPORTED where this is not Windows.
    [[nodiscard]] static WinResult<std::unique_ptr<DebugMonitor>> start();

    DebugMonitor(const DebugMonitor&) = delete;
    DebugMonitor& operator=(const DebugMonitor&) = delete;
    ~DebugMonitor();

    /// Takes out what came so far, in its order.
    [[nodiscard]] std::vector<DebugLine> take();

private:
    class State;
    explicit DebugMonitor(std::unique_ptr<State> state) noexcept;

    std::unique_ptr<State> state_;
};

}  // namespace wslplugins::platform
