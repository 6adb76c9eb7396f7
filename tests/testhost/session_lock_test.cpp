// SPDX-License-Identifier: MIT
#include "testhost/session_lock.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace wslplugins::testhost {
namespace {

/// Runs on a thread that serves another process's plugin.
template <class Work>
auto on_borrowing_thread(Work work) {
    return std::async(std::launch::async, [work] {
        const BorrowingThread borrowing;
        return work();
    });
}

bool calls(SessionLock& lock) {
    const CallLock call(lock);
    return call.outcome().is_success();
}

TEST(SessionLock, IsRecursive) {
    SessionLock lock;
    const std::scoped_lock outer(lock);
    const std::scoped_lock inner(lock);
    EXPECT_TRUE(calls(lock));
}

TEST(SessionLock, KeepsOtherThreadsOutUntilItIsReleased) {
    SessionLock lock;
    std::atomic<bool> is_released = false;
    lock.lock();
    auto other = std::async(std::launch::async, [&] {
        const std::scoped_lock held(lock);
        EXPECT_TRUE(is_released);
    });
    is_released = true;
    lock.unlock();
    other.get();
}

TEST(SessionLock, IsLentToThreadsThatServeAnotherProcess) {
    SessionLock lock;
    const std::scoped_lock held(lock);
    auto borrower = on_borrowing_thread([&] { return calls(lock); });
    const LentLocks lent;
    EXPECT_TRUE(borrower.get());
}

TEST(SessionLock, IsNotLentToOthers) {
    SessionLock lock;
    std::atomic<bool> is_released = false;
    auto other = [&] {
        const std::scoped_lock held(lock);
        EXPECT_TRUE(is_released);
    };
    lock.lock();
    std::future<void> waiting;
    {
        const LentLocks lent;
        waiting = std::async(std::launch::async, other);
        EXPECT_TRUE(on_borrowing_thread([&] { return calls(lock); }).get());
    }
    is_released = true;
    lock.unlock();
    waiting.get();
}

TEST(SessionLock, ComesBackToItsHolderOnceTheBorrowerIsDone) {
    SessionLock lock;
    const std::scoped_lock held(lock);
    std::promise<void> has_borrowed;
    std::promise<void> may_end;
    bool is_done = false;
    auto borrower = on_borrowing_thread([&] {
        const CallLock call(lock);
        has_borrowed.set_value();
        may_end.get_future().get();
        is_done = true;
    });
    {
        const LentLocks lent;
        has_borrowed.get_future().get();
        may_end.set_value();
    }
    EXPECT_TRUE(is_done);
    borrower.get();
}

TEST(SessionLock, ABorrowerCanLendItOn) {
    SessionLock lock;
    const std::scoped_lock held(lock);
    auto borrower = on_borrowing_thread([&] {
        const CallLock call(lock);
        auto second = on_borrowing_thread([&] { return calls(lock); });
        const LentLocks lent;
        return call.outcome().is_success() && second.get();
    });
    const LentLocks lent;
    EXPECT_TRUE(borrower.get());
}

TEST(SessionLock, RefusesRatherThanKeepsACallWhileTheMachineGoesDown) {
    SessionLock lock;
    const std::scoped_lock held(lock);
    auto waiting = on_borrowing_thread([&] { return calls(lock); });
    const Teardown teardown(lock);
    EXPECT_FALSE(waiting.get()) << "one that has waited before it began";
    EXPECT_FALSE(on_borrowing_thread([&] { return calls(lock); }).get());
    EXPECT_TRUE(calls(lock)) << "its own thread's calls go on";
}

TEST(SessionLock, ServesACallWhileAHookOfTheTeardownRuns) {
    SessionLock lock;
    const std::scoped_lock held(lock);
    const Teardown teardown(lock);
    const LentLocks lent;
    EXPECT_TRUE(on_borrowing_thread([&] { return calls(lock); }).get());
}

TEST(SessionLock, KeepsACallForAHookOfTheTeardownThatWillLendTheLock) {
    SessionLock lock;
    const std::scoped_lock held(lock);
    const Teardown teardown(lock);
    std::future<bool> waiting;
    {
        const LendingThread lending;
        waiting = on_borrowing_thread([&] { return calls(lock); });
        EXPECT_EQ(waiting.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
        const LentLocks lent;
        EXPECT_TRUE(waiting.get());
    }
    EXPECT_FALSE(on_borrowing_thread([&] { return calls(lock); }).get()) << "the hook is over";
}

TEST(SessionLock, KeepsACallInTheServicesProcessAlsoWhileTheMachineGoesDown) {
    SessionLock lock;
    std::future<bool> waiting;
    {
        const std::scoped_lock held(lock);
        const Teardown teardown(lock);
        waiting = std::async(std::launch::async, [&] { return calls(lock); });
    }
    EXPECT_TRUE(waiting.get());
}

}  // namespace
}  // namespace wslplugins::testhost
