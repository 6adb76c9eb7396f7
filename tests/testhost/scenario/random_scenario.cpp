// SPDX-License-Identifier: MIT
#include "testhost/scenario/random_scenario.hpp"

#include "platform/paths.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>

namespace wslplugins::testhost {
namespace {

using Json = nlohmann::json;

std::uint64_t drawn_seed() {
    const std::uint64_t seed = std::random_device{}();
    std::cout << "seed " << seed << '\n';
    return seed;
}

void collect(const Json& value,
             const Json::json_pointer& at,
             std::vector<Json::json_pointer>& all) {
    all.push_back(at);
    if (value.is_object()) {
        for (const auto& [key, member] : value.items()) {
            collect(member, at / key, all);
        }
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            collect(value[i], at / i, all);
        }
    }
}

}  // namespace

RandomScenarios::RandomScenarios() : seed_(drawn_seed()), numbers_(seed_) {}

Scenario RandomScenarios::scenario() {
    Scenario scenario;
    scenario.name = name();
    scenario.description = text();
    scenario.version = {static_cast<std::uint32_t>(below(5)),
                        static_cast<std::uint32_t>(below(20)),
                        static_cast<std::uint32_t>(below(1000))};
    scenario.signature_check = coin() ? SignatureCheck::Official : SignatureCheck::Unofficial;
    for (std::size_t i = below(3); i > 0; --i) {
        scenario.plugins.push_back({name(), path(), true});
    }
    for (std::size_t i = below(3); i > 0; --i) {
        DistributionOptions distribution;
        distribution.name = name();
        distribution.id = guid();
        distribution.package_family_name = text();
        distribution.wsl_version = coin() ? 1 : 2;
        distribution.user = text();
        distribution.root = coin() ? path() : std::string();
        distribution.flavor = text();
        distribution.os_version = text();
        scenario.distributions.push_back(std::move(distribution));
    }
    for (std::size_t i = below(3); i > 0; --i) {
        scenario.environment[text()] = text();
    }
    if (coin()) {
        scenario.seed = static_cast<std::int64_t>(numbers_() >> 1);
    }
    scenario.repeat = static_cast<int>(1 + below(4));
    scenario.steps = steps(Depth::Top);
    scenario.canonical_journal = coin() ? path() : std::string();
    return scenario;
}

void RandomScenarios::damage(Json& file) {
    for (std::size_t i = below(3); i > 0; --i) {
        damage_once(file);
    }
}

void RandomScenarios::damage_once(Json& file) {
    std::vector<Json::json_pointer> all;
    collect(file, Json::json_pointer(), all);
    const Json::json_pointer at = all[below(all.size())];
    Json& value = file.at(at);
    if (value.is_object() && coin()) {
        value[coin() ? "contains" : "unheard-of"] = "more";
    } else if (!at.empty() && file.at(at.parent_pointer()).is_object() && coin()) {
        file.at(at.parent_pointer()).erase(at.back());
    } else if (at.empty() || (at.back() != "version" && at.back() != "id")) {
        const std::array<Json, 12> others{nullptr,
                                          true,
                                          -1,
                                          3,
                                          1.5,
                                          "parallel",
                                          "",
                                          std::string("nul\0within", 10),
                                          Json::array(),
                                          Json::array({"text"}),
                                          Json::array({1}),
                                          Json::object()};
        value = others[below(others.size())];
    }
}

std::size_t RandomScenarios::below(std::size_t count) {
    return static_cast<std::size_t>(numbers_() % count);
}

std::string RandomScenarios::text() {
    static const std::array<std::string, 9> all{"",
                                                "a",
                                                "two words",
                                                "\"quoted\\\"",
                                                "line\nline\t\x01\x7F",
                                                "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x90\xA7",
                                                "</script>",
                                                "{}[],:",
                                                std::string(300, 'x')};
    return all[below(all.size())];
}

std::string RandomScenarios::name() {
    return 'n' + text();
}

std::string RandomScenarios::path() {
    static const std::array<std::string, 4> all{
        "plugin.so", "folder/\xC3\xA9.dll", "up/../plugin.x", "a b/c.d"};
    return platform::utf8_from_path(
        std::filesystem::absolute(platform::path_from_utf8(all[below(all.size())]))
            .lexically_normal());
}

std::vector<std::string> RandomScenarios::texts() {
    std::vector<std::string> all;
    for (std::size_t i = below(4); i > 0; --i) {
        all.push_back(text());
    }
    return all;
}

Guid RandomScenarios::guid() {
    abi::GUID raw{};
    raw.Data1 = static_cast<std::uint32_t>(numbers_());
    raw.Data2 = static_cast<std::uint16_t>(numbers_());
    for (auto& byte : raw.Data4) {
        byte = static_cast<std::uint8_t>(numbers_());
    }
    return Guid(raw);
}

ScenarioValue RandomScenarios::value(const Key& key) {
    switch (key.type) {
        case KeyType::Flag: return coin();
        case KeyType::Number: {
            const auto range =
                static_cast<std::uint64_t>(key.greatest) - static_cast<std::uint64_t>(key.least);
            return static_cast<std::int64_t>(static_cast<std::uint64_t>(key.least) +
                                             (range == 0 ? 0 : numbers_() % range));
        }
        case KeyType::Texts: {
            auto all = texts();
            all.push_back(name());
            return all;
        }
        case KeyType::Path: return path();
        default: break;
    }
    return key.choices.empty() ? name() : std::string(key.choices[below(key.choices.size())]);
}

ScenarioStep RandomScenarios::step(Depth depth) {
    std::vector<const StepRow*> rows;
    for (const StepRow& row : step_table()) {
        if (depth == Depth::Top || row.may_be_parallel) {
            rows.push_back(&row);
        }
    }
    const StepRow& row = *rows[below(rows.size())];
    ScenarioStep step;
    step.action = row.name;
    step.user = text();
    step.thread = text();
    for (const Key& key : row.keys) {
        if (key.type == KeyType::Steps) {
            step.steps = steps(Depth::InParallel);
        } else if (key.is_required || coin()) {
            step.values.emplace(key.name, value(key));
        }
    }
    step.expect.exit_code = coin() ? 0 : static_cast<int>(below(300)) - 2;
    if (coin()) {
        step.expect.output = text();
    }
    step.expect.output_contains = texts();
    if (depth == Depth::Top && coin()) {
        step.expect.hooks = texts();
    }
    return step;
}

std::vector<ScenarioStep> RandomScenarios::steps(Depth depth) {
    std::vector<ScenarioStep> all;
    for (std::size_t i = 1 + below(3); i > 0; --i) {
        all.push_back(step(depth));
    }
    return all;
}

}  // namespace wslplugins::testhost
