// SPDX-License-Identifier: MIT
#include "testhost/background_threads.hpp"

#include <utility>

namespace wslplugins::testhost {

void BackgroundThreads::start(std::function<void()> work) {
    const std::scoped_lock lock(lock_);
    std::erase_if(threads_, [](Running& running) {
        if (!*running.has_ended) {
            return false;
        }
        running.thread.join();
        return true;
    });
    auto has_ended = std::make_shared<std::atomic<bool>>(false);
    std::thread thread([has_ended, work = std::move(work)] {
        work();
        *has_ended = true;
    });
    threads_.push_back({std::move(has_ended), std::move(thread)});
}

void BackgroundThreads::join_all() {
    std::vector<Running> threads;
    {
        const std::scoped_lock lock(lock_);
        threads.swap(threads_);
    }
    for (Running& running : threads) {
        running.thread.join();
    }
}

}  // namespace wslplugins::testhost
