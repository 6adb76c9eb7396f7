// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/wslplugins.hpp>

#include <new>
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
            throw std::bad_alloc();  // as every allocation does that finds no memory
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
};
