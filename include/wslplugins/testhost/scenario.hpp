// SPDX-License-Identifier: MIT
/// @file
/// `Scenario`: what users and the system do to a service, step by step, and what is to come of it.
///
/// `docs/scenario.md` is the published schema of its file, `docs/scenario.schema.json` the same for programs.
#pragma once

#include <wslplugins/testhost/service.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace wslplugins::testhost {

/// The version of the file's form; it grows when a reader of the older form could go wrong.
inline constexpr int scenario_schema = 1;

/// What a step's own key has. A path is a text, and absolute.
using ScenarioValue = std::variant<bool, std::int64_t, std::string, std::vector<std::string>>;

/// What is to come of a step.
struct ScenarioExpectation {
    int exit_code = 0;                         ///< What the command ends with.
    std::optional<std::string> output;         ///< All that was printed.
    std::vector<std::string> output_contains;  ///< Parts of what was printed, in any order.

    /// The hooks called meanwhile, each as `plugin OnVMStarted`, in order; for a group of parallel steps in any order.
    std::optional<std::vector<std::string>> hooks;
};

/// Something that a user or the system does; the table of steps says which there are, and their keys.
struct ScenarioStep {
    std::string action;                           ///< Such as `launch`.
    std::map<std::string, ScenarioValue> values;  ///< By the step's own keys.
    std::string user;                             ///< Who does it; empty for the default user.

    /// The thread that serves it, by any name: steps of one name run on one thread. Empty: the thread that plays,
    /// in a parallel group a thread of its own.
    std::string thread;
    ScenarioExpectation expect;       ///< What is to come of it.
    std::vector<ScenarioStep> steps;  ///< Of `parallel`, which runs them at the same time.
    int line = 0;                     ///< Where it stands in its file; 0: in none.
};

/// What a program answers on the scripted Linux side.
struct ScenarioAnswer {
    std::string path;  ///< The program's; of a user's command its first word.
    std::optional<std::vector<std::string>> arguments;  ///< None: any.
    std::string distribution;         ///< The name of one of the scenario's; empty: any place.
    std::optional<std::string> user;  ///< None: any; empty: root.
    ScriptedAnswer answer;            ///< What it does.
};

/// What users and the system do to WSL, and what is to come of it.
struct Scenario {
    std::string name;                        ///< What it is called.
    std::string description;                 ///< What it shows.
    Version version = newest_known_version;  ///< The WSL version to be.
    SignatureCheck signature_check =
        default_signature_check();                ///< Whether signatures are checked.
    HostModel host_model = HostModel::InService;  ///< Where plugins' code runs.
    Backend backend = Backend::Guest;             ///< What stands in for the Linux side.
    bool strict = false;                          ///< Whether strict mode looks on.
    std::vector<Fault> faults;                    ///< What goes wrong on demand.
    /// Of the scripted backend; the last one that fits counts.
    std::vector<ScenarioAnswer> answers;
    std::vector<std::string> missing_folders;        ///< Of Windows, on the scripted side.
    std::vector<PluginRegistration> plugins;         ///< In order.
    std::vector<DistributionOptions> distributions;  ///< Empty: the test host's own default.
    std::map<std::string, std::string> environment;  ///< For the plugins, while the scenario plays.

    /// Draws the order in which plugins are registered, and that in which parallel steps begin, anew for every
    /// repetition. None: both are as written.
    std::optional<std::int64_t> seed;
    int repeat = 1;                   ///< How often all of it is played.
    std::vector<ScenarioStep> steps;  ///< What happens, one after the other.

    /// The file with the canonical journal that is to come of one repetition; empty: any.
    std::string canonical_journal;
};

/// @param file names the text in errors, and relative paths begin at its folder. UTF-8.
/// @return ERROR_INVALID_DATA with a sentence that begins with the file, the line and the column.
[[nodiscard]] WinResult<Scenario> parse_scenario(std::string_view text, std::string_view file);

/// Reads a file and parses it. @return also what reading fails with.
[[nodiscard]] WinResult<Scenario> read_scenario(std::string_view file);

/// The file of a scenario; parsing it gives the same scenario.
[[nodiscard]] std::string to_json(const Scenario& scenario);

/// A step or a whole run that did not go as the scenario says.
struct ScenarioFailure {
    std::string where;     ///< Such as `step 2 (launch), line 14`.
    std::string what;      ///< The expectation, by its key.
    std::string expected;  ///< What was to come.
    std::string came;      ///< What came.
};

/// One sentence, which may hold several lines.
[[nodiscard]] std::string to_string(const ScenarioFailure& failure);

/// What came of a scenario: of its last repetition, which is the first one that failed.
struct ScenarioRun {
    std::vector<JournalEntry> journal;      ///< All of it, in the order in which things began.
    std::string printed;                    ///< What users saw, in the order of the steps.
    std::vector<ScenarioFailure> failures;  ///< Empty when all went as the scenario says.
};

/// Plays a scenario to its end, whatever fails. The service is alone in the process meanwhile.
/// @param listener is told of each repetition's entries; may be empty.
/// @return what starting a service fails with, or reading a file that the scenario names.
[[nodiscard]] WinResult<ScenarioRun> play(const Scenario& scenario,
                                          const JournalListener& listener = {});

/// A scenario that is part of the program.
struct CommonScenario {
    std::string name;         ///< To play it by.
    std::string description;  ///< What it shows.
};

/// All of them, in the order in which they are listed.
[[nodiscard]] std::vector<CommonScenario> common_scenarios();

/// @return ERROR_NOT_FOUND with the names that there are.
[[nodiscard]] WinResult<Scenario> common_scenario(std::string_view name);

}  // namespace wslplugins::testhost
