// SPDX-License-Identifier: MIT
#include "testhost/scripted/scripted_realm.hpp"

#include <utility>

namespace wslplugins::testhost {
namespace {

/// As a shell says that SIGKILL ended a program.
constexpr int killed = 137;

}  // namespace

ScriptedRealm::~ScriptedRealm() {
    end_.first.close();
    for (Running& running : running_) {
        running.thread.join();
    }
}

WinResult<> ScriptedRealm::open() {
    if (end_.first.is_open()) {
        return {};
    }
    auto pair = platform::connected_pair();
    if (!pair) {
        return propagate(std::move(pair.error()));
    }
    end_ = std::move(*pair);
    return {};
}

void ScriptedRealm::join_ended() {
    running_.remove_if([](Running& running) {
        if (!running.has_ended) {
            return false;
        }
        running.thread.join();
        return true;
    });
}

WinResult<ScriptedRealm::Started> ScriptedRealm::start(ScriptedWork work) {
    const std::scoped_lock lock(mutex_);
    join_ended();
    if (auto opened = open(); !opened) {
        return propagate(std::move(opened.error()));
    }
    auto pair = platform::connected_pair();
    if (!pair) {
        return propagate(std::move(pair.error()));
    }
    std::promise<int> exit_code;
    Started started{std::move(pair->first), exit_code.get_future().share()};
    Running& running = running_.emplace_back();
    running.thread = std::thread([this,
                                  &running,
                                  work = std::move(work),
                                  exit_code = std::move(exit_code),
                                  socket = std::move(pair->second)]() mutable {
        {
            ScriptedStream stream(std::move(socket));
            const std::optional<int> code = work(stream, end_.second);
            exit_code.set_value(code.value_or(killed));
            stream.ignore_input();
            stream.end_output();
            // A peer that still writes must be able to; a close would take away what it has not read yet.
            ScriptedStream* const only[] = {&stream};
            (void)move_until(only, end_.second, [&] { return stream.input_has_ended(); });
        }
        running.has_ended = true;
    });
    return started;
}

std::optional<platform::Socket> ScriptedRealm::answered(std::string_view output) {
    auto pair = platform::connected_pair();
    if (!pair || !pair->second.set_blocking(false)) {
        return std::nullopt;
    }
    const auto sent = output.empty() ? WinResult<std::size_t>(0)
                                     : pair->second.send_some(std::as_bytes(std::span(output)));
    return sent && *sent == output.size() ? std::optional(std::move(pair->first)) : std::nullopt;
}

WinResult<platform::Socket> ScriptedRealm::start_relay() {
    const std::scoped_lock lock(mutex_);
    auto pair = platform::connected_pair();
    if (!pair) {
        return propagate(std::move(pair.error()));
    }
    const std::string number = std::to_string(next_relay_++);
    const std::string line = number + '\n';
    if (auto sent = pair->second.send_all(std::as_bytes(std::span(line))); !sent) {
        return propagate(std::move(sent.error()));
    }
    relays_.emplace(number, std::move(pair->second));
    return std::move(pair->first);
}

std::optional<ScriptedStream> ScriptedRealm::take_relay(std::string_view number) {
    const std::scoped_lock lock(mutex_);
    const auto found = relays_.find(number);
    if (found == relays_.end()) {
        return std::nullopt;
    }
    ScriptedStream stream(std::move(found->second));
    relays_.erase(found);
    return stream;
}

}  // namespace wslplugins::testhost
