// SPDX-License-Identifier: MIT
#include "commands/doctor.hpp"

#include "machine/diagnosis.hpp"
#include "machine_access.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace wslplugins::tool {
namespace {

/// Of the JSON form; it grows when a reader of the older form could go wrong.
constexpr int doctor_schema = 1;

std::string to_json(const std::vector<Diagnosed>& found, const Survey& survey) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Diagnosed& diagnosed : found) {
        list.push_back({{"id", diagnosed.finding->id},
                        {"severity", findings::name_of(diagnosed.finding->severity)},
                        {"plugin", diagnosed.plugin},
                        {"detail", diagnosed.detail},
                        {"title", diagnosed.finding->title},
                        {"meaning", diagnosed.finding->meaning},
                        {"fix", diagnosed.finding->fix}});
    }
    return nlohmann::ordered_json{
               {"schema", doctor_schema}, {"service", state_of_service(survey)}, {"findings", list}}
               .dump() +
           '\n';
}

void print(const Diagnosed& diagnosed, std::ostream& output) {
    const findings::Finding& finding = *diagnosed.finding;
    output << findings::name_of(finding.severity) << " " << finding.id;
    if (!diagnosed.plugin.empty()) {
        output << " ('" << diagnosed.plugin << "')";
    }
    output << ": " << finding.title << '\n';
    if (!diagnosed.detail.empty()) {
        output << "  Found: " << diagnosed.detail << '\n';
    }
    output << "  " << finding.meaning << "\n  Fix: " << finding.fix << '\n';
}

}  // namespace

void add_doctor(CLI::App& app, Action& action) {
    const auto options = std::make_shared<DoctorOptions>();
    CLI::App* const command = app.add_subcommand(
        "doctor", "Find out what is wrong with the plugins of this computer, and what to do");
    command->add_flag("--json", options->json, "As one JSON object");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_doctor(*options, context); };
    });
}

ExitCode run_doctor(const DoctorOptions& options, const Context& context) {
    const WinResult<Survey> survey = survey_plugins();
    if (!survey) {
        return fail_on_machine(context, survey.error());
    }
    const std::vector<Diagnosed> found = diagnose(*survey);
    if (options.json) {
        context.output << to_json(found, *survey);
    } else {
        for (const Diagnosed& diagnosed : found) {
            print(diagnosed, context.output);
        }
        context.output << survey->plugins.size() << " registered, " << found.size()
                       << " findings; the WSL service: " << state_of_service(*survey) << ".\n";
    }
    const bool is_bad = std::ranges::any_of(found, [](const Diagnosed& diagnosed) {
        return diagnosed.finding->severity != findings::Severity::Note;
    });
    return is_bad ? ExitCode::Findings : ExitCode::Good;
}

}  // namespace wslplugins::tool
