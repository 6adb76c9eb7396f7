// SPDX-License-Identifier: MIT
/// @file
/// `HostedPlugin`: a plugin as the service reaches it, wherever its code runs.
#pragma once

#include "testhost/plugins/hook_call.hpp"

#include <wslplugins/core/linked_plugin.hpp>
#include <wslplugins/core/result.hpp>

#include <memory>
#include <string>
#include <utility>

namespace wslplugins::testhost {

/// What came back from a plugin's code.
struct PluginAnswer {
    HResult code;
    bool escaped = false;  ///< An exception came instead of a code.
    std::string what;      ///< What it said.
    bool is_lost =
        false;  ///< Nothing came: the plugin's process has ended. `code` says how that shows.
};

/// The steps of loading come in their order; hooks are called once the entry point has agreed.
class HostedPlugin {
public:
    explicit HostedPlugin(std::string name) : name_(std::move(name)) {}
    HostedPlugin(const HostedPlugin&) = delete;
    HostedPlugin& operator=(const HostedPlugin&) = delete;
    virtual ~HostedPlugin() = default;

    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    /// In place of `load_library` and `find_entry_point`: the plugin is part of this program.
    /// @return ERROR_NOT_SUPPORTED in a process of its own.
    [[nodiscard]] virtual WinResult<> link(const LinkedPlugin& plugin) = 0;

    [[nodiscard]] virtual WinResult<> load_library(const std::string& path) = 0;
    [[nodiscard]] virtual WinResult<> find_entry_point() = 0;
    [[nodiscard]] virtual PluginAnswer call_entry_point() = 0;

    /// Whether the plugin installed that hook, and can be called.
    [[nodiscard]] virtual bool has(Hook hook) const noexcept = 0;

    /// Calls a hook that the plugin has. The caller has said in a `PluginContext` whose code runs now.
    [[nodiscard]] virtual PluginAnswer call(const HookCall& hook_call) = 0;

    /// @return whether the plugin has written to its table of hooks since the service read it; once for each time.
    ///         False where that cannot be seen.
    [[nodiscard]] virtual bool take_late_write() = 0;

    /// A function of its library; null where that is not loaded in this process.
    [[nodiscard]] virtual const void* code() const noexcept = 0;

    /// Where its code runs, for the journal; nothing where that is the service's own process.
    [[nodiscard]] virtual std::vector<JournalArgument> whereabouts() const = 0;

    /// The process that had the plugin has ended; nothing more is asked of it.
    [[nodiscard]] virtual bool is_lost() const noexcept = 0;

    /// Releases the library, or what is linked. @return false where the latter stays as it is.
    virtual bool unload() = 0;

private:
    const std::string name_;
};

}  // namespace wslplugins::testhost
