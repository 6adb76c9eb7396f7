// SPDX-License-Identifier: MIT
/// @file
/// `StepThreads`: the threads that serve steps, by name.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace wslplugins::testhost {

/// A thread is made when it is first named, and ends with this object.
class StepThreads {
public:
    StepThreads() = default;
    StepThreads(const StepThreads&) = delete;
    StepThreads& operator=(const StepThreads&) = delete;
    ~StepThreads() = default;

    /// Has the thread of that name run `work` behind what it was given before. Call it from one thread.
    [[nodiscard]] std::future<void> post(const std::string& name, std::function<void()> work);

private:
    class Worker {
    public:
        Worker();
        Worker(const Worker&) = delete;
        Worker& operator=(const Worker&) = delete;
        ~Worker();

        [[nodiscard]] std::future<void> post(std::function<void()> work);

    private:
        void run();

        std::mutex mutex_;
        std::condition_variable changed_;
        std::deque<std::packaged_task<void()>> tasks_;
        bool is_over_ = false;
        std::thread thread_;  // last: it uses the others
    };

    std::map<std::string, std::unique_ptr<Worker>> workers_;
};

}  // namespace wslplugins::testhost
