// SPDX-License-Identifier: MIT
/// @file
/// `play_trial`: a plugin tried out on the WSL of this computer, and everything put back.
#pragma once

#include "machine/record_keeper.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace wslplugins::tool {

/// What is to be tried.
struct TrialPlan {
    std::string name;
    std::vector<std::string>
        files;  ///< The DLL and what goes with it; empty for what is registered already.
    bool development = false;
    std::string wsl_program;           ///< The full path of `wsl.exe`.
    std::string distribution;          ///< Empty: the user's default one.
    std::vector<std::string> command;  ///< What runs in it.
    std::string log_file;              ///< The plugin's own log; empty where none is to be shown.
};

/// One call of `wsl.exe`.
struct TrialCommand {
    std::vector<std::string> words;
    std::optional<int> exit_code;  ///< None where it did not come to its end.
    std::string output;
};

struct TrialReport {
    std::string path;  ///< What WSL was to load.
    bool is_loaded = false;
    std::vector<TrialCommand> commands;
    std::vector<std::string> log;       ///< Lines of debug output of the service's process.
    std::string log_missing;            ///< Why there can be none; empty where there could.
    std::vector<std::string> log_file;  ///< Lines that the plugin's own log got.
    std::vector<std::string> problems;  ///< A sentence each.
    bool is_put_back = false;
};

/// Installs the plugin where it is not there already, starts the service anew, runs the command and `--shutdown`, and
/// takes back what it did, whatever went wrong on the way. Blocks; the service starts anew twice, or once where
/// nothing is installed.
/// @param goes_on asked often; once it says no, nothing more is begun but the taking back.
[[nodiscard]] TrialReport
play_trial(RecordKeeper& keeper, const TrialPlan& plan, const std::function<bool()>& goes_on);

}  // namespace wslplugins::tool
