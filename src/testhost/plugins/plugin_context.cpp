// SPDX-License-Identifier: MIT
#include "testhost/plugins/plugin_context.hpp"

#include "platform/per_thread.hpp"

#include <utility>

namespace wslplugins::testhost {
namespace {

thread_local const PluginContext* innermost = nullptr;
thread_local std::string_view owner;
thread_local std::string_view served_call;
const platform::PerThread<std::optional<WideString>> pending;

}  // namespace

PluginContext::PluginContext(std::string_view plugin, bool can_veto, std::string_view hook) noexcept
    : outer_(std::exchange(innermost, this)), plugin_(plugin), can_veto_(can_veto), hook_(hook) {}

PluginContext::~PluginContext() {
    innermost = outer_;
}

const PluginContext* PluginContext::current() noexcept {
    return innermost;
}

ServedCall::ServedCall(std::string_view name) noexcept : outer_(std::exchange(served_call, name)) {}

ServedCall::~ServedCall() {
    served_call = outer_;
}

std::string_view ServedCall::current() noexcept {
    return served_call;
}

std::string current_plugin() {
    return std::string(innermost == nullptr ? owner : innermost->plugin());
}

PluginThread::PluginThread(std::string_view plugin) noexcept {
    owner = plugin;
}

PluginThread::~PluginThread() {
    owner = {};
}

HResult set_pending_error(abi::LPCWSTR text) {
    if (text == nullptr) {
        return HResult::invalid_argument;
    }
    if (innermost == nullptr) {
        return HResult::illegal_method_call;
    }
    auto& here = pending.get();
    if (here) {
        return HResult::illegal_state_change;
    }
    here.emplace(text);
    innermost->has_given_text_ = true;
    return HResult::ok;
}

std::optional<std::string> take_pending_error() {
    const auto text = std::exchange(pending.get(), std::nullopt);
    return text ? std::optional(to_utf8_lossy(*text)) : std::nullopt;
}

}  // namespace wslplugins::testhost
