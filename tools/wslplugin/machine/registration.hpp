// SPDX-License-Identifier: MIT
/// @file
/// Making and taking back registrations: what `register`, `unregister`, `install` and `uninstall` share.
#pragma once

#include "context.hpp"
#include "machine/record_keeper.hpp"
#include "machine/registration_guard.hpp"

namespace wslplugins::tool {

/// Prints the sentence of a refusal. @return its code.
[[nodiscard]] ExitCode fail(const Context& context, const Refusal& refusal);

/// Opens the record, and prints what was put in order by that.
[[nodiscard]] WinResult<RecordKeeper> open_record(const Context& context);

/// The value that WSL loads that file for.
[[nodiscard]] RegistryData registry_data_of(const std::string& path);

/// What stands in the registry under a name, and whether it is what this tool wrote.
struct RegisteredValue {
    std::optional<RegistryData> data;
    std::string description;  ///< `REG_SZ 'C:\plugin.dll'`
    bool is_ours = false;
};

[[nodiscard]] WinResult<RegisteredValue> read_registered_value(const MachineRecord& record,
                                                               const std::string& name);

/// What is to be registered.
struct NewRegistration {
    std::string name;
    std::string path;
    std::string folder;
    bool development = false;
    bool force = false;
};

/// Why the value under that name must stay as it is.
[[nodiscard]] std::optional<Refusal> refusal_to_replace(const RegisteredValue& found,
                                                        const NewRegistration& wanted);

/// The change that registers it, from what the registry has now.
[[nodiscard]] PendingChange registering(const MachineRecord& record,
                                        const RegisteredValue& found,
                                        const NewRegistration& wanted);

/// The change that takes a registration away, and brings back what this tool had replaced.
[[nodiscard]] PendingChange
unregistering(const MachineRecord& record, const RegisteredValue& found, const std::string& name);

}  // namespace wslplugins::tool
