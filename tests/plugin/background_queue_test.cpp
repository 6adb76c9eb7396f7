// SPDX-License-Identifier: MIT
#include <wslplugins/plugin/background_queue.hpp>

#include "plugin/collected_log.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

namespace wslplugins {
namespace {
using namespace std::chrono_literals;

constexpr HResult busy = HResult::from_win32(170);

/// A job that says when it runs, and runs until it may end.
struct Blocking {
    std::promise<void> runs;
    std::promise<void> may_end;

    [[nodiscard]] auto job() {
        return [this](const StopSignal&) -> WinResult<> {
            runs.set_value();
            may_end.get_future().wait();
            return {};
        };
    }
};

class BackgroundQueueTest : public testing::Test {
protected:
    abi::WSLPluginAPIV1 api{};
    tests::CollectedLog log;
    Context context{&api, log};
};

/// Returns when everything that was posted before is done.
void finish(BackgroundQueue& queue) {
    std::promise<void> done;
    const auto posted = queue.post("last", [&](const StopSignal&) -> WinResult<> {
        done.set_value();
        return {};
    });
    ASSERT_TRUE(posted.has_value()) << posted.error().to_string();
    done.get_future().wait();
}

TEST_F(BackgroundQueueTest, RunsJobsInTheirOrderOnOneThreadOfItsOwn) {
    std::vector<int> ran;
    std::vector<std::thread::id> threads;
    BackgroundQueue queue(context, {.capacity = 200});
    for (int i = 0; i < 100; ++i) {
        ASSERT_TRUE(queue.post("count", [&, i](const StopSignal& stop) -> WinResult<> {
            ran.push_back(stop.is_set() ? -1 : i);
            threads.push_back(std::this_thread::get_id());
            return {};
        }));
    }
    finish(queue);
    ASSERT_EQ(100u, ran.size());
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(i, ran[static_cast<std::size_t>(i)]);
        EXPECT_NE(std::this_thread::get_id(), threads[static_cast<std::size_t>(i)]);
    }
    EXPECT_TRUE(log.lines().empty()) << testing::PrintToString(log.lines());
}

TEST_F(BackgroundQueueTest, TakesAJobThatCanOnlyBeMoved) {
    std::promise<int> seen;
    BackgroundQueue queue(context);
    ASSERT_TRUE(queue.post("own", [&, owned = std::make_unique<int>(7)](const StopSignal&) {
        seen.set_value(*owned);
        return WinResult<>();
    }));
    EXPECT_EQ(7, seen.get_future().get());
}

TEST_F(BackgroundQueueTest, RefusesAJobWhenItIsFull) {
    Blocking blocking;
    std::atomic<int> ran = 0;
    BackgroundQueue queue(context, {.capacity = 2});
    const auto count = [&](const StopSignal&) {
        ++ran;
        return WinResult<>();
    };
    ASSERT_TRUE(queue.post("first", blocking.job()));
    blocking.runs.get_future().wait();
    EXPECT_TRUE(queue.post("second", count));
    EXPECT_TRUE(queue.post("third", count));
    const auto refused = queue.post("fourth", count);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(busy, refused.error().code());
    EXPECT_NE(std::string::npos, refused.error().text().find("'fourth'"));
    blocking.may_end.set_value();
    while (ran < 2) {
        std::this_thread::yield();
    }
    finish(queue);  // there is room again
    EXPECT_EQ(2, ran);
}

TEST_F(BackgroundQueueTest, DropsTheOldestJobWhenItIsFullAndWasToldTo) {
    Blocking blocking;
    std::vector<std::string> ran;
    BackgroundQueue queue(context, {.capacity = 2, .when_full = WhenFull::DropOldest});
    const auto name = [&](const char* job) {
        return [&ran, job](const StopSignal&) {
            ran.emplace_back(job);
            return WinResult<>();
        };
    };
    ASSERT_TRUE(queue.post("first", blocking.job()));
    blocking.runs.get_future().wait();
    for (const char* job : {"second", "third", "fourth"}) {
        EXPECT_TRUE(queue.post(job, name(job)));
    }
    std::promise<void> last;
    EXPECT_TRUE(queue.post("fifth", [&](const StopSignal&) -> WinResult<> {
        last.set_value();
        return {};
    }));
    blocking.may_end.set_value();
    last.get_future().wait();
    EXPECT_EQ(std::vector<std::string>{"fourth"}, ran);
    EXPECT_TRUE(log.contains("warning second: discarded"));
    EXPECT_TRUE(log.contains("warning third: discarded"));
}

TEST_F(BackgroundQueueTest, LogsWhatGoesWrongInAJobUnderItsNameAndGoesOn) {
    BackgroundQueue queue(context);
    ASSERT_TRUE(queue.post("failing", [](const StopSignal&) -> WinResult<> {
        return failure(HResult::timeout, "Asking the server took too long");
    }));
    ASSERT_TRUE(queue.post("throwing", [](const StopSignal&) -> WinResult<> {
        throw std::runtime_error("The disk is full");
    }));
    ASSERT_TRUE(queue.post("odd", [](const StopSignal&) -> WinResult<> { throw 42; }));
    finish(queue);
    EXPECT_TRUE(log.contains("error failing: Asking the server took too long: 0x800705B4"));
    EXPECT_TRUE(log.contains("error throwing: The disk is full"));
    EXPECT_TRUE(log.contains("error odd: an exception of an unknown type"));
}

TEST_F(BackgroundQueueTest, TakesJobsFromJobsAndFromManyThreads) {
    std::atomic<int> ran = 0;
    BackgroundQueue queue(context, {.capacity = 1'000});
    const auto post = [&] {
        for (int i = 0; i < 100; ++i) {
            EXPECT_TRUE(queue.post("outer", [&](const StopSignal&) -> WinResult<> {
                return queue.post("inner", [&](const StopSignal&) -> WinResult<> {
                    ++ran;
                    return {};
                });
            }));
        }
    };
    std::thread one(post);
    std::thread other(post);
    one.join();
    other.join();
    finish(queue);  // every outer job is done
    finish(queue);  // and every inner
    EXPECT_EQ(200, ran);
}

TEST_F(BackgroundQueueTest, FinishesInTimeWhatIsQueuedWhenItIsDestroyed) {
    std::atomic<int> ran = 0;
    {
        BackgroundQueue queue(context, {.drain_time = 30s});
        for (int i = 0; i < 10; ++i) {
            ASSERT_TRUE(queue.post("count", [&](const StopSignal&) -> WinResult<> {
                ++ran;
                return {};
            }));
        }
    }
    EXPECT_EQ(10, ran);
    EXPECT_TRUE(log.lines().empty()) << testing::PrintToString(log.lines());
}

TEST_F(BackgroundQueueTest, AsksAJobToStopAndDiscardsTheOthersWhenTimeIsUp) {
    std::promise<void> runs;
    std::promise<bool> asked;
    std::atomic<bool> other_ran = false;
    {
        BackgroundQueue queue(context, {.drain_time = 1ms});
        ASSERT_TRUE(queue.post("long", [&](const StopSignal& stop) -> WinResult<> {
            runs.set_value();
            asked.set_value(stop.wait_for(60s));
            return {};
        }));
        runs.get_future().wait();
        for (int i = 0; i < 2; ++i) {
            ASSERT_TRUE(queue.post("waiting", [&](const StopSignal&) -> WinResult<> {
                other_ran = true;
                return {};
            }));
        }
    }
    EXPECT_TRUE(asked.get_future().get());
    EXPECT_FALSE(other_ran);
    EXPECT_TRUE(
        log.contains("a job still runs and was asked to stop; 2 waiting jobs were discarded"))
        << testing::PrintToString(log.lines());
}

TEST(StopSignal, IsSetOnceAndWakesWhoWaits) {
    StopSignal stop;
    EXPECT_FALSE(stop.is_set());
    EXPECT_FALSE(stop.wait_for(1ms));
    std::thread setter([&] { stop.set(); });
    EXPECT_TRUE(stop.wait_for(60s));
    setter.join();
    EXPECT_TRUE(stop.is_set());
    StopSignal moved = std::move(stop);
    EXPECT_TRUE(moved.is_set());
}

}  // namespace
}  // namespace wslplugins
