// SPDX-License-Identifier: MIT
#include <wslplugins/plugin/stop_signal.hpp>

#include <condition_variable>
#include <mutex>

namespace wslplugins {

struct StopSignal::State {
    std::mutex mutex;
    std::condition_variable changed;
    bool is_set = false;
};

StopSignal::StopSignal() : state_(std::make_unique<State>()) {}
StopSignal::StopSignal(StopSignal&& other) noexcept = default;
StopSignal& StopSignal::operator=(StopSignal&& other) noexcept = default;
StopSignal::~StopSignal() = default;

void StopSignal::set() noexcept {
    const std::lock_guard lock(state_->mutex);
    state_->is_set = true;
    state_->changed.notify_all();
}

bool StopSignal::is_set() const noexcept {
    const std::lock_guard lock(state_->mutex);
    return state_->is_set;
}

bool StopSignal::wait_for(std::chrono::milliseconds time) const {
    std::unique_lock lock(state_->mutex);
    return state_->changed.wait_for(lock, time, [this] { return state_->is_set; });
}

}  // namespace wslplugins
