// SPDX-License-Identifier: MIT
#include "testhost/strict/finding_ids.hpp"

#include <wslplugins/findings/finding.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace wslplugins::testhost {
namespace {

std::string strict_page() {
    std::ifstream file(WSLPLUGINS_DOCUMENTS "/strict.md");
    EXPECT_TRUE(file) << "the page is missing";
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/// What one part of the page says, from its heading to the next.
std::string part_of(const std::string& page, const std::string& heading) {
    const std::size_t begin = page.find("## " + heading);
    EXPECT_NE(begin, std::string::npos) << heading;
    return page.substr(begin, page.find("\n## ", begin) - begin);
}

TEST(FindingIds, AreAllFindingsWithWords) {
    for (const std::string_view id : finding_id::all) {
        EXPECT_NE(findings::find_finding(id), nullptr) << id;
    }
}

TEST(FindingIds, AreAllFindingsOfARunButThoseThatThePageSaysCannotBeSeen) {
    const std::string page = strict_page();
    const std::string seen = part_of(page, "What it sees");
    const std::string unseen = part_of(page, "What it does not see");
    for (const findings::Finding& finding : findings::all_findings()) {
        if (finding.subject != findings::Subject::Run) {
            continue;
        }
        const bool is_reported = std::ranges::count(finding_id::all, finding.id) == 1;
        const std::string row = "\n| `" + std::string(finding.id) + "` |";
        EXPECT_EQ(seen.find(row) != std::string::npos, is_reported) << finding.id;
        EXPECT_EQ(unseen.find(row) != std::string::npos, !is_reported) << finding.id;
    }
}

}  // namespace
}  // namespace wslplugins::testhost
