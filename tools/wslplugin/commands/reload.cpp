// SPDX-License-Identifier: MIT
#include "commands/reload.hpp"

#include "consent.hpp"
#include "machine/plugin_survey.hpp"
#include "machine/registration.hpp"
#include "machine/service_restart.hpp"
#include "machine_access.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace wslplugins::tool {
namespace {

/// Tells of every registered plugin whether the service has it now.
ExitCode tell_what_is_loaded(const Context& context) {
    const WinResult<Survey> survey = survey_plugins();
    if (!survey) {
        return fail_on_machine(context, survey.error());
    }
    bool has_all = true;
    for (const SurveyedPlugin& plugin : survey->plugins) {
        context.output << plugin.value.name << ": " << state_of(plugin, *survey) << '\n';
        has_all = has_all && (!plugin.is_plugin || plugin.is_loaded.value_or(true));
    }
    if (survey->plugins.empty()) {
        context.output << "No plugin is registered.\n";
    }
    if (!has_all) {
        return fail(context,
                    ExitCode::Findings,
                    "WSL has not loaded every plugin, and starts no virtual machine until it has. "
                    "'wslplugin doctor' says why.");
    }
    return ExitCode::Good;
}

}  // namespace

void add_reload(CLI::App& app, Action& action) {
    const auto options = std::make_shared<ReloadOptions>();
    CLI::App* const command = app.add_subcommand(
        "reload", "Start the WSL service anew, so that it loads the plugins registered now");
    command->add_flag("--yes", options->yes, "Do not ask; every user's distributions stop");
    command->add_flag("--dry-run", options->dry_run, "Say what would be done, and do nothing");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_reload(*options, context); };
    });
}

ExitCode run_reload(const ReloadOptions& options, const Context& context) {
    const WinResult<platform::ServiceStatus> service = find_wsl_service();
    if (!service) {
        return fail_on_machine(context, service.error());
    }
    const bool runs = service->state != platform::ServiceState::Stopped;
    if (options.dry_run) {
        context.output << (runs ? "Would stop and start the WSL service. " +
                                      std::string(restart_consequence)
                                : "Would start the WSL service, which does not run.")
                       << '\n';
        return ExitCode::Good;
    }
    if (runs) {
        if (const auto refused = refused_consent(context, restart_consequence, options.yes)) {
            return *refused;
        }
    }
    {
        WinResult<RecordKeeper> keeper = open_record(context);
        if (!keeper) {
            return fail_on_machine(context, keeper.error());
        }
        if (const WinResult<> restarted = restart_wsl_service(*keeper); !restarted) {
            return fail_on_machine(context, restarted.error());
        }
    }
    context.output << "The WSL service has started anew.\n";
    return tell_what_is_loaded(context);
}

}  // namespace wslplugins::tool
