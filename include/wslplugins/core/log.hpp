// SPDX-License-Identifier: MIT
/// @file
/// `Log`: what a plugin tells its author and the administrator, and `LogSink`, where it goes.
///
/// Logging is best effort: it never fails and never throws, so that a hook's outcome cannot depend on
/// it. It may be used from any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace wslplugins {

/// How much an entry matters, the least first.
enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error };

/// `debug`, `info`, `warning` or `error`.
[[nodiscard]] std::string_view name_of(LogLevel level) noexcept;

/// One entry: a short name of what happened, and its text, both UTF-8 and valid during the call.
struct LogRecord {
    LogLevel level = LogLevel::Info;  ///< How much it matters.
    std::string_view event;           ///< What happened, in a word or two that stay the same.
    std::string_view text;            ///< The details.
};

/// Where entries go. Called from any thread, also from several at once.
class LogSink {
public:
    /// Takes one entry. What it fails with is its own affair; it must not throw.
    virtual void write(const LogRecord& record) noexcept = 0;

protected:
    LogSink() = default;
    /// @{
    /// For classes that derive from it.
    LogSink(const LogSink&) = default;
    LogSink& operator=(const LogSink&) = default;
    /// @}
    ~LogSink() = default;  // a sink lives as long as the module; nobody deletes it through here
};

/// Hands entries to a sink that outlives it.
class Log {
public:
    /// For a sink of one's own, such as a unit test's.
    explicit Log(LogSink& sink) noexcept : sink_(&sink) {}

    /// @{
    /// Writes an entry of that level: what happened, in a word or two that stay the same, and the details. UTF-8.
    void debug(std::string_view event, std::string_view text = {}) const noexcept {
        sink_->write({LogLevel::Debug, event, text});
    }
    void info(std::string_view event, std::string_view text = {}) const noexcept {
        sink_->write({LogLevel::Info, event, text});
    }
    void warning(std::string_view event, std::string_view text = {}) const noexcept {
        sink_->write({LogLevel::Warning, event, text});
    }
    void error(std::string_view event, std::string_view text = {}) const noexcept {
        sink_->write({LogLevel::Error, event, text});
    }
    /// @}

private:
    LogSink* sink_;
};

}  // namespace wslplugins
