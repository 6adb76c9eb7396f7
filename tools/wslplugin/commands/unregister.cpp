// SPDX-License-Identifier: MIT
#include "commands/unregister.hpp"

#include "machine/registration.hpp"
#include "machine_access.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace wslplugins::tool {
namespace {

/// Why the registration stays.
std::optional<Refusal> refusal_to_unregister(const UnregisterOptions& options,
                                             const RegisteredValue& found,
                                             const RecordedPlugin* recorded) {
    const std::string name = "'" + options.name + "'";
    if (!found.data && recorded == nullptr) {
        return Refusal{ExitCode::Findings,
                       "No plugin is registered as " + name +
                           ". 'wslplugin list' shows those that are."};
    }
    if (recorded != nullptr && !recorded->folder.empty()) {
        return Refusal{ExitCode::Findings,
                       name + " was installed: 'wslplugin uninstall' takes its registration and "
                              "its files away."};
    }
    if (found.data && !found.is_ours && !options.force) {
        return Refusal{ExitCode::Findings,
                       name + " is registered as " + found.description +
                           ", which this tool did not write. Remove it with --force."};
    }
    return std::nullopt;
}

std::string what_is_done(const RegisteredValue& found, const PendingChange& change) {
    if (!found.data) {
        return ", whose registration somebody else had removed";
    }
    return ", which was " + found.description +
           (change.value ? ". What was registered before it is back" : "");
}

}  // namespace

void add_unregister(CLI::App& app, Action& action) {
    const auto options = std::make_shared<UnregisterOptions>();
    CLI::App* const command =
        app.add_subcommand("unregister", "Take the registration of a plugin away");
    command->add_option("name", options->name, "The name that it is registered under")->required();
    command->add_flag("--force", options->force, "Even where this tool did not write the value");
    command->add_flag("--dry-run", options->dry_run, "Say what would be done, and do nothing");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_unregister(*options, context); };
    });
}

ExitCode run_unregister(const UnregisterOptions& options, const Context& context) {
    WinResult<RecordKeeper> keeper = open_record(context);
    if (!keeper) {
        return fail_on_machine(context, keeper.error());
    }
    const WinResult<RegisteredValue> found = read_registered_value(keeper->record(), options.name);
    if (!found) {
        return fail_on_machine(context, found.error());
    }
    if (const auto refusal =
            refusal_to_unregister(options, *found, find_plugin(keeper->record(), options.name))) {
        return fail(context, *refusal);
    }
    const PendingChange change = unregistering(keeper->record(), *found, options.name);
    const std::string done = what_is_done(*found, change);
    if (options.dry_run) {
        context.output << "Would unregister '" << options.name << "'" << done << ".\n";
        return ExitCode::Good;
    }
    if (const WinResult<> changed = keeper->change(change); !changed) {
        return fail_on_machine(context, changed.error());
    }
    context.output << "Unregistered '" << options.name << "'" << done
                   << ". The WSL service keeps the plugin loaded until it stops.\n";
    return ExitCode::Good;
}

}  // namespace wslplugins::tool
