// SPDX-License-Identifier: MIT
/// @file
/// `Context`: what a plugin is given when it is made.
#pragma once

#include <wslplugins/api/api.hpp>
#include <wslplugins/core/log.hpp>

#include <atomic>

namespace wslplugins {
namespace detail {

class HookListener;
struct ContextInternals;

/// Which of the hooks WSL calls that tell that a session is over.
struct StoppingHooks {
    bool known = false;  ///< Not in a unit test.
    bool vm = false;
    bool wslc = false;
};

/// Sinks that were added; what a plugin without them carries of it is a pointer.
class MoreLogSinks : public LogSink {
public:
    virtual ~MoreLogSinks() = default;
};

/// The sink that a context was made with, and those that were added.
class ContextLog final : public LogSink {
public:
    explicit ContextLog(LogSink& first) noexcept : first_(&first) {}

    void write(const LogRecord& record) noexcept override;

    mutable std::atomic<MoreLogSinks*> more{nullptr};  ///< The context owns it.

private:
    LogSink* first_;
};

}  // namespace detail

/// WSL's calls and the log. One for each plugin, valid while the DLL is loaded, usable from any thread and
/// in constructors already. At that time no session exists: calls that name one fail.
class Context {
public:
    /// For unit tests of a plugin class; WSL's own is made by `load_plugin`. `api` and `sink` outlive it.
    Context(const abi::WSLPluginAPIV1* api, LogSink& sink) noexcept
        : api_(api), sinks_(sink), log_(sinks_) {}

    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context();

    /// What a plugin asks of WSL; valid while the module is loaded.
    [[nodiscard]] const Api& api() const noexcept { return api_; }
    /// Where a plugin writes what happened; valid while the module is loaded.
    [[nodiscard]] const Log& log() const noexcept { return log_; }

    /// What is logged goes to this sink too, until it is removed. A sink does not log and does not wait: hooks
    /// wait for it. `JsonLinesLog` adds itself. Any thread.
    void add_log_sink(LogSink& sink) const;

    /// Returns when no thread writes to the sink any more.
    void remove_log_sink(LogSink& sink) const noexcept;

private:
    friend struct detail::ContextInternals;

    Api api_;
    detail::ContextLog sinks_;
    Log log_;
    mutable std::atomic<detail::HookListener*> listener_{nullptr};  // owned
    mutable detail::StoppingHooks stopping_hooks_;
};

}  // namespace wslplugins
