// SPDX-License-Identifier: MIT
/// @file
/// Scripts that let a shell complete the tool's command line.
#pragma once

#include <string>
#include <vector>

namespace wslplugins::tool {

struct CompletedOption {
    std::string name;  ///< With its dashes.
    bool takes_value = false;
    std::vector<std::string> values;  ///< What the value can be; empty: anything, such as a file.
};

struct CompletedCommand {
    std::string name;  ///< Empty: the tool without a command.
    std::vector<CompletedOption> options;
    std::vector<std::string> words;  ///< What a word that is no option can be; empty: anything.
};

/// For bash 4.2 and newer. Where anything can stand, files are offered.
[[nodiscard]] std::string bash_completion(const std::vector<CompletedCommand>& commands);

/// For PowerShell 5.1 and newer. Where nothing is offered, PowerShell offers files itself.
[[nodiscard]] std::string powershell_completion(const std::vector<CompletedCommand>& commands);

}  // namespace wslplugins::tool
