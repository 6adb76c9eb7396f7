// SPDX-License-Identifier: MIT
#include <wslplugins/findings/finding.hpp>

#include <gmock/gmock.h>

namespace wslplugins::findings {
namespace {

using testing::AnyOf;
using testing::EndsWith;

TEST(Finding, SaysWhatWasSeenWhatItMeansAndWhatToDo) {
    for (const Finding& finding : all_findings()) {
        EXPECT_EQ(finding.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"),
                  std::string_view::npos)
            << finding.id;
        EXPECT_NE(finding.id.find('-'), std::string_view::npos) << finding.id;
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
