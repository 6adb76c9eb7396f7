// SPDX-License-Identifier: MIT
/// @file
/// What a thread knows about plugins: whose code it runs now, and the one text that PluginError left on it.
///
/// WSL keeps that text per thread, neither per plugin nor per session, and takes it away only after the
/// hooks that can veto. A text given in any other hook stays and hits whatever runs on the thread next.
#pragma once

#include <wslplugins/core/hresult.hpp>
#include <wslplugins/core/text.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace wslplugins::testhost {

/// While it lives, this thread runs that plugin's code.
class PluginContext {
public:
    /// @param plugin outlives this. @param can_veto whether a text for the user is looked for afterwards.
    /// @param hook what runs, by its name, which outlives this too.
    PluginContext(std::string_view plugin, bool can_veto, std::string_view hook = {}) noexcept;
    PluginContext(const PluginContext&) = delete;
    PluginContext& operator=(const PluginContext&) = delete;
    ~PluginContext();

    /// The innermost one of this thread, or null.
    [[nodiscard]] static const PluginContext* current() noexcept;

    [[nodiscard]] std::string_view plugin() const noexcept { return plugin_; }
    [[nodiscard]] bool can_veto() const noexcept { return can_veto_; }
    [[nodiscard]] std::string_view hook() const noexcept { return hook_; }

    /// Whether PluginError has taken a text in it.
    [[nodiscard]] bool has_given_text() const noexcept { return has_given_text_; }

private:
    friend HResult set_pending_error(abi::LPCWSTR text);

    const PluginContext* const outer_;
    const std::string_view plugin_;
    const bool can_veto_;
    const std::string_view hook_;
    mutable bool has_given_text_ = false;  // set through the thread, whose innermost one this is
};

/// While it lives, this thread serves that API call of a plugin.
class ServedCall {
public:
    /// @param name outlives this.
    explicit ServedCall(std::string_view name) noexcept;
    ServedCall(const ServedCall&) = delete;
    ServedCall& operator=(const ServedCall&) = delete;
    ~ServedCall();

    /// The name of the innermost one of this thread; empty when there is none.
    [[nodiscard]] static std::string_view current() noexcept;

private:
    const std::string_view outer_;
};

/// While it lives, this thread stands for one of that plugin's own, in its own process: no hook runs on it.
class PluginThread {
public:
    /// @param plugin outlives this.
    explicit PluginThread(std::string_view plugin) noexcept;
    PluginThread(const PluginThread&) = delete;
    PluginThread& operator=(const PluginThread&) = delete;
    ~PluginThread();
};

/// The plugin whose code runs on this thread, or for which it stands; empty when there is none.
[[nodiscard]] std::string current_plugin();

/// The API call PluginError. The checks, in WSL's order: E_INVALIDARG for null, E_ILLEGAL_METHOD_CALL where no
/// plugin's code runs on this thread, E_ILLEGAL_STATE_CHANGE while a text is pending, which is kept.
[[nodiscard]] HResult set_pending_error(abi::LPCWSTR text);

/// Takes the thread's pending text away. UTF-8.
[[nodiscard]] std::optional<std::string> take_pending_error();

}  // namespace wslplugins::testhost
