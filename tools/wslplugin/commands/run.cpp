// SPDX-License-Identifier: MIT
#include "commands/run.hpp"

#include "chosen_plugins.hpp"
#include "output_file.hpp"
#include "run_report.hpp"
#include "watched_run.hpp"

#include <wslplugins/testhost/journal_report.hpp>
#include <wslplugins/testhost/recording.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace wslplugins::tool {
namespace {

using testhost::Scenario;

/// The distribution of `--distribution`: a run has one, so that any identifier is its own.
constexpr std::string_view distribution_id = "{7d6f1c52-0e0b-4f0a-9f5e-5d3c1a6b2e40}";

/// What is to be played, and the journal that it is held against.
struct Task {
    Scenario scenario;
    std::optional<testhost::Recording> recording;
};

/// A user's command and the shutdown.
WinResult<Scenario> cold_start(const RunOptions& options, const Context& context) {
    WinResult<Scenario> scenario = testhost::common_scenario("cold-start");
    if (!scenario) {
        return scenario;
    }
    testhost::ScenarioStep& launch = scenario->steps.front();
    if (!context.trailing_words.empty()) {
        launch.values["command"] = context.trailing_words;
        launch.expect.output.reset();
    }
    if (!options.distribution.empty()) {
        const WinResult<Guid> id = Guid::parse(distribution_id);
        if (!id) {
            return propagate(id.error());
        }
        testhost::DistributionOptions distribution;
        distribution.name = options.distribution;
        distribution.id = *id;
        scenario->distributions = {std::move(distribution)};
    }
    for (testhost::ScenarioStep& step : scenario->steps) {
        step.line = 0;  // the user has no file to look into
    }
    return scenario;
}

bool is_common(const std::string& name) {
    const auto all = testhost::common_scenarios();
    return std::ranges::find(all, name, &testhost::CommonScenario::name) != all.end();
}

/// A word that could be a name is one; a file has a folder or an extension.
bool names_a_file(const std::string& argument) {
    return argument.find_first_of("./\\") != std::string::npos;
}

WinResult<Task> task_of(const RunOptions& options, const Context& context) {
    if (!options.replay.empty()) {
        WinResult<testhost::Recording> recording = testhost::read_recording(options.replay);
        if (!recording) {
            return propagate(recording.error());
        }
        return Task{recording->scenario, std::move(*recording)};
    }
    WinResult<Scenario> scenario = options.scenario.empty() ? cold_start(options, context)
                                   : is_common(options.scenario) || !names_a_file(options.scenario)
                                       ? testhost::common_scenario(options.scenario)
                                       : testhost::read_scenario(options.scenario);
    if (!scenario) {
        return propagate(scenario.error());
    }
    return Task{std::move(*scenario), std::nullopt};
}

/// What the command line says goes before what the file says.
WinResult<> apply(const RunOptions& options, Scenario& scenario) {
    if (!options.wsl_version.empty()) {
        const WinResult<Version> version = Version::parse(options.wsl_version);
        if (!version) {
            return failure(version.error().code(),
                           "'" + options.wsl_version + "' is not a version of WSL, such as 2.4.4");
        }
        scenario.version = *version;
    }
    if (options.unofficial) {
        scenario.signature_check = testhost::SignatureCheck::Unofficial;
    }
    if (!options.host_model.empty()) {
        scenario.host_model = options.host_model == "own-process" ? testhost::HostModel::OwnProcess
                                                                  : testhost::HostModel::InService;
    }
    if (!options.backend.empty()) {
        scenario.backend =
            options.backend == "scripted" ? testhost::Backend::Scripted : testhost::Backend::Guest;
    }
    scenario.strict = scenario.strict || options.strict;
    for (const std::string& text : options.faults) {
        const WinResult<testhost::Fault> fault = testhost::parse_fault(text);
        if (!fault) {
            return failure(fault.error().code(), "--fault '" + text + "', " + fault.error().text());
        }
        scenario.faults.push_back(*fault);
    }
    return {};
}

/// Makes the plugins those of the command line, else leaves the scenario's, else takes all that are registered.
/// @return none when there are some.
std::optional<ExitCode>
choose_plugins(const RunOptions& options, Scenario& scenario, const Context& context) {
    if (options.plugins.empty() && !scenario.plugins.empty()) {
        return std::nullopt;
    }
    auto plugins = chosen_plugins(options.plugins);
    if (!plugins && plugins.error().code() == HResult::not_supported) {
        return fail(context,
                    ExitCode::Environment,
                    plugins.error(),
                    "Name the plugin's file, such as ./plugin.so, or run the Windows build of "
                    "this tool.");
    }
    if (!plugins) {
        return fail(context, ExitCode::Usage, plugins.error(), "'wslplugin list' shows them.");
    }
    if (plugins->empty()) {
        return fail(context,
                    ExitCode::Usage,
                    "No plugin is registered; register one, or name a plugin's file.");
    }
    scenario.plugins = std::move(*plugins);
    return std::nullopt;
}

/// Writes the files that were asked for.
WinResult<>
write_files(const RunOptions& options, const Task& task, const testhost::ScenarioRun& run) {
    WinResult<> written;
    if (!options.report.empty()) {
        written = write_output_file(options.report, to_html(run.journal, task.scenario.name));
    }
    if (written && !options.trace.empty()) {
        written = write_output_file(options.trace, to_trace_events(run.journal));
    }
    if (written && !options.record.empty()) {
        written = write_output_file(options.record, to_recording(task.scenario, run.journal));
    }
    return written;
}

ExitCode list_scenarios(const Context& context) {
    for (const testhost::CommonScenario& scenario : testhost::common_scenarios()) {
        context.output << scenario.name << "\n    " << scenario.description << '\n';
    }
    return ExitCode::Good;
}

RunOutput output_of(const RunOptions& options) {
    if (options.canonical) {
        return RunOutput::CanonicalJsonLines;
    }
    return options.json ? RunOutput::JsonLines : RunOutput::Table;
}

/// What is left where the process that played it has ended.
ExitCode report_ended(const RunOptions& options, const EndedRun& ended, const Context& context) {
    const WinResult<Task> task = task_of(options, context);
    if (!task) {
        return fail(context, ExitCode::Usage, task.error());
    }
    const testhost::ScenarioRun run = run_until(ended);
    if (const auto written = write_files(options, *task, run); !written) {
        return fail(context, ExitCode::Usage, written.error());
    }
    return report(run, output_of(options), context);
}

void add_options(CLI::App& command, RunOptions& options) {
    command.add_option("plugins",
                       options.plugins,
                       "Registered names, or files with their folder or extension; the scenario's "
                       "without, else all that are registered");
    command.add_option("--wsl-version", options.wsl_version, "The version of WSL to be");
    CLI::Option* const distribution =
        command.add_option("--distribution", options.distribution, "The distribution's name");
    CLI::Option* const scenario =
        command.add_option("--scenario", options.scenario, "A common scenario's name, or a file");
    command.add_option("--replay", options.replay, "Play a recording again, and compare")
        ->excludes(scenario)
        ->excludes(distribution);
    scenario->excludes(distribution);
    command.add_flag("--list-scenarios", options.list_scenarios, "Print the common scenarios");
    command
        .add_option("--fault",
                    options.faults,
                    "What goes wrong on demand, such as fail:call=ExecuteBinary,code=E_FAIL")
        ->allow_extra_args(false);
    command.add_option("--host-model", options.host_model, "Where plugins' code runs")
        ->check(CLI::IsMember({"in-service", "own-process"}));
    command.add_option("--backend", options.backend, "Whether Linux programs really run")
        ->check(CLI::IsMember({"guest", "scripted"}));
    command.add_flag("--unofficial", options.unofficial, "Check no signatures");
    command.add_flag("--strict",
                     options.strict,
                     "Report what the real service would not forgive, or not notice");
    command.add_flag("--json", options.json, "The journal as JSON lines");
    command.add_flag(
        "--canonical", options.canonical, "As --json, without what differs from run to run");
    command.add_option("--report", options.report, "Write the journal as one HTML page");
    command.add_option(
        "--trace", options.trace, "Write the journal for Perfetto and chrome://tracing");
    command.add_option(
        "--record", options.record, "Write the scenario and its journal, for --replay");
    command.add_flag("--in-this-process",
                     options.in_this_process,
                     "Play it in this process, for a debugger: a plugin's crash ends the tool too");
    command.add_flag("--watched", options.is_watched)->group("");
}

}  // namespace

void add_run(CLI::App& app, Action& action) {
    const auto options = std::make_shared<RunOptions>();
    CLI::App* const command =
        app.add_subcommand("run",
                           "Play a scenario on the test host, and show what happened. Without one "
                           "it is a cold start of 'wsl.exe'\n"
                           "and its shutdown: the words behind '--' are the command that runs in "
                           "the distribution, 'echo hello' without.");
    add_options(*command, *options);
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_run(*options, context); };
    });
}

ExitCode run_run(const RunOptions& options, const Context& context) {
    if (options.is_watched) {
        return play_for_parent(context);
    }
    if (options.list_scenarios) {
        return list_scenarios(context);
    }
    if (!context.own_program.empty() && !options.in_this_process) {
        const WinResult<WatchedRun> watched = watch_run(context);
        if (!watched) {
            return fail(context, ExitCode::Environment, watched.error());
        }
        const auto* const ended = std::get_if<EndedRun>(&*watched);
        return ended == nullptr ? std::get<ExitCode>(*watched)
                                : report_ended(options, *ended, context);
    }
    if (!context.trailing_words.empty() && !(options.scenario + options.replay).empty()) {
        return fail(context,
                    ExitCode::Usage,
                    "A scenario has its own commands: words behind '--' go with neither --scenario "
                    "nor --replay.");
    }
    WinResult<Task> task = task_of(options, context);
    if (!task) {
        return fail(context, ExitCode::Usage, task.error());
    }
    if (const auto applied = apply(options, task->scenario); !applied) {
        return fail(context, ExitCode::Usage, applied.error());
    }
    if (const auto code = choose_plugins(options, task->scenario, context)) {
        return *code;
    }
    WinResult<testhost::ScenarioRun> run = play(task->scenario, context.journal_listener);
    if (!run) {
        return fail(context, ExitCode::Environment, run.error());
    }
    if (task->recording) {
        if (const auto difference = difference_from(*task->recording, run->journal)) {
            run->failures.push_back(
                {"the whole run", "journal", "as in " + options.replay, *difference});
        }
    }
    if (const auto written = write_files(options, *task, *run); !written) {
        return fail(context, ExitCode::Usage, written.error());
    }
    return report(*run, output_of(options), context);
}

}  // namespace wslplugins::tool
