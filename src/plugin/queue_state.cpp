// SPDX-License-Identifier: MIT
#include "plugin/queue_state.hpp"

#include "platform/attempt.hpp"
#include "platform/module_thread.hpp"
#include "plugin/guard.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace wslplugins::detail {
namespace {

constexpr HResult busy = HResult::from_win32(170);
constexpr std::chrono::milliseconds longest_drain{30'000};

BackgroundQueueOptions within_limits(BackgroundQueueOptions options) {
    options.capacity = (std::max)(options.capacity, std::size_t{1});
    options.drain_time = (std::min)(options.drain_time, longest_drain);
    return options;
}

}  // namespace

QueueState::QueueState(const Context& context, const BackgroundQueueOptions& options)
    : context_(&context), options_(within_limits(options)) {}

WinResult<> QueueState::post(QueuedJob job) {
    std::optional<QueuedJob> dropped;  // destroyed when nothing is locked
    {
        const std::lock_guard lock(mutex_);
        if (jobs_.size() >= options_.capacity) {
            if (options_.when_full == WhenFull::Refuse) {
                return failure(busy,
                               "The background job '" + job.name + "' was not queued: " +
                                   std::to_string(jobs_.size()) + " others wait already");
            }
            dropped = std::move(jobs_.front());
            jobs_.pop_front();
        }
        if (!works_) {
            if (auto started = start_worker(); !started) {
                return started;
            }
            works_ = true;
        }
        jobs_.push_back(std::move(job));
    }
    if (dropped) {
        context_->log().warning(dropped->name, "discarded: the background queue is full");
    }
    return {};
}

WinResult<> QueueState::start_worker() {
    auto self = std::make_unique<std::shared_ptr<QueueState>>(shared_from_this());
    auto started = platform::start_module_thread(&QueueState::enter, self.get());
    if (started) {
        (void)self.release();  // the thread's now
    }
    return started;
}

void QueueState::enter(void* self) noexcept {
    const std::unique_ptr<std::shared_ptr<QueueState>> state(
        static_cast<std::shared_ptr<QueueState>*>(self));
    (*state)->work();
}

void QueueState::work() noexcept {
    std::unique_lock lock(mutex_);
    worker_ = std::this_thread::get_id();
    while (!jobs_.empty()) {
        QueuedJob job = std::move(jobs_.front());
        jobs_.pop_front();
        running_ = &job.stop;
        lock.unlock();
        auto body = [&]() -> PluginResult<> {
            auto done = job.work->run(job.stop);
            if (!done) {
                return propagate(std::move(done.error()));
            }
            return {};
        };
        GuardedCall call{context_, job.name};
        call.parallel = true;
        call.time_budget = (std::numeric_limits<std::uint32_t>::max)();
        (void)guarded(call, GuardedBody(body));  // logs a failure
        job.work.reset();
        lock.lock();
        running_ = nullptr;
    }
    works_ = false;
    worker_ = {};
    idle_.notify_all();
}

void QueueState::drain(Time began) noexcept {
    std::deque<QueuedJob> discarded;
    std::unique_lock lock(mutex_);
    if (worker_ == std::this_thread::get_id()) {
        return;
    }
    if (idle_.wait_until(lock, began + options_.drain_time, [this] { return !works_; })) {
        return;
    }
    discarded.swap(jobs_);
    const bool one_runs = running_ != nullptr;
    if (one_runs) {
        running_->set();
    }
    lock.unlock();
    log_discarded(discarded.size(), one_runs);
}

bool QueueState::is_idle() noexcept {
    const std::lock_guard lock(mutex_);
    return !works_;
}

void QueueState::log_discarded(std::size_t count, bool one_runs) const noexcept {
    (void)platform::attempt([&] {
        const std::string running = one_runs ? "a job still runs and was asked to stop; " : "";
        context_->log().warning("background queue",
                                running + std::to_string(count) +
                                    " waiting jobs were discarded, because draining took " +
                                    std::to_string(options_.drain_time.count()) + " ms");
    });
}

}  // namespace wslplugins::detail
