// SPDX-License-Identifier: MIT
/// @file
/// The lines of a log that a test makes itself.
#pragma once

#include "plugin/logged_lines.hpp"

#include <wslplugins/core/log.hpp>

namespace wslplugins::tests {

class CollectedLog final : public LogSink, public LoggedLines {
public:
    void write(const LogRecord& record) noexcept override {
        add(std::string(name_of(record.level)) + " " + std::string(record.event) + ": " +
            std::string(record.text));
    }
};

}  // namespace wslplugins::tests
