// SPDX-License-Identifier: MIT
#include "plugin/debugger_log.hpp"

#include "platform/attempt.hpp"
#include "platform/debug_output.hpp"
#include "platform/this_module.hpp"

namespace wslplugins::detail {
namespace {

void append_escaped(std::string& line, std::string_view text) {
    constexpr char digits[] = "0123456789abcdef";
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        if (character == '\n') {
            line += "\\n";
        } else if (character == '\r') {
            line += "\\r";
        } else if (character == '\t') {
            line += "\\t";
        } else if (byte < 0x20 || byte == 0x7F) {
            line += "\\x";
            line += digits[byte >> 4];
            line += digits[byte & 0xF];
        } else {
            line += character;
        }
    }
}

}  // namespace

std::string log_line(std::string_view module, const LogRecord& record) {
    std::string_view text = record.text;
    while (text.ends_with('\n') || text.ends_with('\r')) {
        text.remove_suffix(1);
    }
    std::string line(module);
    line += ' ';
    line += name_of(record.level);
    line += ' ';
    append_escaped(line, record.event);
    if (!text.empty()) {
        line += ": ";
        append_escaped(line, text);
    }
    return line;
}

void DebuggerLog::write(const LogRecord& record) noexcept {
    (void)platform::attempt(
        [&] { platform::write_debug_output(log_line(platform::this_module_name(), record)); });
}

}  // namespace wslplugins::detail
