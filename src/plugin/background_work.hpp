// SPDX-License-Identifier: MIT
/// @file
/// `BackgroundWork`: what a plugin's context keeps of work in the background.
#pragma once

#include "plugin/drained.hpp"
#include "plugin/hook_listener.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace wslplugins::detail {

/// Knows the work and the sessions that are up, and drains the work after the last stopping hook.
///
/// A session of a user is up from any hook that WSL calls while its virtual machine runs, until OnVMStopping. A
/// container session is up from the first hook after its creation (whose hook another plugin may veto, and
/// then no other follows) until OnSessionStopping.
class BackgroundWork final : public HookListener {
public:
    /// The one of the context; made when first asked for.
    [[nodiscard]] static BackgroundWork& of(const Context& context);

    void add(std::shared_ptr<Drained> work);
    void remove(const std::shared_ptr<Drained>& work) noexcept;

    void after_hook(Hook hook, abi::DWORD session) noexcept override;
    [[nodiscard]] bool settle() noexcept override;

private:
    using Sessions = std::vector<abi::DWORD>;

    explicit BackgroundWork(const Context& context);
    /// @return whether it was the last, and the work is to be drained.
    [[nodiscard]] bool note(Hook hook, abi::DWORD session) noexcept;
    void drain() noexcept;
    [[nodiscard]] bool is_idle() noexcept;

    const Context* context_;
    std::mutex sessions_mutex_;
    Sessions user_sessions_;
    Sessions container_sessions_;
    std::mutex works_mutex_;  // held while draining, which has a limit
    std::vector<std::shared_ptr<Drained>> works_;
};

}  // namespace wslplugins::detail
