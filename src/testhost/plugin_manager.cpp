// SPDX-License-Identifier: MIT
#include "testhost/plugin_manager.hpp"

#include "testhost/error_collector.hpp"
#include "testhost/foreign_call.hpp"
#include "testhost/plugin_context.hpp"
#include "testhost/user_messages.hpp"
#include "testhost/version_tables.hpp"

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

}  // namespace

WinResult<std::unique_ptr<PluginManager>> PluginManager::load(const ServiceOptions& options,
                                                              Journal& journal) {
    auto api_table = make_api_table(options.version);
    if (!api_table) {
        return propagate(api_table.error());
    }
    std::unique_ptr<PluginManager> manager(new PluginManager(std::move(*api_table), journal));
    manager->loaded_ = load_plugins(
        options.plugins, {options.version, options.signature_check, manager->api_table_, journal});
    return manager;
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
    for (LoadedPlugin& plugin : loaded_.plugins) {
        // Moved out, so that it is released before the next one is.
        const platform::DynamicLibrary library = std::move(plugin.library);
    }
    loaded_.plugins.clear();
}

HResult PluginManager::play(const HookCall& hook_call) const {
    const ErrorContextScope context(ErrorContext::Plugin);
    for (const LoadedPlugin& plugin : loaded_.plugins) {
        const auto function = installed_hook(plugin.hooks, hook_call);
        if (!function) {
            continue;
        }
        const HResult outcome = call(plugin, hook_call, function);
        if (outcome.is_failure()) {
            return outcome;
        }
    }
    return HResult::ok;
}

HResult PluginManager::call(const LoadedPlugin& plugin,
                            const HookCall& hook_call,
                            const std::function<abi::HRESULT()>& function) const {
    const HookSlot& slot = slot_of(hook_call.hook);
    JournalEntry entry;
    entry.kind = JournalKind::Hook;
    entry.plugin = plugin.name;
    entry.session = hook_call.session_id();
    entry.name = slot.name;
    entry.arguments = hook_call.arguments;
    const std::uint64_t id = journal_.begin(std::move(entry));
    ForeignResult result;
    {
        const PluginContext context(plugin.name, slot.can_veto);
        result = call_plugin(function);
    }
    std::vector<JournalArgument> details;
    if (result.escaped) {
        details = {{"exception", result.what}};
    }
    journal_.end(id, result.code, std::move(details));
    if (result.escaped) {
        // The exception passes the place where a pending text is looked for: the text stays on the thread.
        return report_error(result.code);
    }
    return slot.can_veto ? verdict(plugin.name, result.code) : HResult::ok;
}

}  // namespace wslplugins::testhost
