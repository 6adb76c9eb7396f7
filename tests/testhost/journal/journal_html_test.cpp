// SPDX-License-Identifier: MIT
#include "testhost/journal/html_journal.hpp"

#include <wslplugins/testhost/journal_report.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <string_view>

namespace wslplugins::testhost {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
        ++count;
    }
    return count;
}

JournalEntry sample() {
    JournalEntry entry;
    entry.id = 5;
    entry.kind = JournalKind::Hook;
    entry.name = "OnVMStarted";
    entry.plugin = "guard";
    entry.time = std::chrono::microseconds(1500);
    entry.duration = std::chrono::microseconds(20);
    entry.result = HResult::access_denied;
    return entry;
}

TEST(JournalHtml, HasARowForEveryEntryWithoutAnyScript) {
    const auto entries = hostile_journal();
    const std::string page = to_html(entries, "run");
    EXPECT_EQ(count_of(page, "<tr id=\"e"), entries.size());
    EXPECT_EQ(count_of(page, "<!doctype html>"), 1u);
}

TEST(JournalHtml, NeverLetsTextBecomeMarkup) {
    const std::string page = to_html(hostile_journal(), hostile_text);
    EXPECT_EQ(count_of(page, "<script"), 1u);
    EXPECT_EQ(count_of(page, "</script"), 1u);
    EXPECT_EQ(count_of(page, "<style"), 1u);
    EXPECT_EQ(count_of(page, "</style"), 1u);
    EXPECT_THAT(page, Not(HasSubstr("<img")));
    EXPECT_THAT(page, Not(HasSubstr("onerror=\"")));
    EXPECT_THAT(page, HasSubstr("&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;"));
}

TEST(JournalHtml, IsUtf8WithoutControlCharactersWhateverTheJournalHolds) {
    const std::string page = to_html(hostile_journal(), "\xFF\x01 title");
    EXPECT_THAT(page, HasSubstr("<h1>\\xff\\x01 title</h1>"));
    EXPECT_TRUE(std::ranges::none_of(page, [](char byte) {
        const auto code = static_cast<unsigned char>(byte);
        return (code < 0x20u && byte != '\n') || code == 0x7Fu;
    }));
}

TEST(JournalHtml, NamesNoOtherFileOrAddress) {
    const std::string page = to_html(hostile_journal(), "run");
    EXPECT_THAT(page, HasSubstr("default-src 'none'"));
    for (const char* const reference : {"http:", "https:", "//", "url(", "@import", " src="}) {
        std::string_view rest(page);
        for (auto at = rest.find(reference); at != std::string_view::npos;
             at = rest.find(reference)) {
            const std::string_view around = rest.substr(at < 40 ? 0 : at - 40, 80);
            // The script's own comments, and the text of the journal, which stands behind an escaped quote.
            EXPECT_TRUE(around.find("// ") != std::string_view::npos ||
                        around.find("&lt;") != std::string_view::npos)
                << around;
            rest.remove_prefix(at + 1);
        }
    }
}

TEST(JournalHtml, SaysWhatCrossedTheBorderAndHowItWent) {
    const std::string page = to_html({sample()}, "guard.dll");
    EXPECT_THAT(page, HasSubstr("<title>guard.dll</title>"));
    EXPECT_THAT(page, HasSubstr("Plugins: 1. Hooks called: 1. Calls to WSL: 0. Failures: 1."));
    EXPECT_THAT(page, HasSubstr("data-start=\"1500000\" data-length=\"20000\""));
    EXPECT_THAT(page, HasSubstr("<td class=\"result\">E_ACCESSDENIED</td>"));
}

TEST(JournalHtml, FoldsALongValueUpAndSaysItsLength) {
    JournalEntry entry = sample();
    entry.text = "begin\n" + std::string(20'000, 'x');
    const std::string page = to_html({entry}, "run");
    EXPECT_THAT(page, HasSubstr("<details><summary>begin\\nxxx"));
    EXPECT_THAT(page, HasSubstr("… (20006 bytes)</summary><pre>begin\nxxx"));
    EXPECT_THAT(page, HasSubstr("x…</pre></details>"));
}

TEST(JournalHtml, SaysWhatIsInProgress) {
    JournalEntry entry = sample();
    entry.duration.reset();
    entry.result.reset();
    const std::string page = to_html({entry}, "run");
    EXPECT_THAT(page, HasSubstr("<td class=\"result\">(running)</td>"));
    EXPECT_THAT(page, Not(HasSubstr("data-length=")));
}

}  // namespace
}  // namespace wslplugins::testhost
