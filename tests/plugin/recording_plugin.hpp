// SPDX-License-Identifier: MIT
/// @file
/// A plugin that overrides every hook, remembers what it was told, and fails on demand.
#pragma once

#include <wslplugins/plugin/plugin.hpp>

#include <atomic>
#include <functional>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace wslplugins::tests {

/// Each test has a class of its own, because the framework makes one object of each class for ever.
template <class Test>
class RecordingPlugin : public Plugin {
public:
    using Plugin::Plugin;

    static inline std::vector<std::string> calls;
    static inline std::function<PluginResult<>()> behaviour;  ///< Of every hook; success if none.

    PluginResult<> on_vm_started(const Session& session, const VmSettings& settings) override {
        const bool custom = settings.has(VmCustomization::CustomKernel);
        return answer("on_vm_started " + number(session) + (custom ? " custom" : ""));
    }
    WinResult<> on_vm_stopping(const Session& session) override {
        return without_message(answer("on_vm_stopping " + number(session)));
    }
    PluginResult<> on_distribution_started(const Session& session,
                                           const Distribution& distribution) override {
        return answer("on_distribution_started " + number(session) + name(distribution));
    }
    WinResult<> on_distribution_stopping(const Session& session,
                                         const Distribution& distribution) override {
        return without_message(
            answer("on_distribution_stopping " + number(session) + name(distribution)));
    }
    WinResult<> on_distribution_registered(const Session& session,
                                           const OfflineDistribution& distribution) override {
        return without_message(
            answer("on_distribution_registered " + number(session) + name(distribution)));
    }
    WinResult<> on_distribution_unregistered(const Session& session,
                                             const OfflineDistribution& distribution) override {
        return without_message(
            answer("on_distribution_unregistered " + number(session) + name(distribution)));
    }

    PluginResult<> on_wslc_session_created(const WslcSession& session) override {
        return answer("on_wslc_session_created " + number(session) + name(session));
    }
    WinResult<> on_wslc_session_stopping(const WslcSession& session) override {
        return without_message(answer("on_wslc_session_stopping " + number(session)));
    }
    PluginResult<> on_container_started(const WslcSession& session,
                                        std::string_view inspect_json) override {
        return answer("on_container_started " + number(session) + text(inspect_json));
    }
    WinResult<> on_container_stopping(const WslcSession& session,
                                      std::string_view container_id) override {
        return without_message(
            answer("on_container_stopping " + number(session) + text(container_id)));
    }
    WinResult<> on_image_created(const WslcSession& session,
                                 std::string_view inspect_json) override {
        return without_message(answer("on_image_created " + number(session) + text(inspect_json)));
    }
    WinResult<> on_image_deleted(const WslcSession& session, std::string_view image_id) override {
        return without_message(answer("on_image_deleted " + number(session) + text(image_id)));
    }
    WinResult<> on_wslc_vm_started(const WslcSession& session) override {
        return without_message(answer("on_wslc_vm_started " + number(session)));
    }
    WinResult<> on_wslc_vm_stopping(const WslcSession& session) override {
        return without_message(answer("on_wslc_vm_stopping " + number(session)));
    }

private:
    template <class View>
    static std::string number(const View& session) {
        return std::to_string(session.id().value());
    }

    static std::string text(std::string_view passed) { return " " + std::string(passed); }

    static std::string name(const WslcSession& session) {
        return text(session.display_name().value());
    }

    template <class View>
    static std::string name(const View& view) {
        return " " + view.name().value();
    }

    static PluginResult<> answer(std::string call) {
        calls.push_back(std::move(call));
        return behaviour ? behaviour() : PluginResult<>();
    }

    static WinResult<> without_message(const PluginResult<>& result) {
        if (!result) {
            return propagate(result.error().cause());
        }
        return {};
    }
};

}  // namespace wslplugins::tests
