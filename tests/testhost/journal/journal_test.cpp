// SPDX-License-Identifier: MIT
#include "testhost/journal/journal_text.hpp"

#include <wslplugins/testhost/journal.hpp>

#include <gmock/gmock.h>

#include <thread>

namespace wslplugins::testhost {
namespace {

using testing::HasSubstr;
using testing::Not;

JournalEntry named(std::string name) {
    JournalEntry entry;
    entry.name = std::move(name);
    return entry;
}

TEST(Journal, NestsWhatBeginsOnOneThread) {
    Journal journal;
    const auto outer = journal.begin(named("outer"));
    const auto inner = journal.begin(named("inner"));
    journal.add(named("leaf"));
    journal.end(inner, HResult::ok);
    journal.add(named("second"));
    journal.end(outer, HResult::fail, {{"why", "because"}});
    journal.add(named("after"));

    const auto entries = journal.entries();
    ASSERT_EQ(entries.size(), 5u);
    EXPECT_EQ(entries[0].parent, 0u);
    EXPECT_EQ(entries[1].parent, outer);
    EXPECT_EQ(entries[2].parent, inner);
    EXPECT_EQ(entries[3].parent, outer);
    EXPECT_EQ(entries[4].parent, 0u);
    EXPECT_EQ(entries[0].result, HResult::fail);
    ASSERT_EQ(entries[0].arguments.size(), 1u);
    EXPECT_EQ(entries[0].arguments[0].value, "because");
    EXPECT_TRUE(entries[0].duration);
}

TEST(Journal, TellsItsListenerOfEachBeginningAndEachEnd) {
    std::vector<std::string> told;
    Journal journal([&told](const JournalEntry& entry) {
        told.push_back(entry.name + (entry.duration ? " complete" : " begun"));
    });
    const auto outer = journal.begin(named("outer"));
    journal.add(named("leaf"));
    journal.end(outer, HResult::ok);
    EXPECT_THAT(told, testing::ElementsAre("outer begun", "leaf complete", "outer complete"));
}

TEST(Journal, ReadsBackWhatItWrote) {
    Journal journal;
    JournalEntry hook = named("OnVMStarted");
    hook.kind = JournalKind::Hook;
    hook.plugin = "guard";
    hook.session = 3;
    hook.arguments = {{"sid", "S-1-5-18", false}, {"token", "0x1c", true}};
    const auto outer = journal.begin(std::move(hook));
    JournalEntry seen = named("wsl.exe");
    seen.kind = JournalKind::User;
    seen.text = "two\nlines \u00e4";
    journal.add(std::move(seen));
    (void)journal.begin(named("in progress"));
    journal.end(outer, HResult::access_denied, {{"exception", "none"}});

    const std::string lines = to_json_lines(journal.entries());
    const auto read = parse_json_lines(lines);
    ASSERT_TRUE(read) << read.error().to_string();
    EXPECT_EQ(to_json_lines(*read), lines);
    EXPECT_EQ(read->at(0).result, HResult::access_denied);
    EXPECT_TRUE(read->at(0).arguments[1].is_volatile);
    EXPECT_FALSE(read->at(2).duration);
}

TEST(Journal, NamesTheLineThatIsNoEntry) {
    JournalEntry good = named("good");
    good.id = 1;
    const std::string first = to_json_lines({good});
    for (const char* const bad :
         {"",
          "{",
          "[]",
          "{\"id\":1}",
          "{\"id\":\"x\",\"kind\":\"hook\",\"name\":\"a\"}",
          "{\"id\":2,\"kind\":\"dance\",\"name\":\"a\"}",
          "{\"id\":2,\"kind\":\"hook\",\"name\":\"a\",\"result\":\"0x8\"}"}) {
        const auto read = parse_json_lines(first + bad + "\n");
        ASSERT_FALSE(read) << bad;
        EXPECT_EQ(read.error().code(), HResult::invalid_data);
        EXPECT_THAT(read.error().text(), HasSubstr("Line 2 ")) << bad;
    }
}

TEST(Journal, KeepsThreadsApart) {
    Journal journal;
    const auto outer = journal.begin(named("outer"));
    std::thread([&] { journal.add(named("elsewhere")); }).join();
    std::thread([&] { journal.add(named("elsewhere again")); }).join();
    journal.end(outer, HResult::ok);
    const auto entries = journal.entries();
    EXPECT_EQ(entries[1].parent, 0u);
    EXPECT_EQ(entries[0].thread, 1u);
    EXPECT_EQ(entries[1].thread, 2u);
    EXPECT_EQ(entries[2].thread, 3u);
}

TEST(Journal, GivesAwayWhatIsComplete) {
    Journal journal;
    journal.add(named("first"));
    const auto open = journal.begin(named("open"));
    journal.add(named("inside"));
    EXPECT_EQ(journal.take().size(), 1u);
    EXPECT_EQ(journal.take().size(), 0u) << "what is complete waits for what began before it";
    journal.end(open, HResult::fail);
    const auto taken = journal.take();
    ASSERT_EQ(taken.size(), 2u);
    EXPECT_EQ(taken[0].id, 2u);
    EXPECT_EQ(taken[0].result, HResult::fail);
    EXPECT_EQ(taken[1].parent, open);
    journal.add(named("last"));
    ASSERT_EQ(journal.entries().size(), 1u);
    EXPECT_EQ(journal.entries()[0].id, 4u);
}

TEST(JournalJson, PrintsOneObjectALine) {
    JournalEntry entry = named("MountFolder");
    entry.id = 7;
    entry.parent = 3;
    entry.time = std::chrono::nanoseconds(1500);
    entry.duration = std::chrono::nanoseconds(20);
    entry.thread = 2;
    entry.kind = JournalKind::Call;
    entry.plugin = "guard";
    entry.session = 0;
    entry.arguments = {{"windows_path", "C:\\x", true}, {"linux_path", "/x"}};
    entry.result = HResult::file_not_found;
    EXPECT_EQ(
        to_json_lines({entry}),
        R"({"schema":1,"id":7,"parent":3,"time_ns":1500,"duration_ns":20,"thread":2,)"
        R"("kind":"call","name":"MountFolder","plugin":"guard","session":0,)"
        R"("arguments":{"windows_path":"C:\\x","linux_path":"/x"},"volatile":["windows_path"],)"
        R"("result":"0x80070002","result_name":"ERROR_FILE_NOT_FOUND"})"
        "\n");
    EXPECT_EQ(to_canonical_json_lines({entry}),
              R"({"schema":1,"id":7,"parent":3,"kind":"call","name":"MountFolder",)"
              R"("plugin":"guard","session":0,"arguments":{"linux_path":"/x"},)"
              R"("result":"0x80070002","result_name":"ERROR_FILE_NOT_FOUND"})"
              "\n");
}

TEST(JournalJson, SaysWhatIsInProgressByLeavingTheDurationOut) {
    Journal journal;
    journal.begin(named("running"));
    EXPECT_THAT(to_json_lines(journal.entries()), Not(HasSubstr("duration_ns")));
}

TEST(JournalJson, EscapesBytesThatAreNoTextWithoutLoss) {
    JournalEntry entry = named("wsl.exe");
    entry.text = "a\\b\xFF\xC3\xA9\xC3";
    EXPECT_THAT(
        to_json_lines({entry}),
        HasSubstr("\"text\":{\"text\":\"a\\\\\\\\b\\\\xff\xC3\xA9\\\\xc3\",\"escaped\":true}"));
}

TEST(JournalJson, CutsALongValueAndSaysItsLength) {
    JournalEntry entry = named("wsl.exe");
    entry.text = std::string(16 * 1024 - 1, 'x') + "\xC3\xA9 and more";
    const std::string line = to_json_lines({entry});
    EXPECT_THAT(line, HasSubstr("x\",\"length\":16394}"));
    EXPECT_THAT(line, Not(HasSubstr("\xC3")));
}

TEST(JournalTable, IndentsWhatHappenedDuringSomethingElse) {
    JournalEntry outer = named("launch");
    outer.id = 1;
    outer.duration = std::chrono::nanoseconds(1);
    outer.result = HResult::ok;
    JournalEntry inner = named("OnVMStarted");
    inner.id = 2;
    inner.parent = 1;
    inner.time = std::chrono::microseconds(12500);
    inner.plugin = "guard";
    inner.duration = std::chrono::nanoseconds(1);
    inner.result = HResult::from_bits(0x80041234u);
    inner.arguments = {{"flags", "0"}};
    inner.text = "two\nlines\n";
    EXPECT_EQ(to_table({outer, inner}),
              "time ms  plugin  event          result      details\n"
              "    0.0          launch         S_OK\n"
              "   12.5  guard     OnVMStarted  0x80041234  flags=0  two\\nlines\n");
}

TEST(JournalTable, SaysWhatIsInProgress) {
    EXPECT_THAT(to_table({named("launch")}), HasSubstr("(running)"));
}

TEST(JournalText, CutsBetweenCharacters) {
    EXPECT_EQ(cut_text("abc", 3), "abc");
    EXPECT_EQ(cut_text("abcd", 3), "abc");
    EXPECT_EQ(cut_text("ab\xE2\x82\xAC", 4), "ab");
    EXPECT_EQ(cut_text("\x80\x80\x80\x80\x80\x80\x80", 6), "\x80\x80");
}

TEST(JournalText, WritesAListAsOneValue) {
    EXPECT_EQ(list_text({}), "[]");
    EXPECT_EQ(list_text({"a b", "\"", "\xFF"}), R"(["a b","\"","\\xff"])");
}

}  // namespace
}  // namespace wslplugins::testhost
