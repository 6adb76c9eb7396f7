// SPDX-License-Identifier: MIT
/// @file
/// `Context`: where a command prints. UTF-8 on every system.
#pragma once

#include "exit_code.hpp"

#include <wslplugins/core/error.hpp>

#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::testhost {
struct JournalEntry;
}

namespace wslplugins::tool {

struct Context {
    std::ostream& output;  ///< What was asked for.
    std::ostream& errors;  ///< What went wrong.
    /// The words behind `--` on the command line.
    std::vector<std::string> trailing_words = {};
    /// This program, as a path, which `run` starts once more for the plugins to run in; empty: they run in this process.
    std::string own_program = {};
    /// All of the command line, without the program's name.
    std::vector<std::string> arguments = {};
    /// Told of what happens in a run; may be empty.
    std::function<void(const testhost::JournalEntry&)> journal_listener = {};
};

/// What the command line asks for: set by the parser, run after it.
using Action = std::function<ExitCode(const Context&)>;

/// Prints one sentence on the error stream. @return `code`, so that a command ends with it.
[[nodiscard]] ExitCode fail(const Context& context, ExitCode code, std::string_view sentence);

/// As above, for a failed call: its sentence and its code, then what to do about it.
[[nodiscard]] ExitCode
fail(const Context& context, ExitCode code, const Error& error, std::string_view advice = {});

}  // namespace wslplugins::tool
