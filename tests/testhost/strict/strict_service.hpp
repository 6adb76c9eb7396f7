// SPDX-License-Identifier: MIT
/// @file
/// A strict service for tests, and what it found.
#pragma once

#include "testhost/raw_plugins.hpp"
#include "testhost/strict/finding_ids.hpp"

#include <algorithm>

namespace wslplugins::testhost {

/// Nothing runs on the Linux side; `/bin/true` is there.
[[nodiscard]] inline ServiceOptions
strict_options(std::initializer_list<const RelayedPlugin*> plugins) {
    ServiceOptions options;
    for (const RelayedPlugin* const plugin : plugins) {
        options.plugins.push_back(plugin->registration());
    }
    options.backend = Backend::Scripted;
    options.scripted_linux = std::make_shared<ScriptedLinux>();
    options.scripted_linux->answer("/bin/true", ScriptedAnswer());
    options.strict = true;
    return options;
}

/// The ids so far, in order, each as `a OnVMStarted hook-slow`; without a hook, or without a plugin, a dash is there.
[[nodiscard]] inline std::vector<std::string> findings_of(Service& service) {
    const auto or_dash = [](std::string text) { return text.empty() ? "-" : text; };
    std::vector<std::string> found;
    for (const JournalEntry& entry : service.journal().entries()) {
        if (entry.kind == JournalKind::Finding) {
            found.push_back(or_dash(entry.plugin) + ' ' + or_dash(detail(entry, "hook")) + ' ' +
                            entry.name);
        }
    }
    return found;
}

/// What is found while a user runs a command, and the service stops.
[[nodiscard]] inline std::vector<std::string> findings_in_a_run(ServiceOptions options) {
    const auto service = start_service(std::move(options));
    (void)service->user().launch("", {"true"});
    service->stop();
    return findings_of(*service);
}

[[nodiscard]] inline std::vector<std::string> findings_in_a_run(const RelayedPlugin& plugin) {
    return findings_in_a_run(strict_options({&plugin}));
}

/// Runs `/bin/true` in the root namespace. @return the code, and the socket where it is a success.
[[nodiscard]] inline std::pair<abi::HRESULT, abi::SOCKET>
run_true(const abi::WSLPluginAPIV1& api,
         abi::WSLSessionId session,
         std::vector<abi::LPCSTR> arguments = {"true"}) {
    arguments.push_back(nullptr);
    abi::SOCKET socket = 0;
    const abi::HRESULT result = api.ExecuteBinary(session, "/bin/true", arguments.data(), &socket);
    return {result, socket};
}

}  // namespace wslplugins::testhost
