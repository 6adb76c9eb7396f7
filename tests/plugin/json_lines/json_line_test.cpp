// SPDX-License-Identifier: MIT
#include "plugin/json_line.hpp"

#include <wslplugins/core/text.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <random>

namespace wslplugins {
namespace {

using Json = nlohmann::json;

std::string line(const LogRecord& record, std::uint64_t dropped = 0) {
    return detail::finished_json_line(detail::begun_json_line({}, record), dropped);
}

TEST(JsonLine, SaysWhenWhatAndHowBad) {
    using namespace std::chrono;
    const auto time = sys_days(2026y / November / 3d) + 4h + 5min + 6s + 78ms;
    EXPECT_EQ(R"({"time":"2026-11-03T04:05:06.078Z","level":"warning","event":"e","text":"t"})"
              "\n",
              detail::finished_json_line(
                  detail::begun_json_line(time, {LogLevel::Warning, "e", "t"}), 0));
}

TEST(JsonLine, SaysHowManyAreMissingBeforeIt) {
    EXPECT_EQ(7, Json::parse(line({}, 7)).at("dropped").get<int>());
    EXPECT_FALSE(Json::parse(line({}, 0)).contains("dropped"));
}

TEST(JsonLine, EscapesWhatJsonDoesNotAllow) {
    const std::string text = "quote \" backslash \\ line\nend tab\t nul" + std::string(1, '\0') +
                             " escape \x1B delete \x7F caf\xC3\xA9 \xF0\x9F\x90\xA7";
    const std::string written = line({LogLevel::Info, text.substr(0, 40), text});
    EXPECT_EQ(written.size() - 1, written.find_first_of("\n\t\x1B"));
    EXPECT_EQ(text, Json::parse(written).at("text").get<std::string>());
    EXPECT_EQ(text.substr(0, 40), Json::parse(written).at("event").get<std::string>());
}

TEST(JsonLine, CutsLongTextBetweenCharactersAndSaysHowLongItWas) {
    for (std::size_t shift = 0; shift < 4; ++shift) {
        std::string text(shift, 'x');
        while (text.size() < 9'000) {
            text += "\xF0\x9F\x90\xA7";
        }
        const Json read = Json::parse(line({LogLevel::Info, "e", text}));
        EXPECT_EQ(text.size(), read.at("cut").get<std::size_t>());
        const std::string kept = read.at("text").get<std::string>();
        EXPECT_EQ(text.substr(0, kept.size()), kept);
        EXPECT_GT(kept.size(), 8'000u);
    }
    EXPECT_FALSE(
        Json::parse(line({LogLevel::Info, "e", std::string(8 * 1024, 'x')})).contains("cut"));
}

TEST(JsonLine, IsNeverLongerThanItIsSaidToBe) {
    for (const char worst : {'\x01', '"', '\xFF'}) {
        const std::string text(100'000, worst);
        EXPECT_LT(line({LogLevel::Warning, text, text}, UINT64_MAX).size(),
                  detail::longest_json_line);
    }
}

TEST(JsonLine, IsJsonWhateverTheBytes) {
    const auto seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> byte(0, 255);
    std::uniform_int_distribution<std::size_t> length(0, 300);
    for (int i = 0; i < 2'000; ++i) {
        std::string text(length(random), '\0');
        for (char& character : text) {
            character = static_cast<char>(byte(random));
        }
        const std::string written = line({LogLevel::Error, "e", text});
        ASSERT_EQ(written.size() - 1, written.find('\n'));
        const Json read = Json::parse(written);
        ASSERT_EQ(to_utf8_lossy(to_utf16_lossy(text)), read.at("text").get<std::string>());
        ASSERT_EQ("error", read.at("level").get<std::string>());
    }
}

}  // namespace
}  // namespace wslplugins
