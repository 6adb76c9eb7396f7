// SPDX-License-Identifier: MIT
#include "testhost/user/user_messages.hpp"

#include <array>

#include <fmt/format.h>

namespace wslplugins::testhost {
namespace {

struct TextRow {
    HResult code;
    std::string_view text;
};

/// WSL's own texts for codes that reach the user without a message.
constexpr std::array<TextRow, 3> text_rows{{
    {HResult::illegal_state_change,
     "An install, uninstall, or conversion is in progress for this distribution."},
    {HResult::distribution_not_found, "There is no distribution with the supplied name."},
    {default_distribution_not_found, "Windows Subsystem for Linux has no installed distributions."},
}};

std::optional<std::string> text_of(HResult code) {
    for (const TextRow& row : text_rows) {
        if (row.code == code) {
            return std::string(row.text);
        }
    }
    return std::nullopt;
}

}  // namespace

std::string load_failure_message(std::string_view plugin, HResult code) {
    if (code == HResult::plugin_requires_update) {
        return fmt::format(
            "The plugin '{}' requires a newer version of WSL. Please run: wsl.exe --update",
            plugin);
    }
    return plugin_failure_message(plugin, std::nullopt);
}

std::string plugin_failure_message(std::string_view plugin,
                                   const std::optional<std::string>& text) {
    std::string message = fmt::format("A fatal error was returned by plugin '{}'", plugin);
    if (text) {
        message += fmt::format(". Error message: '{}'", *text);
    }
    return message;
}

std::string failure_output(const RecordedError& error) {
    const auto message = error.message ? error.message : text_of(error.code);
    return fmt::format("{}Error code: {}/{}\n",
                       message ? *message + '\n' : std::string(),
                       error.contexts.path(),
                       as_wsl_prints(error.code));
}

std::string wslc_failure_output(const Error& error) {
    const auto message = error.text().empty() ? text_of(error.code()) : std::optional(error.text());
    return fmt::format("{}Error code: {}\n",
                       message ? *message + '\n' : std::string(),
                       as_wsl_prints(error.code()));
}

}  // namespace wslplugins::testhost
