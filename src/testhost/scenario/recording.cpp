// SPDX-License-Identifier: MIT
#include <wslplugins/testhost/recording.hpp>

#include "testhost/scenario/build_scenario.hpp"
#include "testhost/scenario/journal_difference.hpp"
#include "testhost/scenario/keys.hpp"
#include "testhost/scenario/print_scenario.hpp"
#include "testhost/scenario/read_text_file.hpp"
#include "testhost/scenario/runs_in_parallel.hpp"

#include <utility>

namespace wslplugins::testhost {
namespace {

constexpr Key recording_rows[] = {
    {.name = "recording",
     .type = KeyType::Number,
     .meaning = "1: the version of this form",
     .is_required = true,
     .least = recording_schema,
     .greatest = recording_schema},
    {.name = "scenario",
     .type = KeyType::Object,
     .meaning = "the scenario, with absolute paths",
     .is_required = true,
     .object = &scenario_keys},
};
constinit const ObjectKeys recording_keys{"recording", "A recording", recording_rows};

}  // namespace

std::string to_recording(const Scenario& scenario, const std::vector<JournalEntry>& journal) {
    const nlohmann::ordered_json head{{"recording", recording_schema},
                                      {"scenario", scenario_json(scenario)}};
    return head.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n' +
           to_json_lines(journal);
}

WinResult<Recording> parse_recording(std::string_view text, std::string_view file) {
    const std::size_t end = text.find('\n');
    const auto head = read_json(text.substr(0, end));
    if (!head) {
        return fault_in(file, head.error());
    }
    if (head->kind != JsonKind::Object) {
        return fault_in(file, {head->place, "a recording begins with an object"});
    }
    if (const auto fault = check_object(*head, recording_keys)) {
        return fault_in(file, *fault);
    }
    auto scenario = build_scenario(*head->find("scenario"), folder_of(file));
    if (!scenario) {
        return fault_in(file, scenario.error());
    }
    return Recording{
        std::move(*scenario),
        std::string(end == std::string_view::npos ? std::string_view() : text.substr(end + 1))};
}

WinResult<Recording> read_recording(std::string_view file) {
    const auto text = read_text_file(file);
    if (!text) {
        return propagate(text.error());
    }
    return parse_recording(*text, file);
}

std::optional<std::string> difference_from(const Recording& recording,
                                           const std::vector<JournalEntry>& journal) {
    return journal_difference(recording.journal,
                              to_canonical_json_lines(journal),
                              runs_in_parallel(recording.scenario) ? JournalOrder::AnyOnTop
                                                                   : JournalOrder::AsWritten);
}

}  // namespace wslplugins::testhost
