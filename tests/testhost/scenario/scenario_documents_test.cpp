// SPDX-License-Identifier: MIT
// The published documents against the tables that the parser works by, and against the parser itself.
#include "testhost/scenario/random_scenario.hpp"
#include "testhost/scenario/schema.hpp"

#include <wslplugins/testhost/scenario.hpp>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace wslplugins::testhost {
namespace {

using Json = nlohmann::json;

std::string document(const char* name) {
    std::ifstream stream(std::string(WSLPLUGINS_DOCUMENTS) + '/' + name, std::ios::binary);
    EXPECT_TRUE(stream) << name;
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// As much of JSON Schema as the published one uses. Any other keyword is a mistake of the schema's.
class Validator {
public:
    explicit Validator(const Json& schema) : root_(schema) {}

    [[nodiscard]] bool takes(const Json& value) const { return takes(value, root_); }

private:
    /// The type comes first, so that the other keywords meet a value of that type.
    [[nodiscard]] bool takes(const Json& value, const Json& schema) const {
        if (schema.contains("type") && !is_of(value, schema.at("type"))) {
            return false;
        }
        for (const auto& [keyword, rule] : schema.items()) {
            if (!holds(value, keyword, rule, schema)) {
                return false;
            }
        }
        return true;
    }

    [[nodiscard]] bool holds(const Json& value,
                             const std::string& keyword,
                             const Json& rule,
                             const Json& schema) const {
        if (keyword == "$ref") {
            return takes(value, root_.at(Json::json_pointer(rule.get<std::string>().substr(1))));
        }
        if (keyword == "oneOf") {
            return 1 == std::ranges::count_if(rule,
                                              [&](const Json& each) { return takes(value, each); });
        }
        if (keyword == "const") {
            return value == rule;
        }
        if (keyword == "enum") {
            return std::ranges::find(rule, value) != rule.end();
        }
        return holds_for_kind(value, keyword, rule, schema);
    }

    [[nodiscard]] bool holds_for_kind(const Json& value,
                                      const std::string& keyword,
                                      const Json& rule,
                                      const Json& schema) const {
        if (keyword == "minimum") {
            return value >= rule;
        }
        if (keyword == "maximum") {
            return value <= rule;
        }
        if (keyword == "minItems") {
            return value.size() >= rule;
        }
        if (keyword == "minLength") {
            return value.get<std::string>().size() >= rule;
        }
        if (keyword == "pattern") {
            EXPECT_EQ(rule, "^[^\\u0000]*$");
            return value.get<std::string>().find('\0') == std::string::npos;
        }
        if (keyword == "items") {
            return std::ranges::all_of(value, [&](const Json& item) { return takes(item, rule); });
        }
        if (keyword == "required") {
            return std::ranges::all_of(
                rule, [&](const Json& key) { return value.contains(key.get<std::string>()); });
        }
        if (keyword == "properties") {
            return std::ranges::all_of(rule.items(), [&](const auto& property) {
                const auto found = value.find(property.key());
                return found == value.end() || takes(*found, property.value());
            });
        }
        if (keyword == "additionalProperties") {
            return std::ranges::all_of(value.items(), [&](const auto& member) {
                return schema.value("properties", Json::object()).contains(member.key()) ||
                       (rule.is_object() && takes(member.value(), rule));
            });
        }
        EXPECT_THAT(keyword, testing::AnyOf("type", "description", "title", "$schema", "$defs"));
        return true;
    }

    static bool is_of(const Json& value, const std::string& type) {
        return type == "object"    ? value.is_object()
               : type == "array"   ? value.is_array()
               : type == "string"  ? value.is_string()
               : type == "boolean" ? value.is_boolean()
                                   : type == "integer" && value.is_number_integer();
    }

    const Json& root_;
};

TEST(ScenarioDocuments, SchemaIsWhatTheParserWorksBy) {
    EXPECT_EQ(document("scenario.schema.json"), scenario_json_schema());
}

TEST(ScenarioDocuments, PageListsEveryKeyAndEveryStep) {
    const std::string page = document("scenario.md");
    EXPECT_NE(page.find(scenario_key_tables()), std::string::npos)
        << "docs/scenario.md must hold these tables:\n"
        << scenario_key_tables();
}

TEST(ScenarioDocuments, EveryExampleOfThePageIsAScenario) {
    const std::string page = document("scenario.md");
    const Json schema = Json::parse(document("scenario.schema.json"));
    std::size_t count = 0;
    for (auto at = page.find("```json\n"); at != std::string::npos;
         at = page.find("```json\n", at + 1)) {
        const auto begin = at + 8;
        const std::string example = page.substr(begin, page.find("```", begin) - begin);
        const auto parsed = parse_scenario(example, "scenario.md");
        EXPECT_TRUE(parsed) << parsed.error().to_string() << '\n' << example;
        EXPECT_TRUE(Validator(schema).takes(Json::parse(example))) << example;
        ++count;
    }
    EXPECT_GT(count, 0u);
}

TEST(ScenarioDocuments, SchemaTakesWhatTheParserTakesAndRefusesWhatItRefuses) {
    const Json schema = Json::parse(document("scenario.schema.json"));
    RandomScenarios random;
    std::size_t taken = 0;
    std::size_t refused = 0;
    for (int i = 0; i < 300; ++i) {
        Json file = Json::parse(to_json(random.scenario()));
        random.damage(file);
        const bool parses = parse_scenario(file.dump(), "a.json").has_value();
        EXPECT_EQ(Validator(schema).takes(file), parses) << "seed " << random.seed() << '\n'
                                                         << file.dump(2);
        ++(parses ? taken : refused);
    }
    EXPECT_GT(taken, 10u);
    EXPECT_GT(refused, 10u);
}

TEST(ScenarioPrint, EveryScenarioIsReadAsItIsPrinted) {
    RandomScenarios random;
    for (int i = 0; i < 200; ++i) {
        const std::string printed = to_json(random.scenario());
        const auto parsed = parse_scenario(printed, "elsewhere/a.json");
        ASSERT_TRUE(parsed) << "seed " << random.seed() << '\n'
                            << parsed.error().to_string() << '\n'
                            << printed;
        EXPECT_EQ(to_json(*parsed), printed) << "seed " << random.seed();
    }
}

}  // namespace
}  // namespace wslplugins::testhost
