// SPDX-License-Identifier: MIT
#include "plugin/background_work.hpp"

#include "platform/attempt.hpp"

#include <algorithm>

namespace wslplugins::detail {
namespace {

constexpr std::size_t usual_sessions = 16;  // more take memory within a hook

std::mutex& making() noexcept {
    static std::mutex only;
    return only;
}

void add_to(std::vector<abi::DWORD>& sessions, abi::DWORD session) noexcept {
    if (std::find(sessions.begin(), sessions.end(), session) == sessions.end()) {
        // Without memory the session is not counted, and draining may come early.
        (void)platform::attempt([&] { sessions.push_back(session); });
    }
}

}  // namespace

BackgroundWork& BackgroundWork::of(const Context& context) {
    const std::lock_guard lock(making());
    if (auto* const made = ContextInternals::listener(context); made != nullptr) {
        return static_cast<BackgroundWork&>(*made);
    }
    auto* const work = new BackgroundWork(context);
    ContextInternals::set_listener(context, work);  // which owns it
    return *work;
}

BackgroundWork::BackgroundWork(const Context& context) : context_(&context) {
    user_sessions_.reserve(usual_sessions);
    container_sessions_.reserve(usual_sessions);
    const StoppingHooks& hooks = ContextInternals::stopping_hooks(context);
    if (hooks.known && !hooks.vm && !hooks.wslc) {
        context.log().warning("background work",
                              "is never drained: the plugin overrides neither on_vm_stopping nor "
                              "on_wslc_session_stopping");
    }
}

void BackgroundWork::add(std::shared_ptr<Drained> work) {
    const std::lock_guard lock(works_mutex_);
    works_.push_back(std::move(work));
}

void BackgroundWork::remove(const std::shared_ptr<Drained>& work) noexcept {
    const std::lock_guard lock(works_mutex_);
    std::erase(works_, work);
}

void BackgroundWork::after_hook(Hook hook, abi::DWORD session) noexcept {
    if (note(hook, session)) {
        drain();
    }
}

bool BackgroundWork::settle() noexcept {
    drain();
    if (!is_idle()) {
        drain();  // what was asked to stop has had no time for it yet
    }
    return is_idle();
}

bool BackgroundWork::is_idle() noexcept {
    const std::lock_guard lock(works_mutex_);
    return std::all_of(
        works_.begin(), works_.end(), [](const auto& work) { return work->is_idle(); });
}

bool BackgroundWork::note(Hook hook, abi::DWORD session) noexcept {
    const StoppingHooks& hears = ContextInternals::stopping_hooks(*context_);
    const std::lock_guard lock(sessions_mutex_);
    switch (hook) {
        case Hook::OnVMStarted:
        case Hook::OnDistributionStarted:
        case Hook::OnDistributionStopping:
            if (hears.vm) {
                add_to(user_sessions_, session);
            }
            return false;
        case Hook::ContainerStarted:
        case Hook::ContainerStopping:
        case Hook::ImageCreated:
        case Hook::ImageDeleted:
        case Hook::WslcVmStarted:
            if (hears.wslc) {
                add_to(container_sessions_, session);
            }
            return false;
        case Hook::OnVMStopping: std::erase(user_sessions_, session); break;
        case Hook::OnSessionStopping: std::erase(container_sessions_, session); break;
        default: return false;
    }
    return user_sessions_.empty() && container_sessions_.empty();
}

void BackgroundWork::drain() noexcept {
    const auto began = std::chrono::steady_clock::now();
    const std::lock_guard lock(works_mutex_);
    for (const auto& work : works_) {
        work->drain(began);
    }
}

}  // namespace wslplugins::detail
