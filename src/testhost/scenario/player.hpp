// SPDX-License-Identifier: MIT
/// @file
/// `Player`: one playing of a scenario's steps.
#pragma once

#include "testhost/scenario/expectations.hpp"
#include "testhost/scenario/step_threads.hpp"

#include <optional>
#include <random>

namespace wslplugins::testhost {

class Player {
public:
    /// @param numbers draw the order in which parallel steps begin; none: as written.
    Player(Service& service, std::optional<std::mt19937_64> numbers)
        : service_(service), numbers_(std::move(numbers)) {}

    /// Plays the steps, and stops the service. Call it once.
    [[nodiscard]] ScenarioRun play(const std::vector<ScenarioStep>& steps);

private:
    void play_step(const ScenarioStep& step, const std::string& number);
    void play_group(const ScenarioStep& group, const std::string& number);
    [[nodiscard]] PlayedStep do_step(const ScenarioStep& step, const std::string& number);
    [[nodiscard]] std::vector<std::string> hooks_since(std::size_t entries);
    void keep(const ScenarioStep& step, const PlayedStep& played, HookOrder order);

    Service& service_;
    std::optional<std::mt19937_64> numbers_;
    StepThreads threads_;
    ScenarioRun run_;
};

}  // namespace wslplugins::testhost
