// SPDX-License-Identifier: MIT
/// @file
/// Scenarios drawn at random, with every key and every step that there is.
#pragma once

#include "testhost/scenario/step_table.hpp"

#include <wslplugins/testhost/scenario.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <random>

namespace wslplugins::testhost {

class RandomScenarios {
public:
    /// Draws a seed.
    RandomScenarios();

    [[nodiscard]] std::uint64_t seed() const noexcept { return seed_; }
    [[nodiscard]] Scenario scenario();

    /// Changes nothing, or one or two places: takes a key away, adds one, or puts a value of any kind in place of
    /// another. What a schema cannot say, the forms of versions and GUIDs, is left alone.
    void damage(nlohmann::json& file);

private:
    enum class Depth : std::uint8_t { Top, InParallel };

    [[nodiscard]] std::size_t below(std::size_t count);
    [[nodiscard]] bool coin() { return below(2) == 0; }
    [[nodiscard]] std::string text();
    [[nodiscard]] std::string name();
    [[nodiscard]] std::string path();
    [[nodiscard]] std::vector<std::string> texts();
    [[nodiscard]] Guid guid();
    [[nodiscard]] ScenarioValue value(const Key& key);
    [[nodiscard]] ScenarioStep step(Depth depth);
    [[nodiscard]] std::vector<ScenarioStep> steps(Depth depth);
    void damage_once(nlohmann::json& file);

    const std::uint64_t seed_;
    std::mt19937_64 numbers_;
};

}  // namespace wslplugins::testhost
