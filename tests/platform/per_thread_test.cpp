// SPDX-License-Identifier: MIT
#include "platform/per_thread.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace wslplugins::platform {
namespace {

constexpr int threads_at_once = 8;
constexpr int rounds = 10;

std::atomic<int> intact = 0;
std::atomic<int> overwritten = 0;

/// Longer than what a string keeps in itself: a destructor that reads something else frees something else.
const std::string written = "what the thread has written";

struct Watched {
    Watched() = default;
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;
    ~Watched() { ++(mark == 0x5AFE5AFE5AFE5AFEu ? intact : overwritten); }

    std::uint64_t mark = 0x5AFE5AFE5AFE5AFEu;
    std::string text = written;
};

const PerThread<Watched> watched;

/// Threads that end while others begin and take memory.
void run_threads(const std::function<void()>& work) {
    for (int round = 0; round < rounds; ++round) {
        std::vector<std::jthread> threads;
        for (int i = 0; i < threads_at_once; ++i) {
            threads.emplace_back(work);
        }
    }
}

TEST(PerThread, IsWholeWhenItIsDestroyedWithItsThread) {
    intact = overwritten = 0;
    run_threads([] { watched.get().text += '.'; });
    EXPECT_EQ(intact, threads_at_once * rounds);
    EXPECT_EQ(overwritten, 0);
}

TEST(PerThread, IsNotMadeByThreadsThatDoNotUseIt) {
    intact = overwritten = 0;
    run_threads([] {});
    EXPECT_EQ(intact, 0);
}

TEST(PerThread, IsEachThreadsOwn) {
    watched.get().text = "of the test's thread";
    std::string seen;
    std::jthread([&] { seen = watched.get().text; }).join();
    EXPECT_EQ(seen, written);
    EXPECT_EQ(watched.get().text, "of the test's thread");
}

}  // namespace
}  // namespace wslplugins::platform
