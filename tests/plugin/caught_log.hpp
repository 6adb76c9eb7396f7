// SPDX-License-Identifier: MIT
/// @file
/// The lines that a plugin in this process logs.
#pragma once

#include "platform/debug_output.hpp"
#include "plugin/logged_lines.hpp"

namespace wslplugins::tests {

class CaughtLog final : public LoggedLines, private platform::DebugOutputListener {
public:
    CaughtLog() : capture_(*this) {}

private:
    void on_debug_output(std::string_view text) noexcept override { add(std::string(text)); }

    platform::DebugOutputCapture capture_;
};

}  // namespace wslplugins::tests
