// SPDX-License-Identifier: MIT
#include "platform/socket.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <thread>
#include <vector>

namespace wslplugins::platform {
namespace {

Deadline in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

class Sockets : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(start_sockets());
        auto pair = connected_pair();
        ASSERT_TRUE(pair) << pair.error().to_string();
        one_ = std::move(pair->first);
        other_ = std::move(pair->second);
    }

    Socket one_;
    Socket other_;
};

TEST_F(Sockets, CarryBytesBothWays) {
    const std::string text = "hello";
    std::array<std::byte, 5> received{};
    ASSERT_TRUE(one_.send_all(std::as_bytes(std::span(text))));
    ASSERT_TRUE(other_.receive_exactly(received));
    EXPECT_TRUE(std::ranges::equal(received, std::as_bytes(std::span(text))));
    ASSERT_TRUE(other_.send_all(received));
    ASSERT_TRUE(one_.receive_exactly(received));
    EXPECT_TRUE(std::ranges::equal(received, std::as_bytes(std::span(text))));
}

TEST_F(Sockets, CarryMoreThanTheirBuffersHold) {
    const std::vector<std::byte> sent(std::size_t{8} * 1024 * 1024, std::byte{42});
    std::vector<std::byte> received(sent.size());
    std::thread sender([&] { EXPECT_TRUE(one_.send_all(sent)); });
    EXPECT_TRUE(other_.receive_exactly(received));
    sender.join();
    EXPECT_EQ(received, sent);
}

TEST_F(Sockets, EndOneDirectionAndKeepTheOther) {
    std::array<std::byte, 4> buffer{};
    ASSERT_TRUE(one_.shutdown_send());
    EXPECT_EQ(other_.receive(buffer).value(), 0u);
    ASSERT_TRUE(other_.send_all(buffer));
    EXPECT_TRUE(one_.receive_exactly(buffer));
}

TEST_F(Sockets, SayThatAStreamEndedTooEarly) {
    std::array<std::byte, 4> buffer{};
    ASSERT_TRUE(one_.send_all(std::span(buffer).first(3)));
    one_.close();
    EXPECT_FALSE(one_.is_open());
    EXPECT_EQ(other_.receive_exactly(buffer).error().code(), HResult::from_win32(232));
}

TEST_F(Sockets, WaitNoLongerThanTheDeadline) {
    std::array<std::byte, 4> buffer{};
    EXPECT_EQ(one_.receive(buffer, in(std::chrono::milliseconds(20))).error().code(),
              HResult::timeout);
    EXPECT_EQ(one_.receive_exactly(buffer, in(std::chrono::milliseconds(-1))).error().code(),
              HResult::timeout);
}

TEST_F(Sockets, SendNoLongerThanTheDeadlineToAPeerThatDoesNotRead) {
    const std::vector<std::byte> much(std::size_t{64} * 1024 * 1024);
    ASSERT_TRUE(one_.set_blocking(false));
    EXPECT_EQ(one_.send_all(much, in(std::chrono::milliseconds(50))).error().code(),
              HResult::timeout);
}

TEST_F(Sockets, WaitInEitherModeWhereTheyAreToldTo) {
    const std::vector<std::byte> sent(std::size_t{8} * 1024 * 1024, std::byte{42});
    std::vector<std::byte> received(sent.size());
    ASSERT_TRUE(one_.set_blocking(false));
    ASSERT_TRUE(other_.set_blocking(false));
    std::thread sender([&] { EXPECT_TRUE(one_.send_all(sent)); });
    EXPECT_TRUE(other_.receive_exactly(received, in(std::chrono::seconds(30))));
    sender.join();
    EXPECT_EQ(received, sent);
}

TEST_F(Sockets, SendWhatGoesAtOnceAndNoMore) {
    const std::vector<std::byte> piece(std::size_t{1024} * 1024);
    ASSERT_TRUE(one_.set_blocking(false));
    std::size_t total = 0;
    for (std::size_t sent = 1; sent > 0; total += sent) {
        sent = one_.send_some(piece).value();
    }
    EXPECT_GT(total, 0u);
    other_.close();
    std::array refused{Awaited{.socket = &one_, .what = Awaited::For::Writing}};
    ASSERT_TRUE(wait_for_any(refused, in(std::chrono::seconds(20))));
    EXPECT_FALSE(one_.send_some(piece).has_value());
}

TEST_F(Sockets, AreWaitedForTogether) {
    auto second = connected_pair();
    ASSERT_TRUE(second);
    std::array awaited{Awaited{.socket = &one_}, Awaited{.socket = &second->first}};
    EXPECT_EQ(wait_for_any(awaited, in(std::chrono::milliseconds(20))).error().code(),
              HResult::timeout);

    const std::array<std::byte, 1> byte{};
    ASSERT_TRUE(second->second.send_all(byte));
    ASSERT_TRUE(wait_for_any(awaited, in(std::chrono::seconds(20))));
    EXPECT_FALSE(awaited[0].is_ready);
    EXPECT_TRUE(awaited[1].is_ready);

    awaited[0].what = Awaited::For::Writing;
    other_.close();
    ASSERT_TRUE(wait_for_any(awaited, {}));
    EXPECT_TRUE(awaited[0].is_ready);
    EXPECT_TRUE(awaited[1].is_ready);
}

TEST_F(Sockets, AreAtMostEightToBeWaitedForTogether) {
    std::array<Awaited, 9> many{};
    for (Awaited& one : many) {
        one.socket = &one_;
    }
    EXPECT_EQ(wait_for_any(many, in(std::chrono::milliseconds(1))).error().code(),
              HResult::invalid_argument);
    EXPECT_EQ(
        wait_for_any(std::span(many).first(8), in(std::chrono::milliseconds(1))).error().code(),
        HResult::timeout);
}

TEST_F(Sockets, AreGivenAwayByMoving) {
    const auto raw = one_.raw();
    Socket moved(std::move(one_));
    EXPECT_EQ(moved.raw(), raw);
    moved = std::move(other_);
    EXPECT_TRUE(moved.is_open());
    EXPECT_NE(moved.raw(), raw);
    Socket again(moved.release());
    EXPECT_FALSE(moved.is_open());
    EXPECT_TRUE(again.is_open());
}

TEST_F(Sockets, ListenWhereTheyCanBeReached) {
    auto listener = Listener::open();
    ASSERT_TRUE(listener) << listener.error().to_string();
    EXPECT_NE(listener->port(), 0);
    EXPECT_EQ(listener->accept(in(std::chrono::milliseconds(20))).error().code(), HResult::timeout);
    ASSERT_TRUE(Socket::connect_loopback(listener->port()));
    EXPECT_TRUE(listener->accept(in(std::chrono::seconds(20))));
}

TEST_F(Sockets, FailToConnectWhereNobodyListens) {
    std::uint16_t port = 0;
    {
        const auto listener = Listener::open();
        ASSERT_TRUE(listener);
        port = listener->port();
    }
    const auto connection = Socket::connect_loopback(port);
    ASSERT_FALSE(connection);
    EXPECT_NE(connection.error().text().find(std::to_string(port)), std::string::npos);
}

}  // namespace
}  // namespace wslplugins::platform
