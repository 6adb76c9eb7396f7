// SPDX-License-Identifier: MIT
/// @file
/// `Plugin`: the base class of every plugin.
#pragma once

#include <wslplugins/api/distribution.hpp>
#include <wslplugins/api/offline_distribution.hpp>
#include <wslplugins/api/session.hpp>
#include <wslplugins/api/vm_settings.hpp>
#include <wslplugins/plugin/context.hpp>

namespace wslplugins {

/// Derive from it and override the hooks that the plugin needs; only those are put into WSL's table.
///
/// The object is made once, when WSL loads the DLL, by `static WinResult<std::unique_ptr<P>> create(const
/// Context&)` if the class has it, else by its constructor from `const Context&` (`using Plugin::Plugin;`
/// serves). It is never destroyed: WSL has no hook for unloading.
///
/// Hooks run in the service, as SYSTEM, on a thread of WSL's that waits for them; WSL sets no time limit. WSL
/// runs hooks of several sessions at the same time, but of one plugin the framework lets one hook run at a
/// time. A hook may be entered again on its own thread while it calls WSL. A hook must not wait for another
/// thread that calls WSL: both would wait for ever.
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

protected:
    [[nodiscard]] const Context& context() const noexcept { return *context_; }
    [[nodiscard]] const Api& api() const noexcept { return context_->api(); }
    [[nodiscard]] const Log& log() const noexcept { return context_->log(); }

private:
    const Context* context_;
};

}  // namespace wslplugins
