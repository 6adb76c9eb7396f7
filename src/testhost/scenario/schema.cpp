// SPDX-License-Identifier: MIT
#include "testhost/scenario/schema.hpp"

#include "testhost/scenario/step_table.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace wslplugins::testhost {
namespace {

using Json = nlohmann::ordered_json;
using enum KeyType;

constexpr bool has_least(const Key& key) noexcept {
    return key.least != (std::numeric_limits<std::int64_t>::min)();
}

constexpr bool has_greatest(const Key& key) noexcept {
    return key.greatest != (std::numeric_limits<std::int64_t>::max)();
}

Json text_schema() {
    return {{"type", "string"}, {"pattern", "^[^\\u0000]*$"}};
}

Json object_schema(std::span<const Key> keys);

Json key_schema(const Key& key) {
    Json json;
    switch (key.type) {
        case Text:
        case Path: json = text_schema(); break;
        case Flag: json["type"] = "boolean"; break;
        case Number: json["type"] = "integer"; break;
        case Texts: json = {{"type", "array"}, {"items", text_schema()}}; break;
        case TextMap: json = {{"type", "object"}, {"additionalProperties", text_schema()}}; break;
        case Object:
            json = key.object == &expectation_keys ? Json{{"$ref", "#/$defs/expectation"}}
                                                   : object_schema(key.object->keys);
            break;
        case Objects: json = {{"type", "array"}, {"items", object_schema(key.object->keys)}}; break;
        case Steps: json = {{"type", "array"}, {"items", {{"$ref", "#/$defs/step"}}}}; break;
    }
    if (!key.choices.empty()) {
        json = {{"enum", key.choices}};
    } else if (key.type == Number) {
        json["minimum"] = key.least;
        json["maximum"] = key.greatest;
    } else if (has_least(key)) {
        json[json["type"] == "array" ? "minItems" : "minLength"] = key.least;
    }
    json["description"] = key.meaning;
    return json;
}

Json object_schema(std::span<const Key> keys) {
    Json properties = Json::object();
    Json required = Json::array();
    for (const Key& key : keys) {
        properties[std::string(key.name)] = key_schema(key);
        if (key.is_required) {
            required.push_back(key.name);
        }
    }
    Json json{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) {
        json["required"] = std::move(required);
    }
    json["additionalProperties"] = false;
    return json;
}

/// One of the steps, each of which has a name that no other has.
Json steps_schema(bool is_parallel) {
    Json all = Json::array();
    for (const StepRow& row : step_table()) {
        if (is_parallel && !row.may_be_parallel) {
            continue;
        }
        std::vector<Key> keys(step_keys.keys.begin(), step_keys.keys.end());
        keys.insert(keys.end(), row.keys.begin(), row.keys.end());
        Json json = object_schema(keys);
        json["properties"]["step"] = {{"const", row.name}};
        json["description"] = row.meaning;
        if (is_parallel) {
            json["properties"]["expect"]["$ref"] = "#/$defs/parallel_expectation";
        } else if (row.name == parallel_step) {
            json["properties"]["steps"]["items"] = {{"$ref", "#/$defs/parallel_step"}};
        }
        all.push_back(std::move(json));
    }
    return {{"oneOf", std::move(all)}};
}

std::string type_text(const Key& key) {
    if (!key.choices.empty()) {
        std::string text;
        for (const std::string_view choice : key.choices) {
            text += fmt::format("{}`\"{}\"`", text.empty() ? "" : " or ", choice);
        }
        return text;
    }
    switch (key.type) {
        case Text: return "text";
        case Path: return "path";
        case Flag: return "`true` or `false`";
        case Number: break;
        case Texts: return "list of texts";
        case TextMap: return "object of texts";
        case Object: return "object";
        case Objects: return "list of objects";
        case Steps: return "list of steps";
    }
    if (key.least == key.greatest) {
        return "number";
    }
    return has_greatest(key) ? fmt::format("number, {} to {}", key.least, key.greatest)
                             : fmt::format("number, at least {}", key.least);
}

std::string key_table(std::span<const Key> keys) {
    std::string table = "| key | value | meaning |\n| --- | --- | --- |\n";
    for (const Key& key : keys) {
        table += fmt::format("| `{}`{} | {} | {} |\n",
                             key.name,
                             key.is_required ? " (required)" : "",
                             type_text(key),
                             key.meaning);
    }
    return table;
}

std::string object_table(const ObjectKeys& object) {
    return fmt::format("### {}: `{}`\n\n{}\n", object.meaning, object.name, key_table(object.keys));
}

}  // namespace

std::string scenario_json_schema() {
    Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                {"title", "A scenario for the test host of WSL plugins"}};
    schema.update(object_schema(scenario_keys.keys));
    Json parallel_expectation = object_schema(expectation_keys.keys);
    parallel_expectation["properties"].erase("hooks");
    schema["$defs"] = {{"step", steps_schema(false)},
                       {"parallel_step", steps_schema(true)},
                       {"expectation", object_schema(expectation_keys.keys)},
                       {"parallel_expectation", std::move(parallel_expectation)}};
    return schema.dump(2) + '\n';
}

std::string scenario_key_tables() {
    std::string text =
        fmt::format("### {}\n\n{}\n", scenario_keys.name, key_table(scenario_keys.keys));
    for (const ObjectKeys* const object : {&service_keys,
                                           &plugin_keys,
                                           &distribution_keys,
                                           &fault_keys,
                                           &answer_keys,
                                           &step_keys,
                                           &expectation_keys,
                                           &run_expectation_keys}) {
        text += object_table(*object);
    }
    text += "## The steps\n\n";
    for (const StepRow& row : step_table()) {
        text += fmt::format("### `{}`\n\n{}.\n\n", row.name, row.meaning);
        text += row.keys.empty() ? "It has no keys of its own.\n\n" : key_table(row.keys) + '\n';
    }
    return text;
}

}  // namespace wslplugins::testhost
