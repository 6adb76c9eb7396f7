// SPDX-License-Identifier: MIT
#include "plugin/added_log_sinks.hpp"

#include <mutex>

namespace wslplugins {
namespace detail {

void AddedLogSinks::write(const LogRecord& record) noexcept {
    const std::shared_lock lock(mutex_);
    for (LogSink* const sink : sinks_) {
        sink->write(record);
    }
}

void AddedLogSinks::add(LogSink& sink) {
    const std::unique_lock lock(mutex_);
    sinks_.push_back(&sink);
}

void AddedLogSinks::remove(LogSink& sink) noexcept {
    const std::unique_lock lock(mutex_);
    std::erase(sinks_, &sink);
}

}  // namespace detail

void Context::add_log_sink(LogSink& sink) const {
    auto* added = sinks_.more.load(std::memory_order_acquire);
    if (added == nullptr) {
        auto made = std::make_unique<detail::AddedLogSinks>();
        // Another thread may have been quicker; then its own is used.
        if (sinks_.more.compare_exchange_strong(added, made.get(), std::memory_order_acq_rel)) {
            added = made.release();
        }
    }
    static_cast<detail::AddedLogSinks*>(added)->add(sink);
}

void Context::remove_log_sink(LogSink& sink) const noexcept {
    if (auto* const added = sinks_.more.load(std::memory_order_acquire); added != nullptr) {
        static_cast<detail::AddedLogSinks*>(added)->remove(sink);
    }
}

}  // namespace wslplugins
