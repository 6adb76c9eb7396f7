// SPDX-License-Identifier: MIT
#include "testhost/embedded.hpp"

#include <wslplugins/testhost/scenario.hpp>

namespace wslplugins::testhost {
namespace {

constexpr std::string_view suffix = ".json";

std::string name_of(const EmbeddedFile& file) {
    return std::string(file.name.substr(0, file.name.size() - suffix.size()));
}

}  // namespace

std::vector<CommonScenario> common_scenarios() {
    std::vector<CommonScenario> all;
    for (const EmbeddedFile& file : scenario_files()) {
        // A test parses each of them.
        const auto scenario = parse_scenario(file.content, file.name);
        all.push_back({name_of(file), scenario ? scenario->description : std::string()});
    }
    return all;
}

WinResult<Scenario> common_scenario(std::string_view name) {
    std::string known;
    for (const EmbeddedFile& file : scenario_files()) {
        if (name_of(file) == name) {
            return parse_scenario(file.content, file.name);
        }
        known += (known.empty() ? "" : ", ") + name_of(file);
    }
    return failure(HResult::not_found,
                   "There is no common scenario '" + std::string(name) + "'; there are " + known);
}

}  // namespace wslplugins::testhost
