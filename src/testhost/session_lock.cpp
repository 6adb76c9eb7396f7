// SPDX-License-Identifier: MIT
#include "testhost/session_lock.hpp"

#include "platform/per_thread.hpp"
#include "testhost/strict/strict_mode.hpp"

#include <algorithm>

namespace wslplugins::testhost {
namespace {

constexpr HResult possible_deadlock = HResult::from_win32(1131);

thread_local bool may_borrow = false;
const platform::PerThread<std::vector<SessionLock*>> held;  // in the order in which each took them

}  // namespace

void SessionLock::lock() {
    const auto me = std::this_thread::get_id();
    std::unique_lock guard(mutex_);
    changed_.wait(guard, [&] { return is_enterable_by(me); });
    enter(me);
}

bool SessionLock::lock_within(std::chrono::milliseconds limit) {
    const auto me = std::this_thread::get_id();
    std::unique_lock guard(mutex_);
    if (!changed_.wait_for(guard, limit, [&] { return is_enterable_by(me); })) {
        return false;
    }
    enter(me);
    return true;
}

HResult SessionLock::lock_for_call() {
    const auto me = std::this_thread::get_id();
    std::unique_lock guard(mutex_);
    const auto goes_on = [&] {
        return is_enterable_by(me) || (may_borrow && teardowns_ > 0 && lenders_ == 0);
    };
    const auto limit = strict_ == nullptr ? std::nullopt : strict_->blocked_call_limit();
    while (limit && !changed_.wait_for(guard, *limit, goes_on)) {
        if (strict_->report_blocked_call(holders_.back().thread)) {
            return possible_deadlock;
        }
    }
    changed_.wait(guard, goes_on);
    if (!is_enterable_by(me)) {
        return HResult::invalid_state;
    }
    enter(me);
    return HResult::ok;
}

void SessionLock::unlock() noexcept {
    const std::scoped_lock guard(mutex_);
    if (--holders_.back().depth > 0) {
        return;
    }
    holders_.pop_back();
    // Who is below waits for a plugin's process: it had lent the lock.
    is_lent_ = !holders_.empty();
    std::erase(held.get(), this);
    changed_.notify_all();
}

bool SessionLock::is_enterable_by(std::thread::id thread) const {
    return holders_.empty() || holders_.back().thread == thread || (is_lent_ && may_borrow);
}

void SessionLock::enter(std::thread::id thread) {
    if (!holders_.empty() && holders_.back().thread == thread) {
        ++holders_.back().depth;
        return;
    }
    held.get().push_back(this);
    holders_.push_back({thread});
    is_lent_ = false;
}

void SessionLock::lend() {
    const std::scoped_lock guard(mutex_);
    is_lent_ = true;
    changed_.notify_all();
}

void SessionLock::reclaim() {
    const auto me = std::this_thread::get_id();
    std::unique_lock guard(mutex_);
    changed_.wait(guard, [&] { return holders_.back().thread == me; });
    is_lent_ = false;
}

Teardown::Teardown(SessionLock& lock) : lock_(lock) {
    const std::scoped_lock guard(lock_.mutex_);
    ++lock_.teardowns_;
    lock_.changed_.notify_all();
}

Teardown::~Teardown() {
    const std::scoped_lock guard(lock_.mutex_);
    --lock_.teardowns_;
}

LendingThread::LendingThread() : locks_(held.get()) {
    for (SessionLock* const lock : locks_) {
        const std::scoped_lock guard(lock->mutex_);
        ++lock->lenders_;
    }
}

LendingThread::~LendingThread() {
    for (SessionLock* const lock : locks_) {
        const std::scoped_lock guard(lock->mutex_);
        --lock->lenders_;
        lock->changed_.notify_all();
    }
}

LentLocks::LentLocks() : locks_(held.get()) {
    for (SessionLock* const lock : locks_) {
        lock->lend();
    }
}

LentLocks::~LentLocks() {
    for (SessionLock* const lock : locks_) {
        lock->reclaim();
    }
}

BorrowingThread::BorrowingThread() noexcept {
    may_borrow = true;
}

BorrowingThread::~BorrowingThread() {
    may_borrow = false;
}

bool BorrowingThread::is_this_one() noexcept {
    return may_borrow;
}

}  // namespace wslplugins::testhost
