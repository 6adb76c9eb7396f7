// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/wslplugins.hpp>

#include <array>
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>

using namespace wslplugins;

/// Talks with a program of its own beside the distributions, and starts it again when it has ended.
class RootNamespaceAgent final : public Plugin {
public:
    using Plugin::Plugin;

    // An agent that is down is no reason to keep users from their distributions.
    static constexpr PluginPolicy policy = PluginPolicy().fail_open();

    PluginResult<> on_distribution_started(const Session& session,
                                           const Distribution& distribution) override {
        const auto name = distribution.name();
        if (!name) {
            return propagate(name.error());
        }
        const auto answer = ask(session, "started " + *name);
        if (!answer) {
            return propagate(answer.error());
        }
        log().info("agent", *answer);
        return {};
    }

    WinResult<> on_vm_stopping(const Session& session) override {
        agents_.erase(session.id());  // the agent reads the end of its input
        return {};
    }

private:
    // Stands for a program of yours. It ends after two answers, as some do against what they leak.
    static constexpr std::string_view agent =
        "n=0; while [ $n -lt 2 ] && read -r line; do n=$((n + 1)); echo \"$n: $line\"; done";

    static constexpr std::size_t longest_answer = 1024;

    // [region: ask]
    /// Asks the running agent, and where that has ended a new one, once.
    WinResult<std::string> ask(SessionId session, std::string_view question) {
        if (const auto running = agents_.find(session); running != agents_.end()) {
            auto answer = talk(running->second, question);
            if (answer) {
                return answer;
            }
            log().warning("agent", "does not answer any more, and is started again");
            agents_.erase(running);
        }
        auto started = api().command(session, "/bin/sh").args({"-c", agent}).spawn_raw();
        if (!started) {
            return propagate(started.error());
        }
        return talk(agents_.emplace(session, std::move(*started)).first->second, question);
    }
    // [end: ask]

    /// One line there and one line back, within two seconds: a hook that waits keeps the user waiting.
    static WinResult<std::string> talk(RawProcess& process, std::string_view question) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(2);
        if (auto sent = process.write(std::string(question) + '\n', deadline); !sent) {
            return propagate(sent.error());
        }
        std::string answer;
        while (!answer.ends_with('\n')) {
            std::array<char, 256> piece{};
            const auto count = process.read(piece, deadline);
            if (!count) {
                return propagate(count.error());
            }
            if (*count == 0 || answer.size() > longest_answer) {
                return failure(HResult::aborted, "The agent has ended, or does not stop talking");
            }
            answer.append(piece.data(), *count);
        }
        answer.pop_back();
        return answer;
    }

    std::map<SessionId, RawProcess> agents_;
};
