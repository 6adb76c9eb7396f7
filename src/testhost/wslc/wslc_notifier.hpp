// SPDX-License-Identifier: MIT
/// @file
/// `WslcNotifier`: the calling of the container hooks, each on the thread on which the service gets it.
#pragma once

#include "testhost/plugins/plugin_manager.hpp"
#include "testhost/wslc/wslc_information.hpp"
#include "testhost/wslc/wslc_rpc_threads.hpp"

namespace wslplugins::testhost {

/// True on a thread that runs a container hook, whoever's.
[[nodiscard]] bool is_in_container_hook() noexcept;

/// What a container hook or an image hook gets besides the session, and how the journal shows it.
struct WslcPayload {
    std::string text;  ///< A document or an id, UTF-8.
    std::vector<JournalArgument> arguments;
};

class WslcNotifier {
public:
    /// `plugins` outlives this.
    explicit WslcNotifier(const PluginManager& plugins) noexcept : plugins_(plugins) {}

    /// A hook of the session manager's, on this thread. Fails with the plugin's code and the text for the user.
    [[nodiscard]] WinResult<> tell_here(Hook hook, const WslcSessionFacts& session) const;

    /// A hook that the session's process asks for: on a thread of its own, while this one waits.
    [[nodiscard]] WinResult<> tell(Hook hook, const WslcSessionFacts& session);
    [[nodiscard]] WinResult<>
    tell(Hook hook, const WslcSessionFacts& session, const WslcPayload& payload);

private:
    [[nodiscard]] WinResult<>
    play(Hook hook, const WslcSessionFacts& session, const WslcPayload* payload) const;

    const PluginManager& plugins_;
    WslcRpcThreads threads_;
};

}  // namespace wslplugins::testhost
