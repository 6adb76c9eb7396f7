// SPDX-License-Identifier: MIT
/// @file
/// The lines of a log that a test makes itself.
#pragma once

#include <wslplugins/core/log.hpp>

#include <mutex>
#include <string>
#include <vector>

namespace wslplugins::tests {

class CollectedLog final : public LogSink {
public:
    void write(const LogRecord& record) noexcept override {
        const std::lock_guard lock(mutex_);
        lines_.push_back(std::string(name_of(record.level)) + " " + std::string(record.event) +
                         ": " + std::string(record.text));
    }

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
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
};

}  // namespace wslplugins::tests
