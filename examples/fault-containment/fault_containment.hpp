// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/wslplugins.hpp>

#include <cstdint>
#include <limits>
#include <memory>
#include <stdexcept>

using namespace wslplugins;

/// Goes wrong in every way that C++ has. Each becomes a code, for one distribution and one command.
class FaultContainment final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_distribution_started(const Session&,
                                           const Distribution& distribution) override {
        const auto name = distribution.name().value();  // throws where there is none
        if (name == "Refuses") {
            return refuse(HResult::access_denied, "This distribution is refused.");
        }
        if (name == "Throws") {
            throw std::runtime_error("something that nobody expected");
        }
        if (name == "Exhausts") {
            const auto memory = std::make_unique<std::uint64_t[]>(more_than_there_is());
            log().info("memory", std::to_string(memory[0]));
        }
        if (name == "Expects") {
            const auto kernel = api().command(SessionId(4711), "/bin/true").run_raw();
            log().info("output", kernel.value());  // there is no such session
        }
        return {};
    }

    WinResult<> on_distribution_stopping(const Session&, const Distribution&) override {
        throw std::logic_error("in a hook that can veto nothing");
    }

private:
    static std::size_t more_than_there_is() { return (std::numeric_limits<std::size_t>::max)(); }
};
