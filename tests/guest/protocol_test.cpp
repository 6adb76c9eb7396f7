// SPDX-License-Identifier: MIT
#include "guest/protocol/messages.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <random>

namespace wslplugins::guest::protocol {
namespace {

/// Random values; each run has others, and says which.
class Protocol : public testing::Test {
protected:
    Protocol() : seed_(std::random_device{}()), engine_(seed_) {
        std::printf("random seed: %u\n", seed_);
    }

    std::uint64_t number() { return std::uniform_int_distribution<std::uint64_t>()(engine_); }

    std::string text() {
        std::string text(number() % 40, '\0');
        for (char& c : text) {
            c = static_cast<char>(number());
        }
        return text;
    }

    Guid guid() {
        return Guid(abi::GUID{static_cast<std::uint32_t>(number()),
                              static_cast<std::uint16_t>(number()),
                              static_cast<std::uint16_t>(number()),
                              {1, 2, 3, 4, 5, 6, 7, static_cast<std::uint8_t>(number())}});
    }

    Secret secret() {
        Secret secret{};
        for (std::byte& byte : secret) {
            byte = static_cast<std::byte>(number());
        }
        return secret;
    }

    Execute execute() {
        Execute request;
        if (number() % 2 == 0) {
            request.distribution = guid();
        }
        request.path = text();
        request.arguments = texts();
        return request;
    }

    MountFolder mount_folder() {
        MountFolder request{.source = text(), .target = text(), .read_only = number() % 2 == 0};
        if (number() % 2 == 0) {
            request.distribution = guid();
        }
        return request;
    }

    ControlRequest control() {
        switch (number() % 6) {
            case 0: return mount_folder();
            case 1:
                return StartDistribution{
                    .id = guid(), .root = text(), .keeps_changes = number() % 2 == 0};
            case 2: return StopDistribution{.id = guid()};
            case 3: return UnmountFolder{.target = text()};
            case 4:
                return SignalProgram{.program = number(),
                                     .signal = static_cast<std::uint32_t>(number())};
            default: return TakeKernelLog{};
        }
    }

    std::vector<std::string> texts() {
        std::vector<std::string> texts;
        for (auto count = number() % 6; count > 0; --count) {
            texts.push_back(text());
        }
        return texts;
    }

    StartProcess start_process() {
        StartProcess request{.distribution = std::nullopt,
                             .path = text(),
                             .arguments = texts(),
                             .environment = texts(),
                             .folder = text(),
                             .streams = {number(), number(), number()}};
        if (number() % 2 == 0) {
            request.distribution = guid();
        }
        return request;
    }

    VisitRequest visit_request() {
        switch (number() % 4) {
            case 0: return execute();
            case 1: return OfferStream{};
            case 2: return start_process();
            default: return Wait{.program = number()};
        }
    }

    Visit visit() { return {.secret = secret(), .request = visit_request()}; }

    Bytes noise() {
        Bytes bytes(number() % 80);
        for (std::byte& byte : bytes) {
            byte = static_cast<std::byte>(number() % (number() % 2 == 0 ? 4 : 256));
        }
        return bytes;
    }

    unsigned seed_;
    std::mt19937_64 engine_;
};

constexpr int rounds = 500;

/// Decoding every shorter message must fail, and every longer one.
template <class Decode>
void expect_exact_length(const Bytes& message, Decode decode) {
    for (std::size_t length = 0; length < message.size(); ++length) {
        // A buffer of its own, so that the address sanitizer sees a read past its end.
        const Bytes shorter(message.begin(), message.begin() + static_cast<std::ptrdiff_t>(length));
        EXPECT_FALSE(decode(shorter).has_value()) << length << " of " << message.size();
    }
    Bytes longer = message;
    longer.push_back(std::byte{});
    EXPECT_FALSE(decode(longer).has_value());
}

template <class T>
void expect_reply_survives(const Reply<T>& reply) {
    const Bytes message = encode(reply);
    const auto decoded = decode_reply<T>(message);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_TRUE(*decoded == reply);
    expect_exact_length(message, decode_reply<T>);
}

TEST_F(Protocol, CarriesTheFirstMessage) {
    const Hello hello{.version = version, .secret = secret()};
    EXPECT_EQ(decode_hello(encode(hello)), hello);
    expect_exact_length(encode(hello), decode_hello);
}

TEST_F(Protocol, CarriesEveryControlRequest) {
    for (int i = 0; i < rounds; ++i) {
        const ControlRequest request = control();
        EXPECT_EQ(decode_control(encode(request)), request);
        expect_exact_length(encode(request), decode_control);
    }
}

TEST_F(Protocol, CarriesEveryVisit) {
    for (int i = 0; i < rounds; ++i) {
        const Visit request = visit();
        EXPECT_EQ(decode_visit(encode(request)), request);
        expect_exact_length(encode(request), decode_visit);
    }
}

TEST_F(Protocol, CarriesEveryReply) {
    for (int i = 0; i < rounds; ++i) {
        expect_reply_survives<Done>(Done{});
        expect_reply_survives<Welcome>(Welcome{.port = static_cast<std::uint16_t>(number())});
        expect_reply_survives<DistributionStarted>(
            DistributionStarted{.pid_namespace = number(),
                                .init_pid = static_cast<std::uint32_t>(number()),
                                .flavor = text(),
                                .version = text()});
        expect_reply_survives<StreamOffered>(StreamOffered{.stream = number()});
        expect_reply_survives<ProgramStarted>(ProgramStarted{.program = number()});
        expect_reply_survives<ProgramEnded>(
            ProgramEnded{.exit_code = static_cast<std::uint32_t>(number())});
        expect_reply_survives<KernelLog>(KernelLog{.text = text()});
    }
}

TEST_F(Protocol, CarriesEveryFailure) {
    for (const FailureKind kind : {FailureKind::Other, FailureKind::DistributionNotRunning}) {
        expect_reply_survives<Done>(std::unexpected(
            Failure{.kind = kind, .error = static_cast<std::uint32_t>(number()), .text = text()}));
    }
}

TEST_F(Protocol, TakesNoHarmFromNoise) {
    for (int i = 0; i < 20000; ++i) {
        const Bytes bytes = noise();
        // What is accepted has one spelling: its own bytes.
        if (const auto request = decode_control(bytes)) {
            EXPECT_EQ(encode(*request), bytes);
        }
        if (const auto request = decode_visit(bytes)) {
            EXPECT_EQ(encode(*request), bytes);
        }
        if (const auto reply = decode_reply<DistributionStarted>(bytes)) {
            EXPECT_EQ(encode(*reply), bytes);
        }
        if (const auto hello = decode_hello(bytes)) {
            EXPECT_EQ(encode(*hello), bytes);
        }
    }
}

TEST_F(Protocol, BelievesNoCountThatTheMessageCannotHold) {
    Writer writer;
    writer.raw(Secret{});
    writer.u8(0);  // Execute
    writer.u8(0);  // in the root namespace
    writer.text("/bin/true");
    writer.u32(0xFFFFFFFF);
    EXPECT_FALSE(decode_visit(writer.take()).has_value());
}

TEST_F(Protocol, BelievesNoCountOfVariablesThatTheMessageCannotHold) {
    Writer writer;
    writer.raw(Secret{});
    writer.u8(3);  // StartProcess
    writer.u8(0);  // in the root namespace
    writer.text("/bin/true");
    writer.u32(0);
    writer.u32(0x40000000);
    EXPECT_FALSE(decode_visit(writer.take()).has_value());
}

TEST_F(Protocol, BelievesNoLengthThatTheMessageCannotHold) {
    Writer writer;
    writer.u8(0);
    writer.u32(0xFFFFFFFF);
    writer.raw(Secret{});
    EXPECT_FALSE(decode_reply<KernelLog>(writer.take()).has_value());
}

TEST_F(Protocol, ComparesSecretsAsAWhole) {
    const Secret one = secret();
    for (std::size_t i = 0; i < one.size(); ++i) {
        Secret other = one;
        other[i] ^= std::byte{1};
        EXPECT_FALSE(equal_in_constant_time(one, other));
    }
    EXPECT_TRUE(equal_in_constant_time(one, one));
    EXPECT_FALSE(equal_in_constant_time(one, std::span(one).first(31)));
}

}  // namespace
}  // namespace wslplugins::guest::protocol
