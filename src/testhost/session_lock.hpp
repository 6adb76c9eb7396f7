// SPDX-License-Identifier: MIT
/// @file
/// `SessionLock`: the recursive lock that the service holds through every operation on a session, hooks included.
///
/// A call from the hook's thread goes on; one from another thread waits until the whole operation is over. Where a
/// plugin lives in a process of its own, its calls arrive on threads of the service's own. Such a thread may borrow
/// the lock while its holder does nothing but wait for a plugin's process, and it is refused while the session's
/// virtual machine goes down, rather than kept waiting.
#pragma once

#include <wslplugins/core/hresult.hpp>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace wslplugins::testhost {

class StrictMode;

class SessionLock {
public:
    /// @param strict null: not strict; outlives this.
    explicit SessionLock(StrictMode* strict = nullptr) noexcept : strict_(strict) {}
    SessionLock(const SessionLock&) = delete;
    SessionLock& operator=(const SessionLock&) = delete;

    /// Waits as long as it takes.
    void lock();

    /// @return false when it could not be had within the time.
    [[nodiscard]] bool lock_within(std::chrono::milliseconds limit);
    void unlock() noexcept;

    /// As `lock`, for an API call.
    /// @return ERROR_INVALID_STATE, without the lock, on a thread that serves another process's plugin, when the
    ///         session's virtual machine goes down and nobody will lend it. ERROR_POSSIBLE_DEADLOCK, so too, where
    ///         strict mode has reported that a hook keeps this call waiting.
    [[nodiscard]] HResult lock_for_call();

private:
    friend class LendingThread;
    friend class LentLocks;
    friend class Teardown;

    struct Holder {
        std::thread::id thread;
        int depth = 1;
    };

    [[nodiscard]] bool is_enterable_by(std::thread::id thread) const;
    void enter(std::thread::id thread);
    void lend();
    void reclaim();

    StrictMode* const strict_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Holder> holders_;  // the holder, and above it who has borrowed from whom
    bool is_lent_ = false;         // by the last of them
    int lenders_ = 0;              // how many of them will lend it again before they give it back
    int teardowns_ = 0;
};

/// Holds the lock for an API call, where it was given.
class CallLock {
public:
    explicit CallLock(SessionLock& lock) : lock_(lock), outcome_(lock.lock_for_call()) {}
    CallLock(const CallLock&) = delete;
    CallLock& operator=(const CallLock&) = delete;
    ~CallLock() {
        if (outcome_.is_success()) {
            lock_.unlock();
        }
    }

    /// S_OK where it is held; else the call's answer.
    [[nodiscard]] HResult outcome() const noexcept { return outcome_; }

private:
    SessionLock& lock_;
    const HResult outcome_;
};

/// While it lives, the session's virtual machine goes down. Its thread holds the lock.
class Teardown {
public:
    explicit Teardown(SessionLock& lock);
    Teardown(const Teardown&) = delete;
    Teardown& operator=(const Teardown&) = delete;
    ~Teardown();

private:
    SessionLock& lock_;
};

/// While it lives, this thread works with a plugin's process, and lends its locks whenever it waits for it.
class LendingThread {
public:
    LendingThread();
    LendingThread(const LendingThread&) = delete;
    LendingThread& operator=(const LendingThread&) = delete;
    ~LendingThread();

private:
    const std::vector<SessionLock*> locks_;
};

/// While it lives, every lock that this thread holds may be borrowed. Its thread does nothing but wait.
class LentLocks {
public:
    LentLocks();
    LentLocks(const LentLocks&) = delete;
    LentLocks& operator=(const LentLocks&) = delete;
    ~LentLocks();

private:
    const std::vector<SessionLock*> locks_;
};

/// While it lives, this thread serves the calls of a plugin that lives in another process.
class BorrowingThread {
public:
    BorrowingThread() noexcept;
    BorrowingThread(const BorrowingThread&) = delete;
    BorrowingThread& operator=(const BorrowingThread&) = delete;
    ~BorrowingThread();

    [[nodiscard]] static bool is_this_one() noexcept;
};

}  // namespace wslplugins::testhost
