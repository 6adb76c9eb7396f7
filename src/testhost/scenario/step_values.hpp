// SPDX-License-Identifier: MIT
/// @file
/// What a step's own keys have.
#pragma once

#include <wslplugins/testhost/scenario.hpp>

namespace wslplugins::testhost {

/// The value of a key that holds a T; T's own default where the step has none.
template <class T>
T value_of(const ScenarioStep& step, const std::string& key, T otherwise = {}) {
    const auto found = step.values.find(key);
    return found == step.values.end() ? otherwise : std::get<T>(found->second);
}

[[nodiscard]] inline std::string text_of(const ScenarioStep& step, const std::string& key) {
    return value_of<std::string>(step, key);
}

[[nodiscard]] inline std::vector<std::string> texts_of(const ScenarioStep& step,
                                                       const std::string& key) {
    return value_of<std::vector<std::string>>(step, key);
}

}  // namespace wslplugins::testhost
