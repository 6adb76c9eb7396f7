// SPDX-License-Identifier: MIT
#include "testhost/service_thread.hpp"

#include <utility>

namespace wslplugins::testhost {

ServiceThread::ServiceThread() : thread_([this] { serve(); }) {}

ServiceThread::~ServiceThread() {
    {
        const std::scoped_lock lock(mutex_);
        is_ending_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void ServiceThread::run(const std::function<void()>& work) {
    std::packaged_task<void()> task(work);
    std::future<void> done = task.get_future();
    {
        const std::scoped_lock lock(mutex_);
        tasks_.push(std::move(task));
    }
    changed_.notify_one();
    done.get();
}

void ServiceThread::serve() {
    while (true) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return is_ending_ || !tasks_.empty(); });
        if (tasks_.empty()) {
            return;
        }
        std::packaged_task<void()> task = std::move(tasks_.front());
        tasks_.pop();
        lock.unlock();
        task();
    }
}

}  // namespace wslplugins::testhost
