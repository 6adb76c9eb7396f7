// SPDX-License-Identifier: MIT
/// @file
/// `PluginPolicy`: what a failing hook means, how long a hook may take, and whether hooks run at the same time.
#pragma once

#include <wslplugins/core/slot_table.hpp>

#include <array>
#include <chrono>
#include <cstdint>

namespace wslplugins {
namespace detail {
// Not constexpr and nowhere defined: a policy that comes here does not compile, and the compiler prints the name.
void a_time_budget_must_be_longer_than_zero_and_shorter_than_49_days();
}  // namespace detail

/// A plugin class says what differs from the defaults, in one place, as a constant:
///
/// @code
/// class Guard final : public Plugin {
/// public:
///     using Plugin::Plugin;
///     static constexpr PluginPolicy policy =
///         PluginPolicy().fail_open(Hook::OnVMStarted).time_budget(Hook::OnDistributionStarted, 2s);
/// @endcode
///
/// The entry point keeps to the defaults: a plugin that cannot be made is a failure.
class PluginPolicy {
public:
    /// The default of every hook's time budget: WSL too counts a start as slow that took longer.
    static constexpr std::chrono::milliseconds default_time_budget{10'000};

    /// Fail closed, the default budget, one hook at a time.
    constexpr PluginPolicy() noexcept { budgets_.fill(milliseconds_of(default_time_budget)); }

    /// A failure of this hook (an error or an exception) is logged and does not count: WSL gets S_OK, and what
    /// the hook was told of goes on. The default, failing closed, hands the failure to WSL, which stops what
    /// the hook was told of where it can be vetoed, and only logs it elsewhere.
    ///
    /// A refusal, which is a `PluginError` with a message for the user, is a decision and no failure: it vetoes
    /// under either policy.
    [[nodiscard]] constexpr PluginPolicy fail_open(Hook hook) const noexcept {
        PluginPolicy changed = *this;
        changed.open_hooks_ |= bit(hook);
        return changed;
    }

    /// The same for every hook.
    [[nodiscard]] constexpr PluginPolicy fail_open() const noexcept {
        PluginPolicy changed = *this;
        changed.open_hooks_ = ~std::uint32_t{0};
        return changed;
    }

    /// Longer than this, and a warning with the time that it took is logged when the hook returns. Nothing
    /// interrupts a hook: one that never returns is never logged either. What counts is what WSL waits for,
    /// which includes waiting for another hook of this plugin, and on Windows a sleep of the computer. The
    /// clock is a coarse one, of some 16 ms.
    /// @param budget longer than zero and shorter than 49 days; anything else does not compile.
    [[nodiscard]] constexpr PluginPolicy time_budget(Hook hook,
                                                     std::chrono::milliseconds budget) const {
        PluginPolicy changed = *this;
        changed.budgets_[static_cast<std::size_t>(hook)] = milliseconds_of(budget);
        return changed;
    }

    /// The same for every hook.
    [[nodiscard]] constexpr PluginPolicy time_budget(std::chrono::milliseconds budget) const {
        PluginPolicy changed = *this;
        changed.budgets_.fill(milliseconds_of(budget));
        return changed;
    }

    /// Hooks of several sessions run at the same time, as WSL calls them, and the class guards its own data.
    /// By default the framework lets one hook of a plugin run at a time, and a slow hook keeps every user
    /// waiting.
    [[nodiscard]] constexpr PluginPolicy parallel_hooks() const noexcept {
        PluginPolicy changed = *this;
        changed.parallel_ = true;
        return changed;
    }

    /// Whether a failure of that hook lets go on what it was told of.
    [[nodiscard]] constexpr bool fails_open(Hook hook) const noexcept {
        return (open_hooks_ & bit(hook)) != 0;
    }
    /// How long that hook may take before the log says so.
    [[nodiscard]] constexpr std::chrono::milliseconds time_budget_of(Hook hook) const noexcept {
        return std::chrono::milliseconds(budgets_[static_cast<std::size_t>(hook)]);
    }
    /// Whether hooks of several sessions may run at the same time.
    [[nodiscard]] constexpr bool has_parallel_hooks() const noexcept { return parallel_; }

private:
    [[nodiscard]] static constexpr std::uint32_t bit(Hook hook) noexcept {
        return std::uint32_t{1} << static_cast<unsigned>(hook);
    }

    [[nodiscard]] static constexpr std::uint32_t milliseconds_of(std::chrono::milliseconds budget) {
        if (budget.count() <= 0 || budget.count() > 0xFFFFFFFF) {
            detail::a_time_budget_must_be_longer_than_zero_and_shorter_than_49_days();
        }
        return static_cast<std::uint32_t>(budget.count());
    }

    std::uint32_t open_hooks_ = 0;
    std::array<std::uint32_t, hook_slots.size()> budgets_{};  // milliseconds
    bool parallel_ = false;
};

}  // namespace wslplugins
