// SPDX-License-Identifier: MIT
// Programs of container sessions: with three streams of their own, and signals.
#include "testhost/scripted/scripted_machine.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace wslplugins::testhost {
namespace {

constexpr int linux_enoent = 2;
constexpr int signal_base = 128;

/// Whether a program that does nothing about the signal ends by it.
bool ends_a_program(int signal) noexcept {
    // SIGCHLD, SIGCONT, the four that stop it, SIGURG, SIGWINCH; 0 only asks whether it runs.
    constexpr std::array<int, 9> harmless{0, 17, 18, 19, 20, 21, 22, 23, 28};
    return std::ranges::find(harmless, signal) == harmless.end();
}

/// The signal that has ended the program; none while it goes on.
std::optional<int> fatal_signal(const ScriptedStream& signals) {
    const std::string& received = signals.received();
    return received.empty() ? std::nullopt
                            : std::optional<int>(static_cast<unsigned char>(received.front()));
}

}  // namespace

WinResult<StartedProcess> ScriptedMachine::start_process(const ProcessRequest& request) {
    if (const auto alive = ensure_alive(); !alive) {
        return propagate(alive.error());
    }
    const auto realm = realm_of(request.distribution);
    if (realm == nullptr) {
        return failure(HResult::distribution_not_running, "The container does not run");
    }
    ScriptedProgram program;
    program.distribution = request.distribution;
    program.path = request.path;
    program.arguments.assign(request.arguments.begin() + (request.arguments.empty() ? 0 : 1),
                             request.arguments.end());
    program.environment = request.environment;
    program.working_folder = request.folder;
    const std::uint64_t number = script_->note_program(program);
    auto entry = script_->find(program);
    if (!entry && request.distribution) {
        entry.emplace();
    }
    if (!entry || !entry->canned.is_executable) {
        return propagate(Error(HResult::fail,
                               "'" + request.path +
                                   (entry ? "' was said not to be there"
                                          : "' has no answer; give the test one by "
                                            "ScriptedLinux::answer"),
                               linux_enoent));
    }
    std::array<platform::SocketPair, 3> pairs;  // input, error, signals
    for (platform::SocketPair& pair : pairs) {
        auto made = platform::connected_pair();
        if (!made) {
            return propagate(std::move(made.error()));
        }
        pair = std::move(*made);
    }
    const auto others =
        std::make_shared<ProcessStreams>(ScriptedStream(std::move(pairs[0].second)),
                                         ScriptedStream(std::move(pairs[1].second)),
                                         ScriptedStream(std::move(pairs[2].second)));
    Answered answered{number, std::move(program), std::move(*entry)};
    auto started = start_program(*realm,
                                 number,
                                 [this, others, answered = std::move(answered)](
                                     ScriptedStream& output, const platform::Socket& ended) {
                                     return run_process(answered, output, *others, ended);
                                 });
    if (!started) {
        return propagate(std::move(started.error()));
    }
    const std::scoped_lock lock(mutex_);
    signals_.insert({number, std::move(pairs[2].first)});
    return StartedProcess{
        number, std::move(pairs[0].first), std::move(started->stream), std::move(pairs[1].first)};
}

WinResult<> ScriptedMachine::signal(std::uint64_t program, int number) {
    if (auto alive = ensure_alive(); !alive) {
        return alive;
    }
    const std::scoped_lock lock(mutex_);
    const auto process = signals_.find(program);
    const auto exit = exits_.find(program);
    if (process == signals_.end() ||
        exit->second.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
        return failure(HResult::not_found, "Program " + std::to_string(program) + " does not run");
    }
    if (!ends_a_program(number)) {
        return {};
    }
    const std::byte sent{static_cast<unsigned char>(number)};
    // One that ends meanwhile needs no signal.
    (void)process->second.send_all(std::span(&sent, 1));
    return {};
}

std::optional<int> ScriptedMachine::run_process(const Answered& answered,
                                                ScriptedStream& output,
                                                ProcessStreams& others,
                                                const platform::Socket& ended) {
    auto& [input, error, signals] = others;
    ScriptedStream* const streams[] = {&output, &input, &error, &signals};
    const auto move = [&](const auto& done) {
        return move_until(streams, ended, [&] { return fatal_signal(signals) || done(); });
    };
    if (!answered.entry.compute) {
        input.ignore_input();
    } else if (!move([&] { return input.input_has_ended(); })) {
        return std::nullopt;
    }
    if (const auto signal = fatal_signal(signals)) {
        return signal_base + *signal;
    }
    const ScriptedAnswer answer = answer_of(answered, input.received());
    input.ignore_input();
    output.send(answer.output);
    error.send(answer.error_output);
    const bool goes_on =
        move([&] { return !answer.lasts && output.has_sent() && error.has_sent(); });
    if (!goes_on) {
        return std::nullopt;
    }
    error.end_output();
    const auto signal = fatal_signal(signals);
    return signal               ? signal_base + *signal
           : answer.signal != 0 ? signal_base + answer.signal
                                : answer.exit_code;
}

}  // namespace wslplugins::testhost
