// SPDX-License-Identifier: MIT
#include "testhost/scenario/step_threads.hpp"

#include <utility>

namespace wslplugins::testhost {

std::future<void> StepThreads::post(const std::string& name, std::function<void()> work) {
    std::unique_ptr<Worker>& worker = workers_[name];
    if (worker == nullptr) {
        worker = std::make_unique<Worker>();
    }
    return worker->post(std::move(work));
}

StepThreads::Worker::Worker() : thread_([this] { run(); }) {}

StepThreads::Worker::~Worker() {
    {
        const std::scoped_lock lock(mutex_);
        is_over_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

std::future<void> StepThreads::Worker::post(std::function<void()> work) {
    std::packaged_task<void()> task(std::move(work));
    std::future<void> done = task.get_future();
    {
        const std::scoped_lock lock(mutex_);
        tasks_.push_back(std::move(task));
    }
    changed_.notify_one();
    return done;
}

void StepThreads::Worker::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return is_over_ || !tasks_.empty(); });
        if (tasks_.empty()) {
            return;
        }
        std::packaged_task<void()> task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        task();
        lock.lock();
    }
}

}  // namespace wslplugins::testhost
