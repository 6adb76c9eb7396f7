// SPDX-License-Identifier: MIT
#include <wslplugins/plugin/json_lines_log.hpp>

#include "plugin/collected_log.hpp"
#include "plugin/json_lines/log_folder.hpp"

#include <thread>

namespace wslplugins {
namespace {

class JsonLinesLogTest : public testing::Test {
protected:
    std::unique_ptr<JsonLinesLog> open(std::size_t max_file_size = 1024 * 1024,
                                       std::size_t capacity = 100'000) {
        auto opened = JsonLinesLog::open(
            context,
            {.folder = folder.text(), .max_file_size = max_file_size, .capacity = capacity});
        EXPECT_TRUE(opened.has_value()) << opened.error().to_string();
        return opened ? std::move(*opened) : nullptr;
    }

    tests::LogFolder folder;
    abi::WSLPluginAPIV1 api{};
    tests::CollectedLog first_sink;
    Context context{&api, first_sink};
};

TEST_F(JsonLinesLogTest, WritesWhatIsLoggedWhileItLives) {
    context.log().info("before");
    {
        const auto file = open();
        context.log().error("kernel", "Linux version 6.6");
        context.log().debug("second");
    }
    context.log().info("after");
    const auto lines = folder.lines();
    ASSERT_EQ(2u, lines.size());
    EXPECT_EQ("error", tests::text_of(lines[0], "level"));
    EXPECT_EQ("kernel", tests::text_of(lines[0], "event"));
    EXPECT_EQ("Linux version 6.6", tests::text_of(lines[0], "text"));
    EXPECT_EQ("second", tests::text_of(lines[1], "event"));
    EXPECT_EQ(4u, first_sink.lines().size());
}

TEST_F(JsonLinesLogTest, GoesOnWithAFileThatIsThere) {
    for (int i = 0; i < 3; ++i) {
        const auto file = open();
        context.log().info("start");
    }
    EXPECT_EQ(3u, folder.lines().size());
}

TEST_F(JsonLinesLogTest, KeepsTwoFilesOfLimitedSize) {
    constexpr std::size_t limit = 64 * 1024;
    {
        const auto file = open(limit);
        for (int i = 0; i < 3'000; ++i) {
            context.log().info("count", std::to_string(i));
        }
    }
    EXPECT_LE(std::filesystem::file_size(folder.path() / "plugin.jsonl"), limit);
    EXPECT_LE(std::filesystem::file_size(folder.path() / "plugin.jsonl.1"), limit);
    EXPECT_EQ("2999", tests::text_of(folder.lines().back(), "text"));
    const auto before = folder.lines("plugin.jsonl.1");
    const int last_before = std::stoi(tests::text_of(before.back(), "text"));
    EXPECT_EQ(std::to_string(last_before + 1), tests::text_of(folder.lines().front(), "text"));
    EXPECT_EQ(2, std::distance(std::filesystem::directory_iterator(folder.path()), {}));
}

TEST_F(JsonLinesLogTest, SaysHowManyLinesItDropped) {
    {
        const auto file = open(1024 * 1024, 1);
        for (int i = 1; i <= 2'000; ++i) {
            context.log().info("count", std::to_string(i));
        }
    }
    int expected = 0;
    for (const auto& line : folder.lines()) {
        expected += 1 + line.value("dropped", 0);
        EXPECT_EQ(std::to_string(expected), tests::text_of(line, "text"));
    }
    EXPECT_GT(expected, 0);
}

TEST_F(JsonLinesLogTest, TakesLinesFromSeveralThreads) {
    {
        const auto file = open();
        const auto write = [&] {
            for (int i = 0; i < 500; ++i) {
                context.log().info("thread");
            }
        };
        std::thread one(write);
        std::thread other(write);
        one.join();
        other.join();
    }
    EXPECT_EQ(1'000u, folder.lines().size());
}

TEST_F(JsonLinesLogTest, NeedsAnAbsoluteFolderAndTheNameOfAFile) {
    for (const char* path : {"", "log", "./log"}) {
        const auto opened = JsonLinesLog::open(context, {.folder = path});
        ASSERT_FALSE(opened.has_value()) << path;
        EXPECT_EQ(HResult::invalid_argument, opened.error().code()) << path;
    }
    for (const char* name : {"", ".", "..", "a/b", "../x"}) {
        const auto opened =
            JsonLinesLog::open(context, {.folder = folder.text(), .file_name = name});
        ASSERT_FALSE(opened.has_value()) << name;
        EXPECT_EQ(HResult::invalid_argument, opened.error().code()) << name;
    }
    EXPECT_FALSE(std::filesystem::exists(folder.path()));
}

TEST_F(JsonLinesLogTest, DoesNotMakeTheFoldersAbove) {
    const auto opened =
        JsonLinesLog::open(context, {.folder = (folder.path() / "missing").string()});
    ASSERT_FALSE(opened.has_value());
    EXPECT_TRUE(opened.error().code() == HResult::path_not_found ||
                opened.error().code() == HResult::file_not_found)
        << opened.error().to_string();
}

TEST_F(JsonLinesLogTest, RefusesAFolderInPlaceOfTheFile) {
    (void)open();
    std::filesystem::remove(folder.path() / "plugin.jsonl");
    std::filesystem::create_directory(folder.path() / "plugin.jsonl");
    EXPECT_FALSE(JsonLinesLog::open(context, {.folder = folder.text()}).has_value());
}

TEST_F(JsonLinesLogTest, RefusesAFileWithAnotherName) {
    (void)open();
    std::filesystem::create_hard_link(folder.path() / "plugin.jsonl", folder.above() / "other");
    const auto opened = JsonLinesLog::open(context, {.folder = folder.text()});
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(HResult::access_denied, opened.error().code());
    EXPECT_NE(std::string::npos, opened.error().text().find("another name"));
}

}  // namespace
}  // namespace wslplugins
