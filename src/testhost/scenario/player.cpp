// SPDX-License-Identifier: MIT
#include "testhost/scenario/player.hpp"

#include "testhost/scenario/shuffle.hpp"
#include "testhost/scenario/step_table.hpp"

#include <map>
#include <utility>

namespace wslplugins::testhost {
namespace {

/// What a step that could not even be tried counts as.
constexpr int untried_exit_code = -1;

std::string place_of(const ScenarioStep& step, const std::string& number) {
    const std::string line = step.line == 0 ? "" : ", line " + std::to_string(step.line);
    return "step " + number + " (" + step.action + ')' + line;
}

/// The numbers of the steps of each thread, in order. A step without a thread has one of its own, with a name that
/// no thread of a file's can be mistaken for.
std::vector<std::pair<std::string, std::vector<std::size_t>>>
threads_of(const ScenarioStep& group, const std::string& number) {
    std::vector<std::pair<std::string, std::vector<std::size_t>>> threads;
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < group.steps.size(); ++i) {
        const std::string& given = group.steps[i].thread;
        const std::string name = given.empty() ? '\n' + number + '.' + std::to_string(i) : given;
        const auto [place, is_new] = places.emplace(name, threads.size());
        if (is_new) {
            threads.push_back({name, {}});
        }
        threads[place->second].second.push_back(i);
    }
    return threads;
}

}  // namespace

ScenarioRun Player::play(const std::vector<ScenarioStep>& steps) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        play_step(steps[i], std::to_string(i + 1));
    }
    service_.stop();
    run_.journal = service_.journal().entries();
    return std::move(run_);
}

void Player::play_step(const ScenarioStep& step, const std::string& number) {
    const std::size_t before = step.expect.hooks ? service_.journal().entries().size() : 0;
    const bool is_group = step.action == parallel_step;
    PlayedStep played{place_of(step, number), {}, {}};
    if (is_group) {
        play_group(step, number);
    } else if (step.thread.empty()) {
        played = do_step(step, number);
    } else {
        threads_.post(step.thread, [&] { played = do_step(step, number); }).get();
    }
    if (step.expect.hooks) {
        played.hooks = hooks_since(before);
    }
    keep(step, played, is_group ? HookOrder::Any : HookOrder::AsWritten);
}

void Player::play_group(const ScenarioStep& group, const std::string& number) {
    auto threads = threads_of(group, number);
    if (numbers_) {
        shuffle(threads, *numbers_);
    }
    std::vector<PlayedStep> played(group.steps.size());
    std::vector<std::future<void>> running;
    for (const auto& [thread, places] : threads) {
        for (const std::size_t place : places) {
            running.push_back(threads_.post(thread, [this, &group, &played, &number, place] {
                played[place] =
                    do_step(group.steps[place], number + '.' + std::to_string(place + 1));
            }));
        }
    }
    for (std::future<void>& each : running) {
        each.get();
    }
    for (std::size_t i = 0; i < played.size(); ++i) {
        keep(group.steps[i], played[i], HookOrder::AsWritten);
    }
}

PlayedStep Player::do_step(const ScenarioStep& step, const std::string& number) {
    PlayedStep played{place_of(step, number), {}, {}};
    const StepRow* const row = find_step(step.action);
    if (row == nullptr || row->play == nullptr) {
        played.output = {untried_exit_code, "There is no step '" + step.action + "'\n"};
        return played;
    }
    auto output = row->play(service_, step);
    played.output = output ? std::move(*output)
                           : UserOutput{untried_exit_code, output.error().to_string() + '\n'};
    return played;
}

std::vector<std::string> Player::hooks_since(std::size_t entries) {
    std::vector<std::string> hooks;
    const std::vector<JournalEntry> journal = service_.journal().entries();
    for (std::size_t i = entries; i < journal.size(); ++i) {
        if (journal[i].kind == JournalKind::Hook) {
            hooks.push_back(journal[i].plugin + ' ' + journal[i].name);
        }
    }
    return hooks;
}

void Player::keep(const ScenarioStep& step, const PlayedStep& played, HookOrder order) {
    run_.printed += played.output.text;
    for (ScenarioFailure& failure : unmet(step.expect, played, order)) {
        run_.failures.push_back(std::move(failure));
    }
}

}  // namespace wslplugins::testhost
