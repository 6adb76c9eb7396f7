// SPDX-License-Identifier: MIT
#include <wslplugins/plugin/background_queue.hpp>

#include "plugin/background_work.hpp"
#include "plugin/queue_state.hpp"

namespace wslplugins {

BackgroundQueue::BackgroundQueue(const Context& context, const BackgroundQueueOptions& options)
    : context_(&context), state_(std::make_shared<detail::QueueState>(context, options)) {
    detail::BackgroundWork::of(context).add(state_);
}

BackgroundQueue::~BackgroundQueue() {
    detail::BackgroundWork::of(*context_).remove(state_);
    state_->drain(std::chrono::steady_clock::now());
}

WinResult<> BackgroundQueue::post_job(std::string_view name,
                                      std::unique_ptr<detail::BackgroundJob> job) {
    return state_->post({std::string(name), std::move(job), StopSignal()});
}

}  // namespace wslplugins
