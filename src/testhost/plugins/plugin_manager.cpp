// SPDX-License-Identifier: MIT
#include "testhost/plugins/plugin_manager.hpp"

#include "testhost/error_collector.hpp"
#include "testhost/faults/fault_injector.hpp"
#include "testhost/journal/journal_step.hpp"
#include "testhost/plugins/api_functions.hpp"
#include "testhost/plugins/in_process_plugin.hpp"
#include "testhost/plugins/own_process_plugin.hpp"
#include "testhost/plugins/plugin_context.hpp"
#include "testhost/plugins/version_tables.hpp"
#include "testhost/strict/strict_mode.hpp"
#include "testhost/user/user_messages.hpp"

#include <map>
#include <mutex>
#include <utility>

namespace wslplugins::testhost {
namespace {

/// What comes of a hook that can veto, once the text that the plugin left for the user is known.
HResult verdict(std::string_view plugin, HResult code) {
    const auto text = take_pending_error();
    if (code.is_failure()) {
        return report_error(code, plugin_failure_message(plugin, text));
    }
    // A text without a failure: WSL fails the operation, and shows neither the plugin nor the text.
    return text ? report_error(HResult::illegal_state_change) : HResult::ok;
}

/// WSL's table is a constant of its process: a plugin may keep it, and one whose library the system does not unload
/// goes on with it after a restart. So there is one for each version, and none is ever freed.
WinResult<const platform::GuardedMemory*> lasting_api_table(const Version& version) {
    static std::mutex mutex;
    static auto& tables = *new std::map<Version, platform::GuardedMemory>;
    const std::scoped_lock lock(mutex);
    auto found = tables.find(version);
    if (found == tables.end()) {
        auto made = make_api_table(version, api_functions::all());
        if (!made) {
            return propagate(made.error());
        }
        found = tables.emplace(version, std::move(*made)).first;
    }
    return &found->second;
}

}  // namespace

WinResult<std::unique_ptr<PluginManager>>
PluginManager::load(const ServiceOptions& options, Journal& journal, StrictMode* strict) {
    const auto api_table = lasting_api_table(options.version);
    if (!api_table) {
        return propagate(api_table.error());
    }
    std::string program;
    if (options.host_model == HostModel::OwnProcess) {
        auto found = find_plugin_host_program();
        if (!found) {
            return propagate(found.error());
        }
        program = std::move(*found);
    }
    std::unique_ptr<PluginManager> manager(new PluginManager(**api_table, journal, strict));
    const auto make_plugin =
        [&](const std::string& name) -> WinResult<std::unique_ptr<HostedPlugin>> {
        if (options.host_model == HostModel::OwnProcess) {
            return OwnProcessPlugin::start(name, {program, options.version, journal});
        }
        return manager->make_in_process(name, options.version);
    };
    manager->loaded_ = load_plugins(
        options.plugins, {options.signature_check, journal, strict, options.faults, make_plugin});
    if (manager->loaded_.denied) {
        manager->unload();
        return propagate(*manager->loaded_.denied);
    }
    return manager;
}

WinResult<std::unique_ptr<HostedPlugin>>
PluginManager::make_in_process(const std::string& name, const Version& version) const {
    if (strict_ == nullptr) {
        return std::make_unique<InProcessPlugin>(name, version, api_table_);
    }
    const auto own_table = strict_->api_table_for(name);
    if (!own_table) {
        return propagate(own_table.error());
    }
    auto plugin = std::make_unique<InProcessPlugin>(name, version, **own_table);
    plugin->watch_hooks_table(strict_->sentence_for_hooks_of(name));
    return plugin;
}

HResult PluginManager::check_load_failure() const {
    const ErrorContextScope context(ErrorContext::Plugin);
    if (!loaded_.failure) {
        return HResult::ok;
    }
    const auto& [plugin, code] = *loaded_.failure;
    return report_error(code, load_failure_message(plugin, code));
}

void PluginManager::unload() {
    for (const auto& plugin : loaded_.plugins) {
        if (strict_ != nullptr) {
            strict_->before_unload(*plugin);
        }
        if (!plugin->unload()) {
            JournalEntry entry =
                service_entry("keep-plugin", {{"reason", "its background work still runs"}});
            entry.plugin = plugin->name();
            journal_.add(std::move(entry));
        }
    }
    loaded_.plugins.clear();
}

HResult PluginManager::play(const HookCall& hook_call) const {
    const ErrorContextScope context(ErrorContext::Plugin);
    for (const auto& plugin : loaded_.plugins) {
        if (!plugin->has(hook_call.hook)) {
            continue;
        }
        const HResult outcome = call(*plugin, hook_call);
        if (outcome.is_failure()) {
            return outcome;
        }
    }
    return HResult::ok;
}

HResult PluginManager::call(HostedPlugin& plugin, const HookCall& hook_call) const {
    const HookSlot& slot = slot_of(hook_call.hook);
    JournalEntry entry;
    entry.kind = JournalKind::Hook;
    entry.plugin = plugin.name();
    entry.session = hook_call.session_id();
    entry.name = slot.name;
    entry.arguments = hook_call.arguments;
    const std::uint64_t id = journal_.begin(std::move(entry));
    inject_before_hook(hook_call, plugin.name());
    PluginAnswer answer;
    {
        const PluginContext context(plugin.name(), slot.can_veto, slot.name);
        answer = strict_ == nullptr ? plugin.call(hook_call) : strict_->call(plugin, hook_call);
    }
    std::vector<JournalArgument> details;
    if (answer.escaped) {
        details = {{"exception", answer.what}};
    }
    journal_.end(id, answer.code, std::move(details));
    if (answer.is_lost) {
        // No veto comes from a process that has ended: the operation goes on.
        return HResult::ok;
    }
    if (answer.escaped) {
        // The exception passes the place where a pending text is looked for: the text stays on the thread.
        return report_error(answer.code);
    }
    return slot.can_veto ? verdict(plugin.name(), answer.code) : HResult::ok;
}

}  // namespace wslplugins::testhost
