// SPDX-License-Identifier: MIT
/// @file
/// On Linux, commands that need Windows are done by the Windows build of this tool under Wine, in a prefix of its own.
/// docs/tool.md says where everything is found and kept.
#pragma once

#include "context.hpp"
#include "machine/diagnosis.hpp"

namespace CLI {
class App;
}

namespace wslplugins::tool {

/// What runs the command that was parsed: `here`, or the Windows build where the command needs Windows and this is
/// none. Where that build cannot be run, `here` says what it cannot do, and then what is missing is said.
/// @param command as parsed; read at once.
[[nodiscard]] Action
handed_over(const CLI::App& command, const std::vector<std::string>& trailing_words, Action here);

/// What would have to be installed here; empty on Windows.
[[nodiscard]] std::vector<Diagnosed> missing_for_windows();

}  // namespace wslplugins::tool
