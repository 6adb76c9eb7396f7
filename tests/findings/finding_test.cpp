// SPDX-License-Identifier: MIT
#include <wslplugins/findings/finding.hpp>

#include <gmock/gmock.h>

namespace wslplugins::findings {
namespace {

using testing::AnyOf;
using testing::EndsWith;
using testing::MatchesRegex;

TEST(Finding, SaysWhatWasSeenWhatItMeansAndWhatToDo) {
    for (const Finding& finding : all_findings()) {
        EXPECT_THAT(std::string(finding.id), MatchesRegex("[a-z]+(-[a-z]+)+"));
        for (const std::string_view text : {finding.title, finding.meaning, finding.fix}) {
            EXPECT_THAT(std::string(text), EndsWith(".")) << finding.id;
        }
        EXPECT_THAT(name_of(finding.severity), AnyOf("note", "warning", "error"));
    }
}

TEST(Finding, IsFoundByItsIdAndByNothingElse) {
    for (const Finding& finding : all_findings()) {
        EXPECT_EQ(find_finding(finding.id), &finding);
        EXPECT_EQ(find_finding(std::string(finding.id) + "x"), nullptr);
    }
    EXPECT_EQ(find_finding(""), nullptr);
    EXPECT_EQ(find_finding("Hook-Slow"), nullptr);
}

}  // namespace
}  // namespace wslplugins::findings
