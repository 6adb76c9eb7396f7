// SPDX-License-Identifier: MIT
/// @file
/// The lines that a plugin in this process logs.
#pragma once

#include "platform/debug_output.hpp"

#include <mutex>
#include <string>
#include <vector>

namespace wslplugins::tests {

class CaughtLog final : private platform::DebugOutputListener {
public:
    CaughtLog() : capture_(*this) {}

    [[nodiscard]] std::vector<std::string> lines() const {
        const std::lock_guard lock(mutex_);
        return lines_;
    }

    [[nodiscard]] bool contains(std::string_view text) const {
        for (const std::string& line : lines()) {
            if (line.find(text) != std::string::npos) {
                return true;
            }
        }
        return false;
    }

private:
    void on_debug_output(std::string_view text) noexcept override {
        const std::lock_guard lock(mutex_);
        lines_.emplace_back(text);
    }

    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
    platform::DebugOutputCapture capture_;
};

}  // namespace wslplugins::tests
