// SPDX-License-Identifier: MIT
#include "commands/register.hpp"

#include "machine/registration.hpp"
#include "machine_access.hpp"

#include <wslplugins/testhost/plugin_registration.hpp>

#include <CLI/CLI.hpp>

#include <memory>

namespace wslplugins::tool {
namespace {

/// Why it is not registered, whatever is there already.
std::optional<Refusal> refusal_of_plugin(const RegisterOptions& options,
                                         const std::vector<platform::RegistryValue>& values) {
    if (auto refusal = refusal_of_name(options.name)) {
        return refusal;
    }
    if (auto refusal = refusal_of_path(options.dll)) {
        return refusal;
    }
    if (auto refusal = refusal_of_twin(values, options.name, options.dll)) {
        return refusal;
    }
    if (auto refusal = refusal_of_machine(options.dll)) {
        return refusal;
    }
    if (options.development) {
        return std::nullopt;
    }
    if (auto refusal = refusal_of_place(options.dll)) {
        return refusal;
    }
    return refusal_of_signature(options.dll);
}

ExitCode write(const RegisterOptions& options, RecordKeeper& keeper, const Context& context) {
    const WinResult<RegisteredValue> found = read_registered_value(keeper.record(), options.name);
    if (!found) {
        return fail_on_machine(context, found.error());
    }
    if (found->data == registry_data_of(options.dll)) {
        context.output << "'" << options.name << "' is registered already, as '" << options.dll
                       << "'.\n";
        return ExitCode::Good;
    }
    const NewRegistration wanted{.name = options.name,
                                 .path = options.dll,
                                 .folder = {},
                                 .development = options.development,
                                 .force = options.force};
    if (const auto refusal = refusal_to_replace(*found, wanted)) {
        return fail(context, *refusal);
    }
    if (options.dry_run) {
        context.output << "Would register '" << options.name << "' as '" << options.dll << "'.\n";
        return ExitCode::Good;
    }
    if (const WinResult<> done = keeper.change(registering(keeper.record(), *found, wanted));
        !done) {
        return fail_on_machine(context, done.error());
    }
    context.output << "Registered '" << options.name << "' as '" << options.dll
                   << "'. WSL loads plugins when its service starts: 'wslplugin reload' starts it "
                      "anew, which ends all distributions.\n";
    return ExitCode::Good;
}

}  // namespace

void add_register(CLI::App& app, Action& action) {
    const auto options = std::make_shared<RegisterOptions>();
    CLI::App* const command = app.add_subcommand("register", "Register a plugin with WSL");
    command->add_option("name", options->name, "The plugin's name, as WSL shows it to users")
        ->required();
    command->add_option("dll", options->dll, "The full path of its DLL")->required();
    command->add_flag("--force", options->force, "Replace a registration that is not this tool's");
    command->add_flag("--dev",
                      options->development,
                      "On a machine of your own: also a DLL that is not signed, or that users "
                      "could replace; 'wslplugin doctor' keeps pointing at it");
    command->add_flag("--dry-run", options->dry_run, "Say what would be done, and do nothing");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_register(*options, context); };
    });
}

ExitCode run_register(const RegisterOptions& options, const Context& context) {
    const auto values = platform::read_registry_values(testhost::plugins_key);
    if (!values) {
        return fail_on_machine(context, values.error());
    }
    if (const auto refusal = refusal_of_plugin(options, *values)) {
        return fail(context, *refusal);
    }
    WinResult<RecordKeeper> keeper = open_record(context);
    if (!keeper) {
        return fail_on_machine(context, keeper.error());
    }
    return write(options, *keeper, context);
}

}  // namespace wslplugins::tool
