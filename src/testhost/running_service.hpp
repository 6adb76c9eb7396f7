// SPDX-License-Identifier: MIT
/// @file
/// `RunningService`: the service as commands and API calls reach it.
#pragma once

#include "platform/debug_output.hpp"
#include "testhost/computer.hpp"
#include "testhost/faults/fault_injector.hpp"
#include "testhost/service_thread.hpp"
#include "testhost/user/user_session.hpp"
#include "testhost/wslc/wslc_session_manager.hpp"

namespace wslplugins::testhost {

/// Kept alive by whoever works with it: an API call on a plugin's own thread may outlast the service's stop.
class RunningService final : public platform::DebugOutputListener {
public:
    /// Becomes the computer's and the process's service, and loads the plugins.
    [[nodiscard]] static WinResult<> start(const std::shared_ptr<Computer>& computer);

    /// The process's service; null when none runs.
    [[nodiscard]] static std::shared_ptr<RunningService> current();

    RunningService(const RunningService&) = delete;
    RunningService& operator=(const RunningService&) = delete;
    ~RunningService();

    /// Stops what runs, unloads the plugins, and ceases to be the computer's and the process's service.
    void stop();

    [[nodiscard]] const ServiceOptions& options() const noexcept { return computer_->options(); }
    [[nodiscard]] Journal& journal() noexcept { return computer_->journal(); }

    /// The session of a user; made by the user's first command.
    [[nodiscard]] WinResult<std::shared_ptr<UserSession>> session_of(std::string_view user);

    /// Stops the user's session for good, on a thread of the service's own; nothing where there is none.
    void log_off(std::string_view user);

    /// Stops every session so.
    void stop_sessions_for_policy();

    /// The user's session where there is one; null otherwise.
    [[nodiscard]] std::shared_ptr<UserSession> existing_session_of(std::string_view user);

    /// The session with that id; null when there is none, or while it is being stopped for good.
    [[nodiscard]] std::shared_ptr<UserSession> find_session(std::uint32_t id);

    /// Whether there has been a session with that id since the service started.
    [[nodiscard]] bool has_had_session(std::uint32_t id);

    /// Null where the service is not strict.
    [[nodiscard]] StrictMode* strict() const noexcept { return strict_.get(); }

    /// Null while plugins are being loaded: they come first.
    [[nodiscard]] WslcSessionManager* container_sessions() const noexcept {
        return reachable_container_sessions_;
    }

    /// The plugin's own process has ended: what it held of container processes is given back. @return how many.
    std::size_t release_processes_of(std::string_view plugin);

    [[nodiscard]] FaultInjector& faults() noexcept { return faults_; }

    void on_debug_output(std::string_view text) noexcept override;

private:
    explicit RunningService(std::shared_ptr<Computer> computer);

    [[nodiscard]] WinResult<> load_plugins();
    void stop_sessions();

    /// With the lock of the sessions held.
    [[nodiscard]] std::shared_ptr<UserSession> find_session_of(const UserProfile& user) const;

    const std::shared_ptr<Computer> computer_;
    ServiceThread main_thread_;
    const std::unique_ptr<StrictMode> strict_;
    std::unique_ptr<PluginManager> plugins_;
    std::mutex sessions_lock_;
    std::vector<std::shared_ptr<UserSession>> sessions_;  // in the order of their making
    std::uint32_t next_session_ = 0;
    std::unique_ptr<WslcSessionManager> container_sessions_;
    std::atomic<WslcSessionManager*> reachable_container_sessions_ = nullptr;
    FaultInjector faults_;
    std::optional<platform::DebugOutputCapture> capture_;  // last: it calls this object
};

}  // namespace wslplugins::testhost
