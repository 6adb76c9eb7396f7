// SPDX-License-Identifier: MIT
#include "commands/register.hpp"

#include "dll_file.hpp"
#include "machine_access.hpp"

#include "platform/paths.hpp"
#include "platform/registry.hpp"

#include <wslplugins/testhost/plugin_registration.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace wslplugins::tool {
namespace {

using Values = std::vector<platform::RegistryValue>;

/// The registry and Windows' file systems ignore case. Beyond ASCII the comparison is exact: two names are
/// then at worst taken for different ones.
bool same_text(std::string_view left, std::string_view right) {
    const auto fold = [](char character) {
        return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                    : character;
    };
    return std::equal(
        left.begin(), left.end(), right.begin(), right.end(), [&fold](char a, char b) {
            return fold(a) == fold(b);
        });
}

bool same_file(std::string_view left, std::string_view right) {
    std::error_code error;
    return same_text(left, right) || std::filesystem::equivalent(platform::path_from_utf8(left),
                                                                 platform::path_from_utf8(right),
                                                                 error);
}

bool has_control_character(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char character) {
        const auto code = static_cast<unsigned char>(character);
        return code < 0x20 || code == 0x7F;
    });
}

/// What is wrong with the arguments themselves; nothing when they are good.
std::optional<std::string> complaint_about(const RegisterOptions& options) {
    if (options.name.empty()) {
        return "A plugin needs a name: it is what WSL shows to users when the plugin fails.";
    }
    if (has_control_character(options.name)) {
        return "The plugin's name has a control character in it; WSL shows it to users as it is. "
               "Name it in plain text.";
    }
    const std::filesystem::path path = platform::path_from_utf8(options.dll);
    if (!path.is_absolute()) {
        return "'" + options.dll +
               "' is not a full path, and the WSL service has a working folder of its own. Name "
               "the DLL from its drive on, such as C:\\plugins\\plugin.dll.";
    }
    if (const WinResult<> found = require_dll(path); !found) {
        return found.error().to_string() + ". Nothing was registered; name an existing DLL.";
    }
    if (!same_text(platform::utf8_from_path(path.extension()), ".dll")) {
        return "'" + options.dll +
               "' does not end in '.dll'; Windows would add that and load another file. Rename it.";
    }
    return std::nullopt;
}

const platform::RegistryValue* find_name(const Values& values, std::string_view name) {
    const auto found = std::find_if(values.begin(), values.end(), [name](const auto& value) {
        return same_text(value.name, name);
    });
    return found == values.end() ? nullptr : &*found;
}

/// Another name that the same file is registered under. WSL skips a path that it has seen, and loads a file
/// twice that is spelt in two ways.
const platform::RegistryValue* find_twin(const Values& values, const RegisterOptions& options) {
    const auto found = std::find_if(values.begin(), values.end(), [&options](const auto& value) {
        return !same_text(value.name, options.name) &&
               value.type == platform::registry_string_type && same_file(value.text, options.dll);
    });
    return found == values.end() ? nullptr : &*found;
}

std::string description_of(const platform::RegistryValue& value) {
    return platform::registry_type_name(value.type) + " '" + value.text + "'";
}

ExitCode write(const RegisterOptions& options, const Context& context) {
    if (options.dry_run) {
        context.output << "Would register '" << options.name << "' as '" << options.dll << "'.\n";
        return ExitCode::Good;
    }
    const WinResult<> written =
        platform::write_registry_string(testhost::plugins_key, options.name, options.dll);
    if (!written) {
        return fail_on_machine(context, written.error());
    }
    context.output << "Registered '" << options.name << "' as '" << options.dll
                   << "'. WSL loads plugins when its service starts: as an administrator, run "
                      "'net stop wslservice' and 'net start wslservice', which ends all "
                      "distributions.\n";
    return ExitCode::Good;
}

}  // namespace

void add_register(CLI::App& app, Action& action) {
    const auto options = std::make_shared<RegisterOptions>();
    CLI::App* const command = app.add_subcommand("register", "Register a plugin with WSL");
    command->add_option("name", options->name, "The plugin's name, as WSL shows it to users")
        ->required();
    command->add_option("dll", options->dll, "The full path of its DLL")->required();
    command->add_flag("--force", options->force, "Replace a registration of that name");
    command->add_flag("--dry-run", options->dry_run, "Say what would be done, and do nothing");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_register(*options, context); };
    });
}

ExitCode run_register(const RegisterOptions& options, const Context& context) {
    const WinResult<Values> values = platform::read_registry_values(testhost::plugins_key);
    if (!values) {
        return fail_on_machine(context, values.error());
    }
    if (const std::optional<std::string> complaint = complaint_about(options)) {
        return fail(context, ExitCode::Usage, *complaint);
    }
    if (const platform::RegistryValue* const twin = find_twin(*values, options)) {
        return fail(context,
                    ExitCode::Findings,
                    "'" + options.dll + "' is registered already, as '" + twin->name + "' with '" +
                        twin->text + "'. WSL loads a plugin once; unregister '" + twin->name +
                        "' first.");
    }
    const platform::RegistryValue* const existing = find_name(*values, options.name);
    const bool is_same = existing != nullptr && existing->type == platform::registry_string_type &&
                         existing->text == options.dll;
    if (existing != nullptr && !is_same && !options.force) {
        return fail(context,
                    ExitCode::Findings,
                    "'" + options.name + "' is registered already, as " +
                        description_of(*existing) +
                        ". Choose another name, or replace it with --force.");
    }
    return write(options, context);
}

}  // namespace wslplugins::tool
