// SPDX-License-Identifier: MIT
#include "commands/uninstall.hpp"

#include "machine/installation.hpp"
#include "machine/service_restart.hpp"
#include "machine_access.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace wslplugins::tool {
namespace {

bool is_left(const RecordKeeper& keeper, const std::string& folder) {
    return std::ranges::find(keeper.record().leftovers, folder) != keeper.record().leftovers.end();
}

/// The service may hold the DLL open; with consent it is stopped for that.
ExitCode
remove_files(const std::string& folder, bool yes, RecordKeeper& keeper, const Context& context) {
    if (const WinResult<> removed = keeper.remove_leftovers(); !removed) {
        return fail_on_machine(context, removed.error());
    }
    if (is_left(keeper, folder) && yes) {
        if (const WinResult<> restarted = restart_wsl_service(keeper); !restarted) {
            return fail_on_machine(context, restarted.error());
        }
        context.output << "The WSL service has started anew.\n";
    }
    if (is_left(keeper, folder)) {
        context.output << "'" << folder
                       << "' is still in use by the WSL service; the next 'wslplugin reload' "
                          "removes it.\n";
    }
    return ExitCode::Good;
}

}  // namespace

void add_uninstall(CLI::App& app, Action& action) {
    const auto options = std::make_shared<UninstallOptions>();
    CLI::App* const command =
        app.add_subcommand("uninstall", "Take back all that 'install' did for a plugin");
    command->add_option("name", options->name, "The name that it is installed under")->required();
    command->add_flag("--yes",
                      options->yes,
                      "Start the WSL service anew where it holds the files open; every user's "
                      "distributions stop");
    command->add_flag("--dry-run", options->dry_run, "Say what would be done, and do nothing");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_uninstall(*options, context); };
    });
}

ExitCode run_uninstall(const UninstallOptions& options, const Context& context) {
    WinResult<RecordKeeper> keeper = open_record(context);
    if (!keeper) {
        return fail_on_machine(context, keeper.error());
    }
    const RecordedPlugin* const recorded = find_plugin(keeper->record(), options.name);
    if (recorded == nullptr || recorded->folder.empty()) {
        return fail(context,
                    ExitCode::Findings,
                    "'" + options.name +
                        "' is not installed by this tool. 'wslplugin status' shows what is; "
                        "'wslplugin unregister' takes a registration away.");
    }
    const std::string folder = recorded->folder;
    if (options.dry_run) {
        context.output << "Would unregister '" << options.name << "' and remove '" << folder
                       << "'.\n";
        return ExitCode::Good;
    }
    const WinResult<RegisteredValue> found = read_registered_value(keeper->record(), options.name);
    if (!found) {
        return fail_on_machine(context, found.error());
    }
    if (const WinResult<> changed =
            keeper->change(uninstalling(keeper->record(), *found, options.name));
        !changed) {
        return fail_on_machine(context, changed.error());
    }
    context.output << "Uninstalled '" << options.name << "'.\n";
    return remove_files(folder, options.yes, *keeper, context);
}

}  // namespace wslplugins::tool
