// SPDX-License-Identifier: MIT
/// @file
/// `QueueState`: the part of a `BackgroundQueue` that its worker shares, and that lives as long as either.
#pragma once

#include "plugin/drained.hpp"

#include <wslplugins/plugin/background_queue.hpp>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace wslplugins::detail {

struct QueuedJob {
    std::string name;
    std::unique_ptr<BackgroundJob> work;
    StopSignal stop;
};

class QueueState final : public Drained, public std::enable_shared_from_this<QueueState> {
public:
    QueueState(const Context& context, const BackgroundQueueOptions& options);

    [[nodiscard]] WinResult<> post(QueuedJob job);

    /// Lets the worker go on until `drain_time` after `began`; what is not done then is asked to stop or
    /// discarded. Returns at once on the worker's own thread, which a job's call of WSL may bring here.
    void drain(Time began) noexcept override;

    [[nodiscard]] bool is_idle() noexcept override;

private:
    static void enter(void* self) noexcept;
    [[nodiscard]] WinResult<> start_worker();
    void work() noexcept;
    void log_discarded(std::size_t count, bool one_runs) const noexcept;

    const Context* context_;
    BackgroundQueueOptions options_;
    std::mutex mutex_;
    std::condition_variable idle_;
    std::deque<QueuedJob> jobs_;
    bool works_ = false;             // a worker is there; without one, no job waits
    StopSignal* running_ = nullptr;  // of the job that runs
    std::thread::id worker_;
};

}  // namespace wslplugins::detail
