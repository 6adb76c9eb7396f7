// SPDX-License-Identifier: MIT
#include "testhost/plugins/served_calls.hpp"

#include "testhost/plugins/made_call.hpp"
#include "testhost/plugins/plugin_context.hpp"
#include "testhost/session_lock.hpp"

#include <thread>
#include <utility>

namespace wslplugins::testhost {

namespace protocol = pluginhost::protocol;

/// A thread that stands for one of the plugin's.
class ServedCalls::Worker {
public:
    explicit Worker(std::string_view plugin) : thread_([this, plugin] { run(plugin); }) {}
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    ~Worker() {
        give({});
        thread_.join();
    }

    /// Work to do after what was given before; nothing is the end.
    void give(std::function<void()> work) {
        const std::scoped_lock lock(mutex_);
        given_.push_back(std::move(work));
        changed_.notify_one();
    }

private:
    void run(std::string_view plugin) {
        const PluginThread stands_for(plugin);
        const BorrowingThread borrowing;
        while (const auto work = next()) {
            work();
        }
    }

    std::function<void()> next() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !given_.empty(); });
        auto work = std::move(given_.front());
        given_.pop_front();
        return work;
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> given_;
    std::thread thread_;  // last: it uses all of this
};

ServedCalls::ServedCalls(std::string_view plugin, platform::PeerChannel& channel)
    : plugin_(plugin), channel_(channel) {}

ServedCalls::~ServedCalls() = default;

void ServedCalls::serve_here(const protocol::Call& call) {
    MadeCall made = make_call(call);
    std::vector<platform::HandleToCarry> handles;
    if (made.handle) {
        handles.push_back({made.handle->kind(), made.handle->raw()});
        // On Windows a socket must stay open here until the process has opened its own.
        const std::scoped_lock lock(mutex_);
        sent_handles_.emplace(call.call, std::move(*made.handle));
    }
    // A process that has ended needs no answer, and shows its end by its connection.
    (void)channel_.send(protocol::encode(protocol::ToProcess(std::move(made.answer))), handles);
}

void ServedCalls::serve_on_its_thread(protocol::Call call) {
    const std::uint64_t thread = call.thread;
    run_on_its_thread(thread, [this, made = std::move(call)] { serve_here(made); });
}

void ServedCalls::run_on_its_thread(std::uint64_t thread, std::function<void()> work) {
    auto& worker = workers_[thread];
    if (worker == nullptr) {
        worker = std::make_unique<Worker>(plugin_);
    }
    worker->give(std::move(work));
}

void ServedCalls::end_thread(std::uint64_t thread) {
    workers_.erase(thread);
}

void ServedCalls::forget_handle(std::uint64_t call) {
    const std::scoped_lock lock(mutex_);
    sent_handles_.erase(call);
}

void ServedCalls::end() {
    workers_.clear();
    const std::scoped_lock lock(mutex_);
    sent_handles_.clear();
}

}  // namespace wslplugins::testhost
