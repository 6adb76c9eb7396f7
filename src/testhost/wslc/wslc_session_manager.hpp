// SPDX-License-Identifier: MIT
/// @file
/// `WslcSessionManager`: the container sessions of all users, as the service knows them.
///
/// One recursive lock is held through everything that walks the sessions, hooks included. That a session has ended
/// is noticed by the next walk, whoever's it is: then its OnSessionStopping is delivered, on that thread. A thread
/// that runs a container hook delivers none; it leaves that to a later walk.
#pragma once

#include "testhost/computer.hpp"
#include "testhost/session_lock.hpp"
#include "testhost/wslc/wslc_process_handles.hpp"
#include "testhost/wslc/wslc_session.hpp"

#include <wslplugins/testhost/wslc_user.hpp>

namespace wslplugins::testhost {

/// Who makes a session.
struct WslcOwner {
    std::shared_ptr<const platform::AccessToken> token;
    const void* sid = nullptr;  ///< Lives as long as the process.
};

class WslcSessionManager {
public:
    /// Both outlive this.
    WslcSessionManager(Computer& computer, const PluginManager& plugins);

    /// Makes a session and asks the plugins. The id of one that a plugin refuses is not used again.
    /// @return ERROR_ALREADY_EXISTS; WSLC_E_INVALID_SESSION_NAME for an empty name; ERROR_NOT_SUPPORTED before
    ///         WSL 2.8.7; the code and text of the plugin.
    [[nodiscard]] WinResult<std::shared_ptr<WslcSession>> create(const WslcSessionOptions& options,
                                                                 const WslcOwner& owner);

    /// The session of that name. @return WSLC_E_SESSION_NOT_FOUND.
    [[nodiscard]] WinResult<std::shared_ptr<WslcSession>> open(std::string_view display_name);

    /// The session that a plugin's call names. @return WSLC_E_SESSION_NOT_FOUND; RPC_E_DISCONNECTED while the
    /// service stops.
    [[nodiscard]] std::expected<std::shared_ptr<WslcSession>, HResult> find(std::uint32_t id);

    /// Whether there has been a session with that id since the service started.
    [[nodiscard]] bool has_had(std::uint32_t id) const noexcept { return 0 < id && id <= last_id_; }

    /// The session to which a client holds a reference: no walk is needed for it.
    [[nodiscard]] WinResult<std::shared_ptr<WslcSession>> of_client(std::uint32_t id) const;
    /// The newest one of that name.
    [[nodiscard]] WinResult<std::shared_ptr<WslcSession>>
    of_client(std::string_view display_name) const;

    /// The service stops: OnSessionStopping for every session, and only then the sessions end.
    void stop();

    [[nodiscard]] WslcProcessHandles& handles() noexcept { return handles_; }

private:
    struct Entry {
        std::shared_ptr<WslcSession> session;
        bool is_accepted = false;
    };

    void deliver_stopping_hooks();
    [[nodiscard]] std::shared_ptr<WslcSession> named(std::string_view display_name) const;
    [[nodiscard]] std::shared_ptr<Entry> add(const WslcSessionOptions& options,
                                             const WslcOwner& owner);
    [[nodiscard]] WinResult<> introduce(Entry& entry);

    Computer& computer_;
    WslcNotifier notifier_;
    WslcProcessHandles handles_;
    std::atomic<bool> is_stopping_ = false;

    SessionLock lock_;  // held through hooks
    std::atomic<std::uint32_t> last_id_ = 0;
    std::vector<std::shared_ptr<Entry>> sessions_;

    mutable std::mutex clients_lock_;
    std::map<std::uint32_t, std::weak_ptr<WslcSession>> clients_;  // what clients may hold
};

}  // namespace wslplugins::testhost
