// SPDX-License-Identifier: MIT
#include "commands/status.hpp"

#include "machine/survey_json.hpp"
#include "machine_access.hpp"
#include "testhost/journal/journal_text.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace wslplugins::tool {
void add_status(CLI::App& app, Action& action) {
    const auto options = std::make_shared<StatusOptions>();
    CLI::App* const command =
        app.add_subcommand("status", "Show the WSL service and, in a line each, its plugins");
    command->add_flag("--json", options->json, "As one JSON object");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_status(*options, context); };
    });
}

ExitCode run_status(const StatusOptions& options, const Context& context) {
    const WinResult<Survey> survey = survey_plugins();
    if (!survey) {
        return fail_on_machine(context, survey.error());
    }
    if (options.json) {
        context.output << status_json(*survey);
        return ExitCode::Good;
    }
    context.output << "WSL "
                   << (survey->wsl_version ? to_string(*survey->wsl_version)
                                           : std::string("of unknown version"))
                   << ", service " << state_of_service(*survey) << '\n';
    for (const SurveyedPlugin& plugin : survey->plugins) {
        context.output << testhost::one_line(plugin.value.name) << ": " << state_of(plugin, *survey)
                       << ", signature " << signature_of(plugin) << ", by " << origin_of(plugin)
                       << ", " << testhost::one_line(plugin.value.text) << '\n';
    }
    return ExitCode::Good;
}

}  // namespace wslplugins::tool
