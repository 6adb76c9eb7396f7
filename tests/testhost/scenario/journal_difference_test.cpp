// SPDX-License-Identifier: MIT
#include "testhost/scenario/journal_difference.hpp"

#include <wslplugins/testhost/journal.hpp>

#include <gmock/gmock.h>

namespace wslplugins::testhost {
namespace {

using testing::HasSubstr;

/// A journal of entries at the top, each a hook.
std::vector<JournalEntry> hooks(const std::vector<std::string>& names) {
    std::vector<JournalEntry> entries;
    for (const std::string& name : names) {
        JournalEntry entry;
        entry.id = entries.size() + 1;
        entry.kind = JournalKind::Hook;
        entry.name = name;
        entry.time = std::chrono::nanoseconds(entries.size() * 7);
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::optional<std::string> difference(const std::vector<std::string>& expected,
                                      const std::vector<std::string>& came,
                                      JournalOrder order = JournalOrder::AsWritten) {
    return journal_difference(
        to_canonical_json_lines(hooks(expected)), to_canonical_json_lines(hooks(came)), order);
}

TEST(JournalDifference, OfEqualJournalsIsNone) {
    EXPECT_EQ(difference({}, {}), std::nullopt);
    EXPECT_EQ(difference({"a", "b"}, {"a", "b"}), std::nullopt);
}

TEST(JournalDifference, ShowsWhatIsMissingAndWhatIsNewWithWhatIsAround) {
    EXPECT_EQ(difference({"a", "b", "c", "d"}, {"a", "c", "x", "d"}),
              "  hook a\n- hook b\n  hook c\n+ hook x\n  hook d\n");
    EXPECT_EQ(difference({}, {"a"}), "+ hook a\n");
    EXPECT_EQ(difference({"a"}, {}), "- hook a\n");
    EXPECT_EQ(difference({"1", "2", "3", "4", "5", "old"}, {"1", "2", "3", "4", "5", "new"}),
              "  hook 3\n  hook 4\n  hook 5\n- hook old\n+ hook new\n");
}

TEST(JournalDifference, DoesNotCountNumbersThatOnlyFollowFromAnEntryBefore) {
    EXPECT_EQ(difference({"a", "b"}, {"x", "a", "b"}), "+ hook x\n  hook a\n  hook b\n");
}

TEST(JournalDifference, TakesTheFullFormAndLeavesOutWhatDiffersFromRunToRun) {
    auto full = hooks({"a"});
    full[0].duration = std::chrono::nanoseconds(5);
    full[0].thread = 9;
    full[0].plugin = "p";
    full[0].arguments = {{"pid", "17", true}, {"name", "Debian"}};
    full[0].result = HResult::fail;
    EXPECT_EQ(journal_difference(
                  to_json_lines(full), to_canonical_json_lines(full), JournalOrder::AsWritten),
              std::nullopt);
    EXPECT_EQ(journal_difference(to_json_lines(full), "", JournalOrder::AsWritten),
              "- hook a  plugin=\"p\"  name=\"Debian\"  result=\"0x80004005\"  "
              "result_name=\"E_FAIL\"\n");
}

TEST(JournalDifference, ShowsWhereAnEntryBelongs) {
    auto inside = hooks({"a", "b"});
    inside[1].parent = 1;
    const auto shown = journal_difference(to_canonical_json_lines(inside),
                                          to_canonical_json_lines(hooks({"a", "b"})),
                                          JournalOrder::AsWritten);
    EXPECT_EQ(shown, "  hook a\n-   hook b\n+ hook b\n");
}

TEST(JournalDifference, AllowsAnyOrderOnTopWhereSeveralThreadsWork) {
    EXPECT_EQ(difference({"a", "b", "c"}, {"c", "a", "b"}, JournalOrder::AnyOnTop), std::nullopt);
    EXPECT_NE(difference({"a", "b", "c"}, {"c", "a", "b"}), std::nullopt);
    EXPECT_EQ(difference({"a", "b"}, {"b", "b"}, JournalOrder::AnyOnTop),
              "- hook a\n+ hook b\n  hook b\n");
}

TEST(JournalDifference, ShowsLinesThatAreNoJournalAsTheyAre) {
    EXPECT_EQ(journal_difference("no journal\n", "[1]\n{\"id\":1}", JournalOrder::AsWritten),
              "- no journal\n+ [1]\n+  \n");
}

TEST(JournalDifference, CutsWhatNobodyReads) {
    const std::vector<std::string> many(200, "x");
    const auto shown = difference(many, {});
    ASSERT_TRUE(shown);
    EXPECT_THAT(*shown, HasSubstr("… and 140 more lines\n"));
}

TEST(JournalDifference, ComparesJournalsThatAreTooLongToCompareLineByLine) {
    std::vector<std::string> before(3000, "before");
    std::vector<std::string> after(3000, "after");
    const auto shown = difference(before, after);
    ASSERT_TRUE(shown);
    EXPECT_THAT(*shown, testing::StartsWith("- hook before\n"));
    EXPECT_THAT(*shown, HasSubstr("… and 5940 more lines\n"));
}

}  // namespace
}  // namespace wslplugins::testhost
