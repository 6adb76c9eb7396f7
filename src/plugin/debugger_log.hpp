// SPDX-License-Identifier: MIT
/// @file
/// `DebuggerLog`: the default place of a plugin's log, the debugger's channel.
#pragma once

#include <wslplugins/core/log.hpp>

#include <string>
#include <string_view>

namespace wslplugins::detail {

/// One entry as one line: `<module> <level> <event>: <text>`, without the colon when there is no text.
///
/// Line ends at the end of the text are dropped. Any other control character is written as `\n`, `\r`, `\t`
/// or `\x` and two hex digits, so that an entry stays one line whatever a Linux program wrote.
[[nodiscard]] std::string log_line(std::string_view module, const LogRecord& record);

class DebuggerLog final : public LogSink {
public:
    /// Drops the entry when memory is out.
    void write(const LogRecord& record) noexcept override;
};

}  // namespace wslplugins::detail
