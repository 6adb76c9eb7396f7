// SPDX-License-Identifier: MIT
/// @file
/// `Finding`: something about a plugin that is wrong or may become wrong, in the words that everything here uses for it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace wslplugins::findings {

/// How bad it is.
enum class Severity : std::uint8_t {
    Note,     ///< Worth knowing.
    Warning,  ///< Goes well for now, or for some users.
    Error     ///< The real service would fail, hang or crash.
};

/// `note`, `warning` or `error`.
[[nodiscard]] std::string_view name_of(Severity severity) noexcept;

/// Where a finding can be made.
enum class Subject : std::uint8_t {
    Run,     ///< While the plugin runs, by the test host's strict mode.
    File,    ///< In the DLL, by `wslplugin inspect`.
    Machine  ///< On the computer, by `wslplugin doctor`.
};

/// Texts are English sentences, UTF-8, for the life of the program.
struct Finding {
    std::string_view id;       ///< Words with hyphens; never changed once released.
    Severity severity;         ///< How bad it is.
    Subject subject;           ///< Where it can be made.
    std::string_view title;    ///< What was seen.
    std::string_view meaning;  ///< What the real service makes of it.
    std::string_view fix;      ///< What to do.
};

/// All of them, in the order of their ids.
[[nodiscard]] std::span<const Finding> all_findings() noexcept;

/// The finding with that id; null when there is none.
[[nodiscard]] const Finding* find_finding(std::string_view id) noexcept;

}  // namespace wslplugins::findings
