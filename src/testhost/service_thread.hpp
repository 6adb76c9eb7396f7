// SPDX-License-Identifier: MIT
/// @file
/// `ServiceThread`: a thread of the service's own.
#pragma once

#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <queue>
#include <thread>

namespace wslplugins::testhost {

/// Does what it is given, one thing after the other. What plugins and the C++ runtime keep per thread stays with it.
class ServiceThread {
public:
    ServiceThread();
    ServiceThread(const ServiceThread&) = delete;
    ServiceThread& operator=(const ServiceThread&) = delete;

    /// Not to be destroyed on itself, nor while `run` is in progress.
    ~ServiceThread();

    /// Waits until the work is done. An exception of the work is the caller's.
    void run(const std::function<void()>& work);

private:
    void serve();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::queue<std::packaged_task<void()>> tasks_;
    bool is_ending_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace wslplugins::testhost
