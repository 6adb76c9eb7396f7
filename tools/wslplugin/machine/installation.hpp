// SPDX-License-Identifier: MIT
/// @file
/// Installing a plugin: what `install` and `try` share.
#pragma once

#include "context.hpp"
#include "machine/installed_copy.hpp"
#include "machine/registration.hpp"

#include <optional>
#include <string>
#include <vector>

namespace wslplugins::tool {

/// Full paths: copies are made whatever the working folder is by then.
[[nodiscard]] WinResult<std::vector<std::string>> full_paths(std::vector<std::string> paths);

/// Why a plugin of that name is not made of that DLL, whatever is installed already.
[[nodiscard]] std::optional<Refusal> refusal_to_install(const std::string& name,
                                                        const std::string& dll);

struct Installation {
    std::string name;
    std::vector<std::string> files;  ///< Full paths; the first is the plugin.
    bool development = false;
    bool force = false;
};

/// Makes the copy, looks at it as WSL will, and registers it in place of what was found. What goes wrong is printed.
/// @return the exit code then, with the copy among what is left over.
[[nodiscard]] std::expected<InstalledCopy, ExitCode> install_copy(RecordKeeper& keeper,
                                                                  const Installation& wanted,
                                                                  const RegisteredValue& found,
                                                                  const Context& context);

/// The change that takes an installation back: a value that somebody else has put there stays; what this tool made
/// goes.
[[nodiscard]] PendingChange
uninstalling(const MachineRecord& record, const RegisteredValue& found, const std::string& name);

}  // namespace wslplugins::tool
