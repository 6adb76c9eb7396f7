// SPDX-License-Identifier: MIT
/// @file
/// How the command lines of the helper, by which the framework runs programs on the Linux side, are known from
/// others: to the api room, which writes them, and to a test host that runs nothing and answers in their place.
///
/// Each is `/bin/sh -c <script> <own script> …`; the own script begins with the line of its mark. What follows the
/// main script: the script that executes the program, the working folder and the user (`-` for none), the program's
/// path, the tools needed, and the words of the program's command line that are not empty. The line that begins with
/// `    exec ` in the executing script has the place of each, as `"$@"`, `"${1}"` and `''`. The words are, in this
/// order: `env`, `-i` and `--` with the variables, where `env` is among the tools; `bash`, three words and the name,
/// where `bash` is; the path, the arguments.
#pragma once

#include <string_view>

namespace wslplugins::helper_marks {

inline constexpr std::string_view main = "# wslplugins helper: main";
inline constexpr std::string_view to_program = "# wslplugins helper: to the program";
inline constexpr std::string_view from_program = "# wslplugins helper: from the program";

}  // namespace wslplugins::helper_marks
