// SPDX-License-Identifier: MIT
#include "pluginhost/protocol/calls.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <random>

namespace wslplugins::pluginhost::protocol {
namespace {

/// Random values; each run has others, and says which.
class PluginProtocol : public testing::Test {
protected:
    PluginProtocol() : seed_(std::random_device{}()), engine_(seed_) {
        std::printf("random seed: %u\n", seed_);
    }

    std::uint64_t number() { return std::uniform_int_distribution<std::uint64_t>()(engine_); }
    std::uint32_t small() { return static_cast<std::uint32_t>(number()); }
    bool flag() { return number() % 2 == 0; }

    std::string text() {
        std::string text(number() % 40, '\0');
        for (char& c : text) {
            c = static_cast<char>(number());
        }
        return text;
    }

    Text maybe_text() { return flag() ? Text(text()) : Text(); }

    WideText maybe_wide() {
        if (flag()) {
            return std::nullopt;
        }
        WideString text(number() % 20, abi::WCHAR{});
        for (abi::WCHAR& unit : text) {
            unit = static_cast<abi::WCHAR>(number());
        }
        return text;
    }

    TextList maybe_list() {
        if (flag()) {
            return std::nullopt;
        }
        std::vector<std::string> list(number() % 5);
        for (std::string& item : list) {
            item = text();
        }
        return list;
    }

    Guid guid() {
        return Guid(abi::GUID{small(),
                              static_cast<std::uint16_t>(number()),
                              static_cast<std::uint16_t>(number()),
                              {1, 2, 3, 4, 5, 6, 7, static_cast<std::uint8_t>(number())}});
    }

    std::optional<Bytes> maybe_bytes() {
        return flag() ? std::optional<Bytes>(Bytes(number() % 30, std::byte{7})) : std::nullopt;
    }

    CallHook call_hook() {
        CallHook call;
        call.hook = static_cast<Hook>(number() % hook_slots.size());
        if (flag()) {
            call.session =
                SessionOfContainers{small(), maybe_wide(), small(), flag(), maybe_bytes()};
        } else {
            call.session = SessionOfUser{small(), flag(), maybe_bytes()};
        }
        switch (number() % 5) {
            case 0: call.payload = VmSettings{small()}; break;
            case 1:
                call.payload = Distribution{guid(),
                                            maybe_wide(),
                                            number(),
                                            maybe_wide(),
                                            small(),
                                            maybe_wide(),
                                            maybe_wide()};
                break;
            case 2:
                call.payload = OfflineDistribution{
                    guid(), maybe_wide(), maybe_wide(), maybe_wide(), maybe_wide()};
                break;
            case 3: call.payload = Document{maybe_text()}; break;
            default: break;
        }
        return call;
    }

    ToProcess to_process() {
        switch (number() % 7) {
            case 0: return Hello{small(), small(), small(), small()};
            case 1: return LoadLibrary{text()};
            case 2: return FindEntryPoint{};
            case 3: return CallEntryPoint{};
            case 4: return Unload{};
            case 5:
                return CallAnswer{number(),
                                  small(),
                                  flag() ? std::optional(number()) : std::nullopt,
                                  flag() ? std::optional(small()) : std::nullopt,
                                  maybe_text()};
            default: return call_hook();
        }
    }

    Request request() {
        const ExecuteBinary execution{small(), maybe_text(), maybe_list(), flag()};
        switch (number() % 6) {
            case 0: return MountFolder{small(), maybe_wide(), maybe_wide(), small(), maybe_wide()};
            case 1: return execution;
            case 2: return PluginError{maybe_wide()};
            case 3:
                return ExecuteInDistribution{flag() ? std::optional(guid()) : std::nullopt,
                                             execution};
            case 4:
                return WslcCreateProcess{
                    small(), maybe_text(), maybe_list(), maybe_list(), number(), std::nullopt};
            default: return WslcGetExitCode{number(), small()};
        }
    }

    ToService to_service() {
        switch (number() % 5) {
            case 0: return Done{small(), text(), flag(), small()};
            case 1: return HandleTaken{number()};
            case 2: return ThreadEnded{number()};
            case 3: return DebugOutput{number(), text()};
            default: return Call{number(), number(), request()};
        }
    }

private:
    const unsigned seed_;
    std::mt19937_64 engine_;
};

TEST_F(PluginProtocol, WhatIsWrittenIsRead) {
    for (int i = 0; i < 2000; ++i) {
        const Bytes down = encode(to_process());
        const auto read_down = decode_to_process(down);
        ASSERT_TRUE(read_down);
        ASSERT_EQ(encode(*read_down), down);
        const Bytes up = encode(to_service());
        const auto read_up = decode_to_service(up);
        ASSERT_TRUE(read_up);
        ASSERT_EQ(encode(*read_up), up);
    }
}

TEST_F(PluginProtocol, AMessageThatIsCutOrLongerIsNone) {
    for (int i = 0; i < 200; ++i) {
        Bytes down = encode(to_process());
        Bytes up = encode(to_service());
        for (std::size_t size = 0; size < down.size(); ++size) {
            EXPECT_FALSE(decode_to_process(std::span(down).first(size)));
        }
        for (std::size_t size = 0; size < up.size(); ++size) {
            EXPECT_FALSE(decode_to_service(std::span(up).first(size)));
        }
        down.push_back(std::byte{0});
        up.push_back(std::byte{0});
        EXPECT_FALSE(decode_to_process(down));
        EXPECT_FALSE(decode_to_service(up));
    }
}

TEST(PluginProtocolValues, AStringThatIsNullIsNotAnEmptyOne) {
    const auto read = decode_to_service(encode(Call{1, 2, PluginError{}}));
    ASSERT_TRUE(read);
    EXPECT_FALSE(std::get<PluginError>(std::get<Call>(*read).request).message);
    const auto empty = decode_to_service(encode(Call{1, 2, PluginError{WideString()}}));
    ASSERT_TRUE(empty);
    EXPECT_TRUE(std::get<PluginError>(std::get<Call>(*empty).request).message);
}

TEST(PluginProtocolValues, AreRefusedWhereTheFormatDoesNotKnowThem) {
    const auto changed = [](Bytes message, std::size_t at, int value) {
        message.at(at) = static_cast<std::byte>(value);
        return message;
    };
    const Bytes hook = encode(ToProcess(CallHook{}));
    EXPECT_TRUE(decode_to_process(hook));
    EXPECT_FALSE(decode_to_process(changed(hook, 0, 7))) << "no such message";
    EXPECT_FALSE(decode_to_process(changed(hook, 1, 14))) << "no such hook";
    EXPECT_FALSE(decode_to_process(changed(hook, 2, 2))) << "no such kind of session";
    EXPECT_FALSE(decode_to_process(changed(hook, 7, 2))) << "a flag that is neither 0 nor 1";
    Bytes list =
        encode(ToService(Call{1, 0, ExecuteBinary{0, Text(), TextList(std::in_place), true}}));
    EXPECT_TRUE(decode_to_service(list));
    list.at(list.size() - 2) = std::byte{0xFF};
    EXPECT_FALSE(decode_to_service(list)) << "more texts than the message can hold";
}

}  // namespace
}  // namespace wslplugins::pluginhost::protocol
