// SPDX-License-Identifier: MIT
/// @file
/// `BackgroundThreads`: threads that wait for something, and are waited for in the end.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace wslplugins::testhost {

class BackgroundThreads {
public:
    BackgroundThreads() = default;
    BackgroundThreads(const BackgroundThreads&) = delete;
    BackgroundThreads& operator=(const BackgroundThreads&) = delete;
    ~BackgroundThreads() { join_all(); }

    /// Runs the work on a thread of its own. Threads that have ended since are cleared away.
    void start(std::function<void()> work);

    /// Waits for all of them. Not to be called on one of them.
    void join_all();

private:
    struct Running {
        std::shared_ptr<std::atomic<bool>> has_ended;
        std::thread thread;
    };

    std::mutex lock_;
    std::vector<Running> threads_;
};

}  // namespace wslplugins::testhost
