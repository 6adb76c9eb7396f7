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

ServiceOptions service_options(const Scenario& scenario, std::optional<std::mt19937_64>& numbers) {
    ServiceOptions options;
    options.version = scenario.version;
    options.signature_check = scenario.signature_check;
    options.plugins = scenario.plugins;
    options.distributions = scenario.distributions;
    options.host_model = scenario.host_model;
    options.backend = scenario.backend;
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

WinResult<ScenarioRun> play(const Scenario& scenario) {
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
        const auto service = Service::start(service_options(scenario, numbers));
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
