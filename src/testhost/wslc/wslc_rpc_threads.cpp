// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_rpc_threads.hpp"

#include <condition_variable>
#include <exception>
#include <thread>
#include <utility>

namespace wslplugins::testhost {

class WslcRpcThreads::Worker {
public:
    Worker() : thread_([this] { serve(); }) {}
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    ~Worker() {
        {
            const std::scoped_lock lock(lock_);
            is_over_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }

    void run(const std::function<void()>& work) {
        std::unique_lock lock(lock_);
        work_ = &work;
        changed_.notify_all();
        changed_.wait(lock, [this] { return work_ == nullptr; });
        if (thrown_) {
            std::rethrow_exception(std::exchange(thrown_, nullptr));
        }
    }

private:
    void serve() {
        std::unique_lock lock(lock_);
        while (true) {
            changed_.wait(lock, [this] { return is_over_ || work_ != nullptr; });
            if (work_ == nullptr) {
                return;
            }
            const auto& work = *work_;
            lock.unlock();
            try {
                work();
            } catch (...) {
                thrown_ = std::current_exception();
            }
            lock.lock();
            work_ = nullptr;
            changed_.notify_all();
        }
    }

    std::mutex lock_;
    std::condition_variable changed_;
    const std::function<void()>* work_ = nullptr;
    std::exception_ptr thrown_;
    bool is_over_ = false;
    std::thread thread_;  // last: it works with the others
};

WslcRpcThreads::WslcRpcThreads() = default;
WslcRpcThreads::~WslcRpcThreads() = default;

void WslcRpcThreads::run(const std::function<void()>& work) {
    std::unique_ptr<Worker> worker;
    {
        const std::scoped_lock lock(lock_);
        if (!idle_.empty()) {
            worker = std::move(idle_.back());
            idle_.pop_back();
        }
    }
    if (worker == nullptr) {
        worker = std::make_unique<Worker>();
    }
    std::exception_ptr thrown;
    try {
        worker->run(work);
    } catch (...) {
        thrown = std::current_exception();
    }
    {
        const std::scoped_lock lock(lock_);
        idle_.push_back(std::move(worker));
    }
    if (thrown) {
        std::rethrow_exception(thrown);
    }
}

}  // namespace wslplugins::testhost
