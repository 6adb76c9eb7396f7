// SPDX-License-Identifier: MIT
#include "plugin/debugger_log.hpp"
#include "plugin/guard.hpp"
#include "plugin/hook_listener.hpp"

#include <wslplugins/plugin/load_plugin.hpp>

#include <cstring>
#include <string>

namespace wslplugins::detail {
namespace {

/// Without state, so that it serves before anything is made and is never destroyed.
DebuggerLog& debugger_log() noexcept {
    static DebuggerLog only;
    return only;
}

PluginResult<> check_version(const LoadRequest& request, const Context& context) {
    const Version running = context.api().version();
    if (running >= request.required) {
        return {};
    }
    return failure(HResult::plugin_requires_update,
                   "The plugin needs WSL " + to_string(request.required) + ", and this is WSL " +
                       to_string(running) + "; `wsl --update` brings a newer one");
}

bool exists(const HookSlot& slot, const Version& running) noexcept {
    return slot.since == first_version || running >= slot.since;
}

bool will_be_called(Hook hook, const PluginClass& plugin, const Version& running) noexcept {
    return plugin.hooks[static_cast<std::size_t>(hook)] != nullptr &&
           exists(slot_of(hook), running);
}

/// What a plugin keeps for as long as the DLL is loaded. It stays also where the plugin could not be made and
/// had started background work, of which a job may still run and log.
class PluginContext {
public:
    PluginContext(const PluginClass& plugin, const LoadRequest& request)
        : loaded_(plugin.loaded), context_(std::make_unique<Context>(request.api, debugger_log())) {
        const Version running = Version::from(request.api->Version);
        ContextInternals::stopping_hooks(*context_) = {
            true,
            will_be_called(Hook::OnVMStopping, plugin, running),
            will_be_called(Hook::OnSessionStopping, plugin, running)};
    }
    PluginContext(const PluginContext&) = delete;
    PluginContext& operator=(const PluginContext&) = delete;
    ~PluginContext() {
        if (context_ != nullptr && ContextInternals::listener(*context_) != nullptr) {
            keep();
        }
    }

    [[nodiscard]] const Context& get() const noexcept { return *context_; }
    void keep() noexcept { loaded_->context = context_.release(); }

private:
    LoadedPlugin* loaded_;
    std::unique_ptr<Context> context_;
};

/// Makes the plugin, or leaves none.
PluginResult<> make(const PluginClass& plugin, const LoadRequest& request) {
    PluginContext context(plugin, request);
    auto created = plugin.create(context.get());
    if (!created) {
        return propagate(std::move(created.error()));
    }
    plugin.loaded->plugin = *created;
    context.keep();
    return {};
}

/// Slot by slot: the table is as long as the running WSL makes it, and its other slots are WSL's.
void install(const ErasedHooks& hooks, const LoadRequest& request) noexcept {
    const Version running = Version::from(request.api->Version);
    auto* const table = reinterpret_cast<std::byte*>(request.hooks);
    for (const HookSlot& slot : hook_slots) {
        const ErasedHook& hook = hooks[static_cast<std::size_t>(slot.hook)];
        if (hook != nullptr && exists(slot, running)) {
            std::memcpy(table + slot.offset, &hook, sizeof hook);
        }
    }
}

}  // namespace

abi::HRESULT load(const PluginClass& plugin, const LoadRequest& request) noexcept {
    if (request.api == nullptr || request.hooks == nullptr) {
        return HResult::null_pointer.value();
    }
    const Context context(request.api, debugger_log());
    auto body = [&]() -> PluginResult<> {
        auto good = check_version(request, context);
        // WSL calls again for a second registration of this file, and, up to 2.8.6, after a restart.
        if (good && plugin.loaded->plugin == nullptr) {
            good = make(plugin, request);
        }
        if (good) {
            install(plugin.hooks, request);
        }
        return good;
    };
    return guarded({&context, abi::entry_point_name}, GuardedBody(body));
}

}  // namespace wslplugins::detail
