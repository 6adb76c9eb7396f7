// SPDX-License-Identifier: MIT
#include <wslplugins/core/text.hpp>

#include <gtest/gtest.h>

#include <random>

namespace wslplugins {
namespace {

WideString wide(std::initializer_list<unsigned> units) {
    WideString text;
    for (const unsigned unit : units) {
        text += static_cast<abi::WCHAR>(unit);
    }
    return text;
}

TEST(Text, ConvertsEveryLengthOfCodePointBothWays) {
    const std::string utf8 = "A\xC2\xA3\xE2\x82\xAC\xF0\x9F\x90\xA7";
    const WideString utf16 = wide({0x41, 0xA3, 0x20AC, 0xD83D, 0xDC27});
    EXPECT_EQ(utf8, to_utf8(utf16).value());
    EXPECT_EQ(utf16, to_utf16(utf8).value());
    EXPECT_EQ("", to_utf8(WideString()).value());
}

TEST(Text, RefusesUnpairedSurrogates) {
    for (const WideString& broken : {wide({0xD800}),
                                     wide({0xDC00}),
                                     wide({0x41, 0xD83D}),
                                     wide({0xD83D, 0x41}),
                                     wide({0xDC27, 0xD83D}),
                                     wide({0xD83D, 0xD83D, 0xDC27})}) {
        const auto converted = to_utf8(broken);
        ASSERT_FALSE(converted.has_value());
        EXPECT_EQ(HResult::no_unicode_translation, converted.error().code());
    }
}

TEST(Text, RefusesWhatIsNotWellFormedUtf8) {
    for (const std::string_view broken : {"\x80",
                                          "\xC2",
                                          "\xC0\x80",
                                          "\xC1\xBF",
                                          "\xE0\x80\x80",
                                          "\xE0\x9F\xBF",
                                          "\xED\xA0\x80",
                                          "\xED\xBF\xBF",
                                          "\xF0\x80\x80\x80",
                                          "\xF0\x8F\xBF\xBF",
                                          "\xF4\x90\x80\x80",
                                          "\xF5\x80\x80\x80",
                                          "\xFF",
                                          "\xE2\x82",
                                          "\xE2\x28\xA1",
                                          "\xF0\x9F\x90"}) {
        const auto converted = to_utf16(broken);
        ASSERT_FALSE(converted.has_value()) << testing::PrintToString(broken);
        EXPECT_EQ(HResult::no_unicode_translation, converted.error().code());
    }
}

TEST(Text, RefusesAnEmbeddedNulWhereWslWouldCut) {
    const std::string cut("kept\0lost", 9);
    EXPECT_EQ(HResult::invalid_argument, to_utf16_for_wsl(cut).error().code());
    EXPECT_EQ(HResult::invalid_argument, bytes_for_wsl(cut).error().code());
    EXPECT_EQ("whole", bytes_for_wsl("whole").value());
    EXPECT_EQ(4u, to_utf16_for_wsl("kept").value().size());
}

TEST(Text, TakesNullAndEmptyForNone) {
    EXPECT_FALSE(optional_utf8(nullptr).value().has_value());
    EXPECT_FALSE(optional_utf8(WideString().c_str()).value().has_value());
    EXPECT_EQ("A", optional_utf8(wide({0x41}).c_str()).value());
    EXPECT_FALSE(optional_utf8(wide({0xD800}).c_str()).has_value());
}

TEST(Text, ForMessagesReplacesWhatCannotBeConverted) {
    EXPECT_EQ("a\xEF\xBF\xBD"
              "b",
              to_utf8_lossy(wide({0x61, 0xD800, 0x62})));
    EXPECT_EQ(wide({0x61, 0xFFFD, 0x62}),
              to_utf16_lossy("a\xFF"
                             "b"));
    EXPECT_EQ(wide({0x41, 0xD83D, 0xDC27}), to_utf16_lossy("A\xF0\x9F\x90\xA7"));
}

char32_t random_scalar(std::mt19937& random) {
    for (;;) {
        const char32_t highest[] = {0x7F, 0x7FF, 0xFFFF, 0x10FFFF};
        const auto point = static_cast<char32_t>(
            std::uniform_int_distribution<std::uint32_t>(0, highest[random() % 4])(random));
        if (point < 0xD800 || point > 0xDFFF) {
            return point;
        }
    }
}

TEST(Text, ComesBackUnchangedFromARoundTrip) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 2000; ++round) {
        WideString text;
        for (std::size_t i = random() % 20; i > 0; --i) {
            const char32_t point = random_scalar(random);
            text += point < 0x10000 ? wide({point})
                                    : wide({0xD800 + ((point - 0x10000) >> 10),
                                            0xDC00 + ((point - 0x10000) & 0x3FF)});
        }
        const auto utf8 = to_utf8(text);
        ASSERT_TRUE(utf8.has_value());
        ASSERT_EQ(text, to_utf16(*utf8).value());
    }
}

TEST(Text, OfRandomBytesIsEitherRefusedOrComesBackUnchanged) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 20000; ++round) {
        std::string bytes;
        for (std::size_t i = random() % 8; i > 0; --i) {
            bytes += static_cast<char>(random());
        }
        if (const auto converted = to_utf16(bytes)) {
            ASSERT_EQ(bytes, to_utf8(*converted).value());
        }
    }
}

}  // namespace
}  // namespace wslplugins
