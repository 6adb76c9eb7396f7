// SPDX-License-Identifier: MIT
#include "commands/unregister.hpp"

#include "machine_access.hpp"

#include "platform/registry.hpp"

#include <wslplugins/testhost/plugin_registration.hpp>

#include <CLI/CLI.hpp>

#include <memory>

namespace wslplugins::tool {

void add_unregister(CLI::App& app, Action& action) {
    const auto options = std::make_shared<UnregisterOptions>();
    CLI::App* const command =
        app.add_subcommand("unregister", "Take the registration of a plugin away");
    command->add_option("name", options->name, "The name that it is registered under")->required();
    command->add_flag("--force", options->force, "Even where the value is not a plugin's");
    command->add_flag("--dry-run", options->dry_run, "Say what would be done, and do nothing");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_unregister(*options, context); };
    });
}

ExitCode run_unregister(const UnregisterOptions& options, const Context& context) {
    const WinResult<std::optional<platform::RegistryValue>> value =
        platform::read_registry_value(testhost::plugins_key, options.name);
    if (!value) {
        return fail_on_machine(context, value.error());
    }
    if (!*value) {
        return fail(context,
                    ExitCode::Findings,
                    "No plugin is registered as '" + options.name +
                        "'. 'wslplugin list' shows those that are.");
    }
    const platform::RegistryValue& found = **value;
    if (found.type != platform::registry_string_type && !options.force) {
        return fail(context,
                    ExitCode::Findings,
                    "'" + options.name + "' is a " + platform::registry_type_name(found.type) +
                        " value, which WSL skips: this tool did not write it. Remove it with "
                        "--force.");
    }
    if (options.dry_run) {
        context.output << "Would unregister '" << options.name << "', which is '" << found.text
                       << "'.\n";
        return ExitCode::Good;
    }
    const WinResult<> deleted =
        platform::delete_registry_value(testhost::plugins_key, options.name);
    if (!deleted) {
        return fail_on_machine(context, deleted.error());
    }
    context.output << "Unregistered '" << options.name << "', which was '" << found.text
                   << "'. The WSL service keeps the plugin loaded until it stops.\n";
    return ExitCode::Good;
}

}  // namespace wslplugins::tool
