// SPDX-License-Identifier: MIT
#include "commands/status.hpp"

#include "machine/plugin_survey.hpp"
#include "machine_access.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace wslplugins::tool {
namespace {

/// Of the JSON form; it grows when a reader of the older form could go wrong.
constexpr int status_schema = 1;

std::string signature_of(const SurveyedPlugin& plugin) {
    if (!plugin.is_plugin) {
        return "-";
    }
    if (!plugin.exists) {
        return "no file";
    }
    return plugin.untrusted ? as_wsl_prints(plugin.untrusted->code()) : "trusted";
}

std::string origin_of(const SurveyedPlugin& plugin) {
    if (!plugin.recorded) {
        return "others";
    }
    if (plugin.recorded->development) {
        return "register --dev";
    }
    return plugin.recorded->folder.empty() ? "register" : "install";
}

std::string to_json(const Survey& survey) {
    nlohmann::ordered_json plugins = nlohmann::ordered_json::array();
    for (const SurveyedPlugin& plugin : survey.plugins) {
        plugins.push_back({{"name", plugin.value.name},
                           {"state", state_of(plugin, survey)},
                           {"signature", signature_of(plugin)},
                           {"origin", origin_of(plugin)},
                           {"path", plugin.value.text}});
    }
    const nlohmann::ordered_json json{{"schema", status_schema},
                                      {"service", state_of_service(survey)},
                                      {"wsl_version",
                                       survey.wsl_version
                                           ? nlohmann::ordered_json(to_string(*survey.wsl_version))
                                           : nlohmann::ordered_json(nullptr)},
                                      {"plugins", plugins}};
    return json.dump() + '\n';
}

}  // namespace

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
        context.output << to_json(*survey);
        return ExitCode::Good;
    }
    context.output << "WSL "
                   << (survey->wsl_version ? to_string(*survey->wsl_version)
                                           : std::string("of unknown version"))
                   << ", service " << state_of_service(*survey) << '\n';
    for (const SurveyedPlugin& plugin : survey->plugins) {
        context.output << plugin.value.name << ": " << state_of(plugin, *survey) << ", signature "
                       << signature_of(plugin) << ", by " << origin_of(plugin) << ", "
                       << plugin.value.text << '\n';
    }
    return ExitCode::Good;
}

}  // namespace wslplugins::tool
