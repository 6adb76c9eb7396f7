// SPDX-License-Identifier: MIT
#include "commands/try.hpp"

#include "consent.hpp"
#include "image/system_library.hpp"
#include "machine/installation.hpp"
#include "machine/needed_files.hpp"
#include "machine/service_restart.hpp"
#include "machine/trial.hpp"
#include "machine_access.hpp"
#include "testhost/journal/journal_text.hpp"

#include "platform/interrupt.hpp"
#include "platform/paths.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace wslplugins::tool {
namespace {

/// Of the JSON form; it grows when a reader of the older form could go wrong.
constexpr int try_schema = 1;

using Json = nlohmann::ordered_json;

std::optional<Refusal> find_wsl_program(TrialPlan& plan) {
    const auto program = system_folder() / "wsl.exe";
    std::error_code error;
    plan.wsl_program = platform::utf8_from_path(program);
    if (std::filesystem::is_regular_file(program, error)) {
        return std::nullopt;
    }
    return Refusal{ExitCode::Environment,
                   "There is no '" + plan.wsl_program + "'. Install WSL with 'wsl.exe --install'."};
}

/// The DLL and what it needs; nothing where what is registered is to be tried.
std::optional<Refusal> find_files(const TryOptions& options, TrialPlan& plan) {
    if (options.dll.empty()) {
        return refusal_of_name(options.name);
    }
    std::vector<std::string> named{options.dll};
    named.insert(named.end(), options.with.begin(), options.with.end());
    const auto files = full_paths(std::move(named));
    if (!files) {
        return Refusal{ExitCode::Usage, files.error().to_string() + "."};
    }
    if (auto refusal = refusal_to_install(options.name, files->front())) {
        return refusal;
    }
    NeededFiles needed = find_needed_files(*files);
    plan.files = std::move(needed.files);
    return needed.refusal;
}

/// Whether there is such a registration, which another DLL must not replace: it could not be put back as it is.
std::optional<Refusal> refusal_of_registration(const TrialPlan& plan,
                                               const RegisteredValue& found) {
    const std::string name = "'" + plan.name + "'";
    if (plan.files.empty() && !found.data) {
        return Refusal{ExitCode::Findings,
                       "No plugin is registered as " + name + ". Name its DLL too."};
    }
    if (!plan.files.empty() && found.data) {
        return Refusal{ExitCode::Findings,
                       name + " is registered already, as " + found.description +
                           ". Try that one without naming a DLL, or choose another name."};
    }
    return std::nullopt;
}

std::string words_of(const TrialCommand& command) {
    std::string text = "wsl.exe";
    for (std::size_t i = 1; i < command.words.size(); ++i) {
        text += ' ' + command.words[i];
    }
    return text;
}

std::string to_json(const TrialPlan& plan, const TrialReport& report) {
    Json commands = Json::array();
    for (const TrialCommand& command : report.commands) {
        commands.push_back({{"command", command.words},
                            {"exit_code", command.exit_code ? Json(*command.exit_code) : Json()},
                            {"output", command.output}});
    }
    const Json json{{"schema", try_schema},
                    {"plugin", plan.name},
                    {"path", report.path},
                    {"loaded", report.is_loaded},
                    {"commands", commands},
                    {"log", report.log},
                    {"log_missing", report.log_missing},
                    {"log_file", report.log_file},
                    {"problems", report.problems},
                    {"put_back", report.is_put_back}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

void print_lines(const std::vector<std::string>& lines, std::ostream& output) {
    for (const std::string& line : lines) {
        output << "  " << testhost::one_line(line) << '\n';
    }
}

void print(const TrialPlan& plan, const TrialReport& report, std::ostream& output) {
    output << (report.is_loaded ? "WSL has loaded '" : "WSL has not loaded '") << plan.name << "'";
    output << (report.path.empty() ? "" : ", '" + report.path + "'") << ".\n";
    for (const TrialCommand& command : report.commands) {
        output << "$ " << words_of(command) << '\n' << command.output;
        output << (command.output.empty() || command.output.ends_with('\n') ? "" : "\n");
    }
    output << "Debug output of the WSL service:\n";
    print_lines(report.log, output);
    if (report.log.empty()) {
        output << "  " << (report.log_missing.empty() ? "none" : report.log_missing) << '\n';
    }
    if (!plan.log_file.empty()) {
        output << "New in '" << plan.log_file << "':\n";
        print_lines(report.log_file, output);
    }
    output << (report.is_put_back ? "Everything is as it was before.\n"
                                  : "Not everything could be put back; 'wslplugin doctor' says "
                                    "what is left.\n");
}

void print_plan(const TrialPlan& plan, std::ostream& output) {
    if (!plan.files.empty()) {
        output << "Would install '" << plan.files.front() << "' as '" << plan.name
               << "' for the time of it. ";
    }
    output << "Would start the WSL service anew, run '" << plan.wsl_program
           << "' with a command and with "
           << "--shutdown, show what they and the plugin print, and put everything back. "
           << restart_consequence << '\n';
}

/// All that can be refused without changing anything.
std::optional<ExitCode>
prepare(const TryOptions& options, TrialPlan& plan, const Context& context) {
    if (const auto service = find_wsl_service(); !service) {
        return fail_on_machine(context, service.error());
    }
    if (const auto refusal = find_wsl_program(plan)) {
        return fail(context, *refusal);
    }
    if (const auto refusal = find_files(options, plan)) {
        return fail(context, *refusal);
    }
    const auto record = read_machine_record();
    if (!record) {
        return fail_on_machine(context, record.error());
    }
    const auto found = read_registered_value(*record, options.name);
    if (!found) {
        return fail_on_machine(context, found.error());
    }
    if (const auto refusal = refusal_of_registration(plan, *found)) {
        return fail(context, *refusal);
    }
    return std::nullopt;
}

void add_options(CLI::App& command, TryOptions& options) {
    command.add_option("name", options.name, "The plugin's name, as WSL shows it to users")
        ->required();
    command.add_option("dll", options.dll, "The path of its DLL; none for one that is registered");
    command.add_option("--with", options.with, "A file that the plugin needs beside it");
    command.add_option("--distribution", options.distribution, "Instead of your default one");
    command.add_option(
        "--log", options.log_file, "The plugin's own log, to show what is new in it");
    command.add_flag(
        "--dev", options.development, "On a machine of your own: also a DLL that is not signed");
    command.add_flag("--yes", options.yes, "Do not ask; every user's distributions stop");
    command.add_flag("--json", options.json, "As one JSON object");
    command.add_flag("--dry-run", options.dry_run, "Say what would be done, and do nothing");
}

}  // namespace

void add_try(CLI::App& app, Action& action) {
    const auto options = std::make_shared<TryOptions>();
    CLI::App* const command =
        app.add_subcommand("try",
                           "Install a plugin, start WSL with it, show what happens, and put "
                           "everything back; words behind '--' are the command");
    add_options(*command, *options);
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_try(*options, context); };
    });
}

ExitCode run_try(const TryOptions& options, const Context& context) {
    TrialPlan plan{.name = options.name,
                   .files = {},
                   .development = options.development,
                   .wsl_program = {},
                   .distribution = options.distribution,
                   .command = context.trailing_words,
                   .log_file = options.log_file};
    if (plan.command.empty()) {
        plan.command = {"uname", "-a"};
    }
    if (const auto refused = prepare(options, plan, context)) {
        return *refused;
    }
    if (options.dry_run) {
        print_plan(plan, context.output);
        return ExitCode::Good;
    }
    if (const auto refused = refused_consent(context, restart_consequence, options.yes)) {
        return *refused;
    }
    WinResult<RecordKeeper> keeper = RecordKeeper::open();
    if (!keeper) {
        return fail_on_machine(context, keeper.error());
    }
    const platform::InterruptWatch watch;
    const TrialReport report =
        play_trial(*keeper, plan, [&watch] { return !watch.was_interrupted(); });
    if (options.json) {
        context.output << to_json(plan, report);
    } else {
        print(plan, report, context.output);
    }
    for (const std::string& problem : report.problems) {
        context.errors << problem << '\n';
    }
    return report.problems.empty() ? ExitCode::Good : ExitCode::Findings;
}

}  // namespace wslplugins::tool
