// SPDX-License-Identifier: MIT
/// @file
/// `WslcRpcThreads`: the threads on which calls of session processes arrive in the service.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace wslplugins::testhost {

/// A pool. The thread that was used last is used first, so that what a hook leaves on its thread meets the next
/// hook, as it may in the real service.
class WslcRpcThreads {
public:
    WslcRpcThreads();
    WslcRpcThreads(const WslcRpcThreads&) = delete;
    WslcRpcThreads& operator=(const WslcRpcThreads&) = delete;
    ~WslcRpcThreads();

    /// Runs the work on one of the threads, and waits. What it throws is thrown here.
    void run(const std::function<void()>& work);

private:
    class Worker;

    std::mutex lock_;
    std::vector<std::unique_ptr<Worker>> idle_;
};

}  // namespace wslplugins::testhost
