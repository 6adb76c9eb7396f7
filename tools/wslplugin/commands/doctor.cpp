// SPDX-License-Identifier: MIT
#include "commands/doctor.hpp"

#include "machine/support_bundle.hpp"
#include "machine/survey_json.hpp"
#include "machine_access.hpp"
#include "output_file.hpp"
#include "testhost/journal/journal_text.hpp"
#include "wine/hand_over.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace wslplugins::tool {
namespace {

void print(const Diagnosed& diagnosed, std::ostream& output) {
    const findings::Finding& finding = *diagnosed.finding;
    output << findings::name_of(finding.severity) << " " << finding.id;
    if (!diagnosed.plugin.empty()) {
        output << " ('" << testhost::one_line(diagnosed.plugin) << "')";
    }
    output << ": " << finding.title << '\n';
    if (!diagnosed.detail.empty()) {
        output << "  Found: " << testhost::one_line(diagnosed.detail) << '\n';
    }
    output << "  " << finding.meaning << "\n  Fix: " << finding.fix << '\n';
}

void print(const std::vector<Diagnosed>& found,
           const Survey& survey,
           const DoctorOptions& options,
           std::ostream& output) {
    if (options.json) {
        output << doctor_json(found, survey);
        return;
    }
    for (const Diagnosed& diagnosed : found) {
        print(diagnosed, output);
    }
    output << survey.plugins.size() << " registered, " << found.size()
           << " findings; the WSL service: " << state_of_service(survey) << ".\n";
    if (!options.bundle.empty()) {
        output << "Wrote '" << options.bundle << "'. Look into it before you pass it on.\n";
    }
}

}  // namespace

void add_doctor(CLI::App& app, Action& action) {
    const auto options = std::make_shared<DoctorOptions>();
    CLI::App* const command = app.add_subcommand(
        "doctor", "Find out what is wrong with the plugins of this computer, and what to do");
    command->add_flag("--json", options->json, "As one JSON object");
    command->add_option("--bundle",
                        options->bundle,
                        "Write a support archive, a .zip file with nothing secret in it, as well");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_doctor(*options, context); };
    });
}

ExitCode run_doctor(const DoctorOptions& options, const Context& context) {
    WinResult<Survey> survey = survey_plugins();
    std::vector<Diagnosed> found;
    if (survey) {
        found = diagnose(*survey);
    } else if (found = missing_for_windows(); !found.empty()) {
        survey.emplace();  // what lacks here comes first
    } else {
        return fail_on_machine(context, survey.error());
    }
    if (!options.bundle.empty()) {
        const std::string bundle = support_bundle(found, *survey, Redaction::of_this_process());
        if (const WinResult<> written = write_output_file(options.bundle, bundle); !written) {
            return fail(context, ExitCode::Usage, written.error());
        }
    }
    print(found, *survey, options, context.output);
    const bool is_bad = std::ranges::any_of(found, [](const Diagnosed& diagnosed) {
        return diagnosed.finding->severity != findings::Severity::Note;
    });
    return is_bad ? ExitCode::Findings : ExitCode::Good;
}

}  // namespace wslplugins::tool
