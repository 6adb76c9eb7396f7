// SPDX-License-Identifier: MIT
#include "testhost/scenario/journal_difference.hpp"
#include "testhost/scenario/player.hpp"
#include "testhost/scenario/plugin_environment.hpp"
#include "testhost/scenario/read_text_file.hpp"
#include "testhost/scenario/runs_in_parallel.hpp"
#include "testhost/scenario/shuffle.hpp"
#include "testhost/scenario/step_table.hpp"

#include <algorithm>
#include <utility>

namespace wslplugins::testhost {
namespace {

/// Null where nothing is answered.
std::shared_ptr<ScriptedLinux> linux_side_of(const Scenario& scenario) {
    if (scenario.answers.empty() && scenario.missing_folders.empty()) {
        return nullptr;
    }
    auto linux_side = std::make_shared<ScriptedLinux>();
    for (const ScenarioAnswer& given : scenario.answers) {
        ScriptedMatch match{.path = given.path, .arguments = given.arguments, .user = given.user};
        const auto place = std::ranges::find(
            scenario.distributions, given.distribution, &DistributionOptions::name);
        if (place != scenario.distributions.end()) {
            match.distribution = place->id;
        }
        linux_side->answer_for(std::move(match), given.answer);
    }
    for (const std::string& folder : scenario.missing_folders) {
        linux_side->lack_folder(folder);
    }
    return linux_side;
}

ServiceOptions service_options(const Scenario& scenario, std::optional<std::mt19937_64>& numbers) {
    ServiceOptions options;
    options.version = scenario.version;
    options.signature_check = scenario.signature_check;
    options.plugins = scenario.plugins;
    options.distributions = scenario.distributions;
    options.host_model = scenario.host_model;
    options.backend = scenario.backend;
    options.scripted_linux = linux_side_of(scenario);
    options.strict = scenario.strict;
    options.faults = scenario.faults;
    if (numbers) {
        shuffle(options.plugins, *numbers);
    }
    return options;
}

/// The journal that is to come; none where any may.
WinResult<std::optional<std::string>> expected_journal(const Scenario& scenario) {
    if (scenario.canonical_journal.empty()) {
        return std::nullopt;
    }
    auto text = read_text_file(scenario.canonical_journal);
    if (!text) {
        return propagate(text.error());
    }
    return std::optional(std::move(*text));
}

void compare_journal(const Scenario& scenario, const std::string& expected, ScenarioRun& run) {
    const auto difference = journal_difference(
        expected,
        to_canonical_json_lines(run.journal),
        runs_in_parallel(scenario) ? JournalOrder::AnyOnTop : JournalOrder::AsWritten);
    if (difference) {
        run.failures.push_back({"the whole run",
                                "canonical_journal",
                                "as in " + scenario.canonical_journal,
                                *difference});
    }
}

}  // namespace

bool runs_in_parallel(const Scenario& scenario) {
    return std::ranges::find(scenario.steps, parallel_step, &ScenarioStep::action) !=
           scenario.steps.end();
}

WinResult<ScenarioRun> play(const Scenario& scenario, const JournalListener& listener) {
    const auto expected = expected_journal(scenario);
    if (!expected) {
        return propagate(expected.error());
    }
    PluginEnvironment environment;
    if (const auto set = environment.set(scenario.environment); !set) {
        return propagate(set.error());
    }
    ScenarioRun last;
    for (int i = 0; i < scenario.repeat && last.failures.empty(); ++i) {
        std::optional<std::mt19937_64> numbers;
        if (scenario.seed) {
            numbers.emplace(static_cast<std::uint64_t>(*scenario.seed) +
                            static_cast<std::uint64_t>(i));
        }
        ServiceOptions options = service_options(scenario, numbers);
        options.journal_listener = listener;
        const auto service = Service::start(std::move(options));
        if (!service) {
            return propagate(service.error());
        }
        last = Player(**service, numbers).play(scenario.steps);
        if (*expected) {
            compare_journal(scenario, **expected, last);
        }
        for (ScenarioFailure& failure : last.failures) {
            failure.where = scenario.repeat == 1
                                ? failure.where
                                : "repetition " + std::to_string(i + 1) + ", " + failure.where;
        }
    }
    return last;
}

WinResult<Scenario> read_scenario(std::string_view file) {
    const auto text = read_text_file(file);
    if (!text) {
        return propagate(text.error());
    }
    return parse_scenario(*text, file);
}

}  // namespace wslplugins::testhost
