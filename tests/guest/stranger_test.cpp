// SPDX-License-Identifier: MIT
// Connections to the guest's port that are not the host's, or not what the host sends.
#include "guest/protocol/messages.hpp"
#include "platform/child_process.hpp"
#include "platform/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <random>

namespace wslplugins::tests {
namespace {

namespace protocol = guest::protocol;

constexpr std::chrono::seconds patience{20};

platform::Deadline soon() {
    return std::chrono::steady_clock::now() + patience;
}

class Stranger : public testing::Test {
protected:
    void SetUp() override {
        auto control = platform::start_native_program(WSLPLUGINS_TEST_GUEST);
        ASSERT_TRUE(control) << control.error().to_string();
        control_ = std::move(*control);
        ASSERT_TRUE(platform::fill_random(secret_));
        send(control_, protocol::framed(protocol::encode(protocol::Hello{.secret = secret_})));
        const auto welcome = receive<protocol::Welcome>(control_);
        ASSERT_TRUE(welcome.has_value() && welcome->has_value());
        port_ = (*welcome)->port;
    }

    static void send(platform::Socket& socket, std::span<const std::byte> bytes) {
        // A guest that has closed already is fine: that is what most of these ask for.
        (void)socket.send_all(bytes, soon());
    }

    platform::Socket connect() {
        auto connection = platform::Socket::connect_loopback(port_);
        EXPECT_TRUE(connection);
        return connection ? std::move(*connection) : platform::Socket();
    }

    template <class T>
    static std::optional<protocol::Reply<T>> receive(platform::Socket& socket) {
        std::array<std::byte, protocol::length_size> prefix{};
        if (!socket.receive_exactly(prefix, soon())) {
            return std::nullopt;
        }
        protocol::Bytes message(protocol::framed_length(prefix));
        if (!socket.receive_exactly(message, soon())) {
            return std::nullopt;
        }
        return protocol::decode_reply<T>(message);
    }

    /// Closed without a word: the end of the stream or a reset, and before the patience ends.
    static void expect_closed(platform::Socket& socket) {
        std::array<std::byte, 64> answer{};
        const auto count = socket.receive(answer, soon());
        if (count) {
            EXPECT_EQ(*count, 0u);
        } else {
            EXPECT_NE(count.error().code(), HResult::timeout);
        }
    }

    [[nodiscard]] protocol::Bytes request() const {
        return protocol::framed(protocol::encode(
            protocol::Visit{.secret = secret_,
                            .request = protocol::Execute{
                                .distribution = {}, .path = "/bin/true", .arguments = {"true"}}}));
    }

    void expect_still_serving() {
        platform::Socket socket = connect();
        send(socket, request());
        const auto reply = receive<protocol::ProgramStarted>(socket);
        ASSERT_TRUE(reply.has_value());
        EXPECT_TRUE(reply->has_value());
    }

    platform::Socket control_;
    protocol::Secret secret_{};
    std::uint16_t port_ = 0;
};

TEST_F(Stranger, WithAWrongSecretIsSentAway) {
    for (const std::size_t wrong : {std::size_t{0}, std::size_t{31}}) {
        protocol::Bytes bytes = request();
        bytes[protocol::length_size + wrong] ^= std::byte{1};
        platform::Socket socket = connect();
        send(socket, bytes);
        expect_closed(socket);
    }
    expect_still_serving();
}

TEST_F(Stranger, WithoutARequestIsSentAway) {
    platform::Socket socket = connect();
    ASSERT_TRUE(socket.shutdown_send());
    expect_closed(socket);
    expect_still_serving();
}

TEST_F(Stranger, WithHalfARequestIsSentAwayAndKeepsNobodyWaiting) {
    const protocol::Bytes whole = request();
    for (const std::size_t length :
         {std::size_t{3}, std::size_t{20}, std::size_t{36}, whole.size() - 1}) {
        platform::Socket socket = connect();
        send(socket, std::span(whole).first(length));
        expect_still_serving();
        ASSERT_TRUE(socket.shutdown_send());
        expect_closed(socket);
    }
}

TEST_F(Stranger, ThatNeverGoesOnIsSentAwayAfterTheDeadline) {
    const auto before = std::chrono::steady_clock::now();
    platform::Socket socket = connect();
    const protocol::Bytes whole = request();
    send(socket, std::span(whole).first(40));
    expect_closed(socket);
    EXPECT_LT(std::chrono::steady_clock::now() - before, protocol::request_deadline * 2);
    expect_still_serving();
}

TEST_F(Stranger, WithAnImpossibleLengthIsSentAway) {
    for (const std::uint32_t length : {std::uint32_t{0},
                                       std::uint32_t{1},
                                       std::uint32_t{32},
                                       static_cast<std::uint32_t>(protocol::max_message_size + 1),
                                       0xFFFFFFFFu}) {
        protocol::Writer writer;
        writer.u32(length);
        writer.raw(secret_);
        platform::Socket socket = connect();
        send(socket, writer.take());
        expect_closed(socket);
    }
    expect_still_serving();
}

TEST_F(Stranger, WithTheSecretAndNoiseIsSentAway) {
    const unsigned seed = std::random_device{}();
    std::printf("random seed: %u\n", seed);
    std::mt19937 engine(seed);
    for (int i = 0; i < 100; ++i) {
        protocol::Bytes body(1 + engine() % 60);
        for (std::byte& byte : body) {
            byte = static_cast<std::byte>(engine());
        }
        body.front() |= std::byte{4};  // no request has such a kind
        protocol::Writer writer;
        writer.raw(secret_);
        writer.raw(body);
        platform::Socket socket = connect();
        send(socket, protocol::framed(writer.take()));
        expect_closed(socket);
    }
    expect_still_serving();
}

TEST_F(Stranger, InACrowdDoesNotKeepTheHostOut) {
    std::vector<platform::Socket> crowd;
    for (std::size_t i = 0; i < protocol::max_pending_connections * 2; ++i) {
        crowd.push_back(connect());
    }
    expect_still_serving();
}

TEST_F(Stranger, ThatOffersAStreamIsSentAway) {
    protocol::Visit visit{.secret = secret_, .request = protocol::OfferStream{}};
    visit.secret.back() ^= std::byte{1};
    platform::Socket socket = connect();
    send(socket, protocol::framed(protocol::encode(visit)));
    expect_closed(socket);
    expect_still_serving();
}

TEST_F(Stranger, ThatNamesAStreamNobodyOfferedStartsNothing) {
    protocol::StartProcess start{.distribution = {},
                                 .path = "/bin/true",
                                 .arguments = {"true"},
                                 .environment = {},
                                 .folder = {},
                                 .streams = {1, 2, 3}};
    platform::Socket socket = connect();
    send(socket,
         protocol::framed(
             protocol::encode(protocol::Visit{.secret = secret_, .request = std::move(start)})));
    const auto reply = receive<protocol::ProgramStarted>(socket);
    ASSERT_TRUE(reply.has_value());
    ASSERT_FALSE(reply->has_value());
    EXPECT_EQ(reply->error().error, static_cast<std::uint32_t>(EBADF));
    expect_closed(socket);
    expect_still_serving();
}

TEST_F(Stranger, InACrowdOfOfferedStreamsDoesNotExhaustTheGuest) {
    std::vector<platform::Socket> crowd;
    const auto offer = protocol::framed(
        protocol::encode(protocol::Visit{.secret = secret_, .request = protocol::OfferStream{}}));
    for (std::size_t i = 0; i < protocol::max_offered_streams + 1; ++i) {
        crowd.push_back(connect());
        send(crowd.back(), offer);
        ASSERT_TRUE(receive<protocol::StreamOffered>(crowd.back()).has_value());
    }
    expect_closed(crowd.front());
    expect_still_serving();
}

TEST_F(Stranger, OnTheControlConnectionEndsTheGuest) {
    send(control_, protocol::framed(protocol::Bytes(5, std::byte{0xFF})));
    expect_closed(control_);
}

TEST_F(Stranger, OfAnotherVersionIsToldSo) {
    auto control = platform::start_native_program(WSLPLUGINS_TEST_GUEST);
    ASSERT_TRUE(control);
    protocol::Hello hello{.secret = secret_};
    hello.version += 1;
    send(*control, protocol::framed(protocol::encode(hello)));
    const auto reply = receive<protocol::Welcome>(*control);
    ASSERT_TRUE(reply.has_value() && !reply->has_value());
    EXPECT_NE(reply->error().text.find("version"), std::string::npos);
    expect_closed(*control);
}

}  // namespace
}  // namespace wslplugins::tests
