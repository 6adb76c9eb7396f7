// SPDX-License-Identifier: MIT
#include "testhost/scenario/print_scenario.hpp"

#include "testhost/faults/fault_keys.hpp"

namespace wslplugins::testhost {
namespace {

using Json = nlohmann::ordered_json;

void add_if_given(Json& json, const char* key, const std::string& text) {
    if (!text.empty()) {
        json[key] = text;
    }
}

Json service_json(const Scenario& scenario) {
    Json json{{"version", to_string(scenario.version)},
              {"signatures",
               scenario.signature_check == SignatureCheck::Official ? "official" : "unofficial"}};
    if (scenario.host_model == HostModel::OwnProcess) {
        json["model"] = "own-process";
    }
    if (scenario.backend == Backend::Scripted) {
        json["backend"] = "scripted";
    }
    if (scenario.strict) {
        json["strict"] = true;
    }
    return json;
}

Json faults_json(const Scenario& scenario) {
    Json list = Json::array();
    for (const Fault& fault : scenario.faults) {
        Json json{{"kind", name_of(fault.kind)}};
        for (const FaultField& field : fields_of(fault)) {
            if (is_number(field)) {
                json[field.key] = std::stoll(field.value);
            } else {
                json[field.key] = field.value;
            }
        }
        list.push_back(std::move(json));
    }
    return list;
}

Json plugins_json(const Scenario& scenario) {
    Json list = Json::array();
    for (const PluginRegistration& plugin : scenario.plugins) {
        list.push_back({{"name", plugin.name}, {"path", plugin.path}});
    }
    return list;
}

Json distributions_json(const Scenario& scenario) {
    Json list = Json::array();
    for (const DistributionOptions& distribution : scenario.distributions) {
        Json json{{"name", distribution.name}, {"id", to_string(distribution.id)}};
        add_if_given(json, "package_family_name", distribution.package_family_name);
        if (distribution.wsl_version != 2) {
            json["wsl_version"] = distribution.wsl_version;
        }
        add_if_given(json, "user", distribution.user);
        add_if_given(json, "root", distribution.root);
        add_if_given(json, "flavor", distribution.flavor);
        add_if_given(json, "os_version", distribution.os_version);
        list.push_back(std::move(json));
    }
    return list;
}

Json answers_json(const Scenario& scenario) {
    Json list = Json::array();
    for (const ScenarioAnswer& given : scenario.answers) {
        Json json{{"path", given.path}};
        if (given.arguments) {
            json["arguments"] = *given.arguments;
        }
        add_if_given(json, "distribution", given.distribution);
        if (given.user) {
            json["user"] = *given.user;
        }
        add_if_given(json, "output", given.answer.output);
        add_if_given(json, "error_output", given.answer.error_output);
        if (given.answer.exit_code != 0) {
            json["exit_code"] = given.answer.exit_code;
        }
        if (given.answer.signal != 0) {
            json["signal"] = given.answer.signal;
        }
        if (!given.answer.is_executable) {
            json["missing"] = true;
        }
        if (given.answer.lasts) {
            json["lasts"] = true;
        }
        list.push_back(std::move(json));
    }
    return list;
}

Json expectation_json(const ScenarioExpectation& expect) {
    Json json = Json::object();
    if (expect.exit_code != 0) {
        json["exit_code"] = expect.exit_code;
    }
    if (expect.output) {
        json["output"] = *expect.output;
    }
    if (!expect.output_contains.empty()) {
        json["output_contains"] = expect.output_contains;
    }
    if (expect.hooks) {
        json["hooks"] = *expect.hooks;
    }
    return json;
}

Json steps_json(const std::vector<ScenarioStep>& steps) {
    Json list = Json::array();
    for (const ScenarioStep& step : steps) {
        Json json{{"step", step.action}};
        add_if_given(json, "user", step.user);
        add_if_given(json, "thread", step.thread);
        for (const auto& [key, value] : step.values) {
            std::visit([&json, &key](const auto& held) { json[key] = held; }, value);
        }
        if (!step.steps.empty()) {
            json["steps"] = steps_json(step.steps);
        }
        if (Json expect = expectation_json(step.expect); !expect.empty()) {
            json["expect"] = std::move(expect);
        }
        list.push_back(std::move(json));
    }
    return list;
}

}  // namespace

nlohmann::ordered_json scenario_json(const Scenario& scenario) {
    Json json{{"schema", scenario_schema}, {"name", scenario.name}};
    add_if_given(json, "description", scenario.description);
    json["service"] = service_json(scenario);
    if (!scenario.plugins.empty()) {
        json["plugins"] = plugins_json(scenario);
    }
    if (!scenario.distributions.empty()) {
        json["distributions"] = distributions_json(scenario);
    }
    if (!scenario.faults.empty()) {
        json["faults"] = faults_json(scenario);
    }
    if (!scenario.answers.empty()) {
        json["answers"] = answers_json(scenario);
    }
    if (!scenario.missing_folders.empty()) {
        json["missing_folders"] = scenario.missing_folders;
    }
    if (!scenario.environment.empty()) {
        json["environment"] = scenario.environment;
    }
    if (scenario.seed) {
        json["seed"] = *scenario.seed;
    }
    if (scenario.repeat != 1) {
        json["repeat"] = scenario.repeat;
    }
    json["steps"] = steps_json(scenario.steps);
    if (!scenario.canonical_journal.empty()) {
        json["expect"] = {{"canonical_journal", scenario.canonical_journal}};
    }
    return json;
}

std::string to_json(const Scenario& scenario) {
    return scenario_json(scenario).dump(4, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace wslplugins::testhost
