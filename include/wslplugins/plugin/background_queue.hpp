// SPDX-License-Identifier: MIT
/// @file
/// `BackgroundQueue`: work that is too slow for a hook, done by a thread of the plugin's own.
#pragma once

#include <wslplugins/plugin/context.hpp>
#include <wslplugins/plugin/stop_signal.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

namespace wslplugins {

/// What a queue does with a job when it is full.
enum class WhenFull : std::uint8_t {
    Refuse,      ///< `post` fails.
    DropOldest,  ///< The job that has waited longest is discarded, and logged.
};

/// How much a queue holds, and how long it is waited for.
struct BackgroundQueueOptions {
    std::size_t capacity = 64;  ///< Jobs that wait, without the one that runs; 0 counts as 1.
    WhenFull when_full = WhenFull::Refuse;        ///< What becomes of a job when it is full.
    std::chrono::milliseconds drain_time{1'000};  ///< How long draining waits; at most 30 s.
};

namespace detail {

class BackgroundJob {
public:
    BackgroundJob() = default;
    BackgroundJob(const BackgroundJob&) = delete;
    BackgroundJob& operator=(const BackgroundJob&) = delete;
    virtual ~BackgroundJob() = default;
    virtual WinResult<> run(const StopSignal& stop) = 0;
};

template <class Work>
class BackgroundJobOf final : public BackgroundJob {
public:
    explicit BackgroundJobOf(Work work) : work_(std::move(work)) {}
    WinResult<> run(const StopSignal& stop) override { return work_(stop); }

private:
    Work work_;
};

class QueueState;

}  // namespace detail

/// Runs jobs one after another, in their order, on one thread. Make it a member of the plugin and post from any
/// thread; posting never waits for a job. The thread is started when there is work and ends when there is
/// none. It keeps the DLL loaded while it runs, so that WSL may unload the DLL at any time; a plugin built
/// as a shared object stays loaded for good once it has posted.
///
/// A job that fails or throws is logged under its name and harms no other.
///
/// **The lock trap.** While a hook runs, WSL holds a lock on the session, and a job's call of WSL for that
/// session waits until the hook has returned. A hook that waits for such a job (for its result, for a lock that it
/// holds, for the queue to be empty) waits for ever, and so does the user. The queue avoids it in that nothing
/// of it waits without a limit: a hook posts and returns, and the result of a job is the job's to use. A job's
/// calls fail by themselves once the virtual machine is gone.
///
/// **Draining.** After the last stopping hook (`on_vm_stopping` or `on_wslc_session_stopping`, when no
/// session is up any more that a hook of the plugin told of), the framework runs what is queued, for
/// `drain_time` at most. It then asks the running job to stop, discards the jobs that wait, logs how many, and lets the
/// hook return; the job may go on then. Destroying the queue, as when `create` or a constructor fails, does the
/// same. A plugin that overrides neither stopping hook is never told that it is over: its jobs end with the
/// process, at any point, and a warning says so when the queue is made.
///
/// What a job refers to must live as long as the job: the plugin object does, once it has been made, but
/// its constructor may still fail while a job runs. Nothing that is borrowed for a hook does: take
/// `to_owned()`, ids and copies along.
class BackgroundQueue {
public:
    /// `context` outlives the queue and its jobs.
    explicit BackgroundQueue(const Context& context, const BackgroundQueueOptions& options = {});

    BackgroundQueue(const BackgroundQueue&) = delete;
    BackgroundQueue& operator=(const BackgroundQueue&) = delete;
    ~BackgroundQueue();

    /// Queues `work`, called as `WinResult<> work(const StopSignal&)`; it may be move-only. A job that takes
    /// longer than a moment looks at the signal now and then.
    /// @param name names the job in the log.
    /// @return ERROR_BUSY when the queue is full and refuses; the system's code when no thread can be started.
    template <class Work>
        requires std::is_invocable_r_v<WinResult<>, Work&, const StopSignal&>
    [[nodiscard]] WinResult<> post(std::string_view name, Work work) {
        return post_job(name, std::make_unique<detail::BackgroundJobOf<Work>>(std::move(work)));
    }

private:
    [[nodiscard]] WinResult<> post_job(std::string_view name,
                                       std::unique_ptr<detail::BackgroundJob> job);

    const Context* context_;
    std::shared_ptr<detail::QueueState> state_;
};

}  // namespace wslplugins
