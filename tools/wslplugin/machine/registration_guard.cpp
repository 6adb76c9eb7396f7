// SPDX-License-Identifier: MIT
#include "machine/registration_guard.hpp"

#include "dll_file.hpp"
#include "machine/same_file.hpp"

#include "platform/machine_architecture.hpp"
#include "platform/paths.hpp"
#include "platform/protected_path.hpp"
#include "platform/signature.hpp"

#include <algorithm>

namespace wslplugins::tool {
namespace {

bool has_control_character(std::string_view text) {
    return std::ranges::any_of(text, [](char character) {
        const auto code = static_cast<unsigned char>(character);
        return code < 0x20 || code == 0x7F;
    });
}

std::string name_of_machine(std::uint16_t machine) {
    switch (machine) {
        case platform::machine_x64: return "x64";
        case platform::machine_arm64: return "arm64";
        default: return "another processor";
    }
}

Refusal usage(std::string sentence) {
    return {ExitCode::Usage, std::move(sentence)};
}

Refusal finding(std::string sentence) {
    return {ExitCode::Findings, std::move(sentence)};
}

}  // namespace

std::optional<Refusal> refusal_of_name(const std::string& name) {
    if (name.empty()) {
        return usage("A plugin needs a name: it is what WSL shows to users when the plugin fails.");
    }
    if (has_control_character(name)) {
        return usage("The plugin's name has a control character in it; WSL shows it to users as "
                     "it is. Name it in plain text.");
    }
    return std::nullopt;
}

std::optional<Refusal> refusal_of_path(const std::string& dll) {
    const std::filesystem::path path = platform::path_from_utf8(dll);
    if (!path.is_absolute()) {
        return usage("'" + dll +
                     "' is not a full path, and the WSL service has a working folder of its own. "
                     "Name the DLL from its drive on, such as C:\\plugins\\plugin.dll.");
    }
    if (const WinResult<> found = require_dll(path); !found) {
        return usage(found.error().to_string() + ". Nothing was registered; name an existing DLL.");
    }
    if (!same_text(platform::utf8_from_path(path.extension()), ".dll")) {
        return usage(
            "'" + dll +
            "' does not end in '.dll'; Windows would add that and load another file. Rename it.");
    }
    return std::nullopt;
}

std::optional<Refusal> refusal_of_twin(const std::vector<platform::RegistryValue>& values,
                                       const std::string& name,
                                       const std::string& dll) {
    const auto twin = std::ranges::find_if(values, [&](const platform::RegistryValue& value) {
        return !same_text(value.name, name) && value.type == platform::registry_string_type &&
               same_file(value.text, dll);
    });
    if (twin == values.end()) {
        return std::nullopt;
    }
    return finding("'" + dll + "' is registered already, as '" + twin->name + "' with '" +
                   twin->text + "'. WSL loads a plugin once; unregister '" + twin->name +
                   "' first.");
}

std::optional<Refusal> refusal_of_machine(const std::string& dll) {
    const WinResult<std::uint16_t> machine = machine_of_dll(platform::path_from_utf8(dll));
    if (!machine) {
        return usage(machine.error().to_string() + ".");
    }
    const std::uint16_t native = platform::native_machine();
    if (*machine == native) {
        return std::nullopt;
    }
    return finding("'" + dll + "' is built for " + name_of_machine(*machine) +
                   ", and this computer's WSL service for " + name_of_machine(native) +
                   ": it could not load the plugin. Build the plugin for " +
                   name_of_machine(native) + ".");
}

std::optional<Refusal> refusal_of_signature(const std::string& dll) {
    const WinResult<platform::VerifiedFile> verified = platform::verify_signature(dll);
    if (verified) {
        return std::nullopt;
    }
    return finding("WSL would not load '" + dll + "': " + verified.error().to_string() +
                   ". Sign it with 'wslplugin sign' and trust the certificate with 'wslplugin "
                   "trust'; for a WSL that checks no signatures, on a machine of your own, add "
                   "--dev.");
}

std::optional<Refusal> refusal_of_place(const std::string& dll) {
    const WinResult<std::optional<std::string>> open = platform::find_open_to_others(dll);
    if (!open) {
        return Refusal{ExitCode::Environment, open.error().to_string() + "."};
    }
    if (!*open) {
        return std::nullopt;
    }
    return finding("'" + **open +
                   "' can be changed by users who are no administrators, who could so have their "
                   "own code run as the system. 'wslplugin install' copies the DLL to a folder "
                   "that is protected; on a machine of your own, add --dev.");
}

}  // namespace wslplugins::tool
