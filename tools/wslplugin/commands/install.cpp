// SPDX-License-Identifier: MIT
#include "commands/install.hpp"

#include "machine/installation.hpp"
#include "machine/needed_files.hpp"
#include "machine/service_restart.hpp"
#include "machine_access.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace wslplugins::tool {
namespace {

std::vector<std::string> named_files(const InstallOptions& options) {
    std::vector<std::string> paths{options.dll};
    paths.insert(paths.end(), options.with.begin(), options.with.end());
    return paths;
}

void print_plan(const InstallOptions& options,
                const std::vector<std::string>& files,
                const std::string& folder,
                const Context& context) {
    context.output << "Would copy";
    for (const std::string& file : files) {
        context.output << (&file == &files.front() ? " '" : ", '") << file << "'";
    }
    context.output << " to a folder of its own in '" << folder << "', and register '"
                   << files.front() << "' as '" << options.name << "'.\n";
}

/// With consent the service loads the new plugin at once; without it the old one stays loaded.
ExitCode bring_into_use(bool yes, RecordKeeper& keeper, const Context& context) {
    const WinResult<platform::ServiceStatus> service = find_wsl_service();
    if (yes && service) {
        if (const WinResult<> restarted = restart_wsl_service(keeper); !restarted) {
            return fail_on_machine(context, restarted.error());
        }
        context.output << "The WSL service has started anew.\n";
        return ExitCode::Good;
    }
    if (const WinResult<> removed = keeper.remove_leftovers(); !removed) {
        return fail_on_machine(context, removed.error());
    }
    context.output << "WSL loads plugins when its service starts: 'wslplugin reload' starts it "
                      "anew, which ends all distributions.\n";
    return ExitCode::Good;
}

}  // namespace

void add_install(CLI::App& app, Action& action) {
    const auto options = std::make_shared<InstallOptions>();
    CLI::App* const command = app.add_subcommand(
        "install", "Copy a plugin to where only administrators can change it, and register it");
    command->add_option("name", options->name, "The plugin's name, as WSL shows it to users")
        ->required();
    command->add_option("dll", options->dll, "The path of its DLL")->required();
    command->add_option("--with", options->with, "A file that the plugin needs beside it");
    command->add_flag("--force", options->force, "Replace a registration that is not this tool's");
    command->add_flag(
        "--dev", options->development, "On a machine of your own: also a DLL that is not signed");
    command->add_flag("--yes",
                      options->yes,
                      "Start the WSL service anew as well; every user's distributions stop");
    command->add_flag("--dry-run", options->dry_run, "Say what would be done, and do nothing");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_install(*options, context); };
    });
}

ExitCode run_install(const InstallOptions& options, const Context& context) {
    const WinResult<MachineFolders> folders = MachineFolders::find();
    if (!folders) {
        return fail_on_machine(context, folders.error());
    }
    const WinResult<std::vector<std::string>> files = full_paths(named_files(options));
    if (!files) {
        return fail(context, ExitCode::Usage, files.error());
    }
    if (const auto refusal = refusal_to_install(options.name, files->front())) {
        return fail(context, *refusal);
    }
    const NeededFiles needed = find_needed_files(*files);
    if (needed.refusal) {
        return fail(context, *needed.refusal);
    }
    WinResult<RecordKeeper> keeper = open_record(context);
    if (!keeper) {
        return fail_on_machine(context, keeper.error());
    }
    const WinResult<RegisteredValue> found = read_registered_value(keeper->record(), options.name);
    if (!found) {
        return fail_on_machine(context, found.error());
    }
    if (const auto refusal = refusal_to_replace(
            *found, {.name = options.name, .path = {}, .folder = {}, .force = options.force})) {
        return fail(context, *refusal);
    }
    if (options.dry_run) {
        print_plan(options, needed.files, folders->plugins, context);
        return ExitCode::Good;
    }
    const Installation wanted{.name = options.name,
                              .files = needed.files,
                              .development = options.development,
                              .force = options.force};
    const auto copy = install_copy(*keeper, wanted, *found, context);
    if (!copy) {
        (void)keeper->remove_leftovers();  // else the next call does
        return copy.error();
    }
    context.output << "Installed '" << options.name << "' as '" << copy->dll << "'.\n";
    return bring_into_use(options.yes, *keeper, context);
}

}  // namespace wslplugins::tool
