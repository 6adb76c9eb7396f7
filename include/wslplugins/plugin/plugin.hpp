// SPDX-License-Identifier: MIT
/// @file
/// `Plugin`: the base class of every plugin.
#pragma once

#include <wslplugins/api/distribution.hpp>
#include <wslplugins/api/offline_distribution.hpp>
#include <wslplugins/api/session.hpp>
#include <wslplugins/api/vm_settings.hpp>
#include <wslplugins/api/wslc/wslc_session.hpp>
#include <wslplugins/plugin/context.hpp>
#include <wslplugins/plugin/plugin_policy.hpp>

#include <string_view>

namespace wslplugins {

/// Derive from it and override the hooks that the plugin needs; only those are put into WSL's table.
///
/// The object is made once, when WSL loads the DLL, by `static WinResult<std::unique_ptr<P>> create(const
/// Context&)` if the class has it, else by its constructor from `const Context&` (`using Plugin::Plugin;`
/// serves). It is never destroyed: WSL has no hook for unloading.
///
/// Hooks run in the service, as SYSTEM, on a thread of WSL's that waits for them; WSL sets no time limit. WSL
/// runs hooks of several sessions at the same time, but of one plugin the framework lets one hook run at a
/// time, unless its `policy` says otherwise. A hook may be entered again on its own thread while it calls WSL.
///
/// While a hook runs, WSL holds a lock on the hook's session, and a call of WSL for that session waits for
/// the lock unless it is made on the hook's own thread. Five ways to hang a user's session for ever, whatever
/// the policy unless it says so:
/// - A hook waits for another thread (joins it, or takes a lock that it holds) while that thread calls WSL for
///   the hook's session. So: never hold a lock of your own while calling WSL from a thread that runs no hook.
/// - A hook of session A calls WSL for session B, while a hook of session B calls WSL for session A. So: in a
///   hook, call WSL for the hook's own session only.
/// - One hook at a time: a hook of session A calls WSL for session B and waits for B's lock, while a hook of
///   session B holds it and waits for its turn. The same rule avoids it.
/// - One hook at a time: a call about containers may make WSL deliver `on_wslc_session_stopping` of a session
///   that is gone, on the calling thread and with the lock that all calls about containers take. On a thread
///   that runs no hook, it then waits for its turn, while the hook whose turn it is may wait for that lock. So:
///   a plugin that calls containers from threads of its own declares `parallel_hooks()`.
/// - One hook at a time: `on_wslc_session_created` and `on_wslc_session_stopping` wait for their turn while WSL
///   holds that lock, and the hook whose turn it is may call containers and wait for it. So: a plugin that
///   overrides one of the two, and calls containers in another hook, declares `parallel_hooks()` too.
///
/// What leaves a hook is a code, whatever happens in it. A returned error, and where exceptions are enabled
/// any exception (that of `.value()` on a failed result included), is logged and becomes the hook's code:
/// the error's own; E_OUTOFMEMORY for std::bad_alloc; the system's code for std::system_error;
/// ERROR_UNHANDLED_EXCEPTION for other exceptions of the standard library, and E_UNEXPECTED for anything else.
/// Without exceptions (-fno-exceptions), `.value()` on a failed result and failed allocation end the process,
/// which is the WSL service.
class Plugin {
public:
    /// `context` outlives the plugin.
    explicit Plugin(const Context& context) noexcept : context_(&context) {}

    Plugin(const Plugin&) = delete;
    Plugin& operator=(const Plugin&) = delete;
    virtual ~Plugin() = default;

    /// A plugin class may declare its own under this name; see `PluginPolicy`.
    static constexpr PluginPolicy policy{};

    /// The virtual machine has booted; no distribution runs yet. Called once for each virtual machine.
    /// A failure stops it, and `on_vm_stopping` is called before that happens.
    virtual PluginResult<> on_vm_started(const Session& session, const VmSettings& settings);

    /// The virtual machine is about to stop. Also called where another plugin refused its start, so that
    /// it may come without `on_vm_started`. Failures are only logged.
    virtual WinResult<> on_vm_stopping(const Session& session);

    /// A WSL 2 distribution has started; no program of the user's runs in it yet. A failure stops it,
    /// without `on_distribution_stopping`.
    virtual PluginResult<> on_distribution_started(const Session& session,
                                                   const Distribution& distribution);

    /// A distribution stops; its programs are usually gone already, so that none can be run in it. May be
    /// called more than once for one distribution. Failures are only logged.
    virtual WinResult<> on_distribution_stopping(const Session& session,
                                                 const Distribution& distribution);

    /// A distribution was installed or imported, WSL 1 included. Since WSL 2.1.2; failures are only logged.
    virtual WinResult<> on_distribution_registered(const Session& session,
                                                   const OfflineDistribution& distribution);

    /// A distribution was unregistered; its disk is gone already. Since WSL 2.1.2; failures are only
    /// logged.
    virtual WinResult<> on_distribution_unregistered(const Session& session,
                                                     const OfflineDistribution& distribution);

    // Container sessions. Since WSL 2.9.0; the two hooks of their virtual machine since 2.9.5. On an older WSL
    // they are not installed, nor on 2.8.7 to 2.8.12, which had the places in the table before the feature was
    // announced. Which thread calls and what it holds is read in WSL's source and no promise of WSL's.
    //
    // A document or id is UTF-8 and valid during the hook call; take a copy to keep it. WSL limits neither
    // length nor shape: `wslplugins::inspect` reads the documents without throwing.

    /// A new container session was created; it is not called where an application opens one that exists.
    ///
    /// A failure ends the session before anybody uses it: its creator gets the code and the message, and
    /// `on_wslc_session_stopping` is called for no plugin.
    ///
    /// Until WSL 2.9.4 the session's virtual machine runs already. From 2.9.5 on there is none: calls about the
    /// session answer WSLC_E_VM_NOT_RUNNING, and `on_wslc_vm_started` is the place for them.
    ///
    /// WSL holds the lock of all container sessions meanwhile: a container call from another thread, whatever
    /// its session, waits until the hook returns, so a hook that waits for such a thread hangs them all.
    virtual PluginResult<> on_wslc_session_created(const WslcSession& session);

    /// A container session has ended: nothing can be done in it any more. Called once for each session that all
    /// plugins accepted. Failures are only logged.
    ///
    /// WSL calls it late: when it next looks through its sessions, or when the service stops. That may be in an
    /// unrelated command, and inside a container call of this very plugin, on the thread of that call; so hold
    /// no lock over such a call that this hook takes too. The lock is held as in `on_wslc_session_created`.
    /// When the service stops, it comes before `on_wslc_vm_stopping`; else after it.
    virtual WinResult<> on_wslc_session_stopping(const WslcSession& session);

    /// A container was started, for the first time or again; its program runs already, and may have ended.
    /// `inspect_json` is its inspect document. Not called for containers that WSL finds again when the session's
    /// virtual machine has been started anew.
    ///
    /// A failure stops the container, without `on_container_stopping`, and does not delete it: the user gets
    /// the code and the message, and the session goes on.
    ///
    /// WSL holds the container's lock meanwhile: what makes another client use this container hangs. Calls
    /// about the session work. It may be called while `on_wslc_vm_started` still runs elsewhere.
    virtual PluginResult<> on_container_started(const WslcSession& session,
                                                std::string_view inspect_json);

    /// A container has stopped, by itself or by the user; none of its programs runs any more. Failures are only
    /// logged. Not called for a running container that is deleted by force, nor for those that run when the
    /// virtual machine or the session ends (read in WSL's source).
    ///
    /// WSL holds the container's lock, and may call on the thread that carries the output of all containers
    /// of the session: be quick.
    virtual WinResult<> on_container_stopping(const WslcSession& session,
                                              std::string_view container_id);

    /// An image was pulled or imported; `inspect_json` is its inspect document. Not called for images that were
    /// built or tagged. Since WSL 2.9.4 it is called for each image that is loaded too, though the header's
    /// comment says that it is not. Failures are only logged.
    virtual WinResult<> on_image_created(const WslcSession& session, std::string_view inspect_json);

    /// An image was deleted, once for each id that went. Neither called where
    /// only a name was taken from an image, nor for images that a prune removes (read in WSL's source).
    /// Failures are only logged.
    virtual WinResult<> on_image_deleted(const WslcSession& session, std::string_view image_id);

    /// The session's virtual machine runs: mounts and programs can be made in it, and must be made anew each
    /// time, because they end with it. Since WSL 2.9.5, which starts the machine when it is first needed and
    /// again after it was stopped for being idle. Failures are only logged.
    ///
    /// The operation that needed the machine waits for the hook; others of the session do not. Calls about the
    /// session work, on this thread and on others. Not called where the session already ends.
    virtual WinResult<> on_wslc_vm_started(const WslcSession& session);

    /// The session's virtual machine is about to stop, once for each `on_wslc_vm_started`. It cannot be kept
    /// from it; failures are only logged. Since WSL 2.9.5.
    ///
    /// While it stops for being idle, calls about the session work. When the session ends, they fail with
    /// WSLC_E_SESSION_NOT_FOUND, E_ABORT or RPC_E_DISCONNECTED; so they do after a crash, when the machine is
    /// gone already. Not called when the session's own process dies: then only `on_wslc_session_stopping` comes.
    virtual WinResult<> on_wslc_vm_stopping(const WslcSession& session);

protected:
    /// What the module has: `api`, `log`, and WSL's version.
    [[nodiscard]] const Context& context() const noexcept { return *context_; }
    /// @{
    /// As the context's own.
    [[nodiscard]] const Api& api() const noexcept { return context_->api(); }
    [[nodiscard]] const Log& log() const noexcept { return context_->log(); }
    /// @}

private:
    const Context* context_;
};

}  // namespace wslplugins
