// SPDX-License-Identifier: MIT
#include "testhost/scenario/check_steps.hpp"

#include <vector>

namespace wslplugins::testhost {
namespace {

/// The row of the step's name, or what is wrong with that.
std::expected<const StepRow*, JsonFault> row_of(const JsonValue& step) {
    if (step.kind != JsonKind::Object) {
        return std::unexpected(JsonFault{step.place, "a step must be an object"});
    }
    const JsonValue* const name = step.find("step");
    if (name == nullptr || name->kind != JsonKind::Text) {
        return std::unexpected(
            JsonFault{name == nullptr ? step.place : name->place,
                      R"(a step needs the key "step" with the name of what is done)"});
    }
    if (const StepRow* const row = find_step(name->text)) {
        return row;
    }
    std::string known;
    for (const StepRow& row : step_table()) {
        known += (known.empty() ? "" : ", ") + std::string(row.name);
    }
    return std::unexpected(
        JsonFault{name->place, "unknown step \"" + name->text + "\"; there are " + known});
}

/// What only holds where steps run at the same time.
std::optional<JsonFault> check_parallel(const JsonValue& step, const StepRow& row) {
    if (!row.may_be_parallel) {
        return JsonFault{step.place,
                         '"' + std::string(row.name) + "\" cannot run beside other steps"};
    }
    const JsonValue* const expect = step.find("expect");
    const JsonValue* const hooks = expect == nullptr ? nullptr : expect->find("hooks");
    if (hooks != nullptr) {
        return JsonFault{hooks->place,
                         "which of the steps that run at the same time caused a hook cannot be "
                         "told; expect them of the group"};
    }
    return std::nullopt;
}

std::optional<JsonFault> check_step(const JsonValue& step, StepPlace place) {
    const auto row = row_of(step);
    if (!row) {
        return row.error();
    }
    std::vector<Key> keys(step_keys.keys.begin(), step_keys.keys.end());
    keys.insert(keys.end(), (*row)->keys.begin(), (*row)->keys.end());
    if (auto fault = check_object(step, {step_keys.name, step_keys.meaning, keys})) {
        return fault;
    }
    if (const JsonValue* const steps = step.find("steps")) {
        if (auto fault = check_steps(*steps, StepPlace::InParallel)) {
            return fault;
        }
    }
    return place == StepPlace::InParallel ? check_parallel(step, **row) : std::nullopt;
}

}  // namespace

std::optional<JsonFault> check_steps(const JsonValue& list, StepPlace place) {
    for (const JsonValue& step : list.items) {
        if (auto fault = check_step(step, place)) {
            return fault;
        }
    }
    return std::nullopt;
}

}  // namespace wslplugins::testhost
