// SPDX-License-Identifier: MIT
/// @file
/// `RunningService`: the service as commands and API calls reach it.
#pragma once

#include "platform/debug_output.hpp"
#include "testhost/user_session.hpp"

namespace wslplugins::testhost {

/// Kept alive by whoever works with it: an API call on a plugin's own thread may outlast the service's stop.
class RunningService final : public platform::DebugOutputListener {
public:
    /// Becomes the process's service, and loads the plugins.
    [[nodiscard]] static WinResult<std::shared_ptr<RunningService>> start(ServiceOptions options);

    /// The process's service; null when none runs.
    [[nodiscard]] static std::shared_ptr<RunningService> current();

    RunningService(const RunningService&) = delete;
    RunningService& operator=(const RunningService&) = delete;
    ~RunningService() = default;

    /// Stops what runs, unloads the plugins, and ceases to be the process's service.
    void stop();

    [[nodiscard]] const ServiceOptions& options() const noexcept { return options_; }
    [[nodiscard]] Journal& journal() noexcept { return journal_; }

    /// The session of the user who gives commands; made by the first command.
    [[nodiscard]] WinResult<std::shared_ptr<UserSession>> session_of_user();

    /// The session with that id; null when there is none, or while the service stops.
    [[nodiscard]] std::shared_ptr<UserSession> find_session(std::uint32_t id);

    void on_debug_output(std::string_view text) noexcept override;

private:
    explicit RunningService(ServiceOptions options) : options_(std::move(options)) {}

    [[nodiscard]] WinResult<> load_plugins();

    const ServiceOptions options_;
    Journal journal_;
    std::optional<WideString>
        main_thread_error_;  // what PluginError left on the service's main thread
    std::unique_ptr<PluginManager> plugins_;
    std::mutex session_lock_;
    std::shared_ptr<UserSession> session_;
    std::optional<platform::DebugOutputCapture> capture_;  // last: it calls this object
};

}  // namespace wslplugins::testhost
