// SPDX-License-Identifier: MIT
/// @file
/// What `--help` shows below each command's options.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace wslplugins::tool {

/// A command line, as typed, and the command that it shows.
struct HelpExample {
    std::string_view command;
    std::string_view line;
};

[[nodiscard]] std::span<const HelpExample> help_examples() noexcept;

/// The command's examples below a heading; empty when it has none.
[[nodiscard]] std::string help_footer_of(std::string_view command);

}  // namespace wslplugins::tool
