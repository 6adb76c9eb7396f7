// SPDX-License-Identifier: MIT
#include "redaction.hpp"

#include <gmock/gmock.h>

namespace wslplugins::tool::test {
namespace {

TEST(Redaction, LeavesAloneWhatIsNotSecret) {
    const Redaction redact({});
    for (const char* const text : {"",
                                   "\\",
                                   "/",
                                   "C:\\Program Files\\WSL Plugins\\guard-0123\\guard.dll",
                                   "HKLM\\SOFTWARE\\Policies\\WSL, AllowWSL1",
                                   "\\\\?\\C:\\plugin.dll",
                                   "C:\\\\plugin.dll",
                                   "S-1-",
                                   "PLUGINS-1-2",
                                   "/usr/home",
                                   "C:\\Users",
                                   "C:\\Users\\",
                                   "\\Usersome\\x"}) {
        EXPECT_EQ(redact(text), text);
    }
}

TEST(Redaction, ReplacesTheUserOfAHomeFolderHoweverItIsSpelt) {
    const Redaction redact({});
    EXPECT_EQ(redact("C:\\Users\\Jo Doe\\build\\guard.dll"), "C:\\Users\\<user>\\build\\guard.dll");
    EXPECT_EQ(redact("c:/users/jo/x"), "c:/users/<user>/x");
    EXPECT_EQ(redact("C:\\\\Users\\\\jo\\\\x"), "C:\\\\Users\\\\<user>\\\\x");
    EXPECT_EQ(redact("Z:\\home\\jo\\x"), "Z:\\home\\<user>\\x");
    EXPECT_EQ(redact("/home/jo"), "/home/<user>");
    EXPECT_EQ(redact("Could not read '/home/jo': no"), "Could not read '/home/<user>': no");
    EXPECT_EQ(redact("'C:\\Users\\O'Brien\\x'"), "'C:\\Users\\<user>\\x'");
    EXPECT_EQ(redact("C:\\Documents and Settings\\jo\\x"), "C:\\Documents and Settings\\<user>\\x");
    EXPECT_EQ(redact("C:\\Users\\J\xC3\xB6rg\\x and C:\\Users\\Ann"),
              "C:\\Users\\<user>\\x and C:\\Users\\<user>");
}

TEST(Redaction, ReplacesSecurityIdentifiersAndServers) {
    const Redaction redact({});
    EXPECT_EQ(redact("of S-1-5-21-1004336348-1177238915-682003330-512."), "of <sid>.");
    EXPECT_EQ(redact("(s-1-5-18)"), "(<sid>)");
    EXPECT_EQ(redact("S-1-5-21-7-"), "<sid>-");
    EXPECT_EQ(redact("\\\\build-07\\share\\guard.dll"), "\\\\<computer>\\share\\guard.dll");
    EXPECT_EQ(redact("at '\\\\build-07'"), "at '\\\\<computer>'");
}

TEST(Redaction, ReplacesWhatIsKnownWhereverItStands) {
    const Redaction redact({{"jo", "<user>"},
                            {"D:\\profiles\\jo", "<home>"},
                            {"DESK-7", "<computer>"},
                            {"", "<none>"}});
    EXPECT_EQ(redact("D:\\Profiles\\JO\\x"), "<home>\\x");
    EXPECT_EQ(redact("E=jo@example.org, by Jo on desk-7x"),
              "E=<user>@example.org, by <user> on <computer>x");
    EXPECT_EQ(redact("major john jo"), "major john <user>");
    EXPECT_EQ(redact("backup_jo"), "backup_<user>");
}

TEST(Redaction, KnowsThisProcessesHome) {
    const Redaction redact = Redaction::of_this_process();
    EXPECT_EQ(redact("plain text"), "plain text");
}

}  // namespace
}  // namespace wslplugins::tool::test
