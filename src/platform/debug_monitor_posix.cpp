// SPDX-License-Identifier: MIT
#include "platform/debug_monitor.hpp"

namespace wslplugins::platform {

class DebugMonitor::State {};

DebugMonitor::DebugMonitor(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}

DebugMonitor::~DebugMonitor() = default;

WinResult<std::unique_ptr<DebugMonitor>> DebugMonitor::start() {
    return failure(HResult::not_supported, "Only Windows has a channel of debug output");
}

std::vector<DebugLine> DebugMonitor::take() {
    return {};
}

}  // namespace wslplugins::platform
