// SPDX-License-Identifier: MIT
#include "tool/played_tool.hpp"
#include "tool/small_dll.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace wslplugins::tool::test {
namespace {

using testing::HasSubstr;

TEST(Verify, SaysWhatTheServiceSaysOfADllWithoutASignature) {
    const TemporaryFolder folder;
    const std::string file = (folder.path() / "plugin.dll").string();
    write_file(file, small_dll());
    const Played played = play({"verify", file});
    EXPECT_EQ(played.code, ExitCode::Findings);
    EXPECT_THAT(played.output, HasSubstr("0x800B0100 (TRUST_E_NOSIGNATURE)"));
    EXPECT_THAT(played.output, HasSubstr("What to do:"));
    const auto json = nlohmann::json::parse(play({"verify", "--json", file}).output);
    EXPECT_EQ(json["verdict"], "refused");
    EXPECT_EQ(json["code"], "0x800B0100 (TRUST_E_NOSIGNATURE)");
    EXPECT_TRUE(json["signature"].is_null());
    EXPECT_FALSE(json["explanation"]["causes"].empty());
}

TEST(Verify, OfAMissingFileSaysSo) {
    const Played played = play({"verify", "no-such-file.dll"});
    EXPECT_EQ(played.code, ExitCode::Usage);
    EXPECT_THAT(played.errors, HasSubstr("ERROR_FILE_NOT_FOUND"));
}

}  // namespace
}  // namespace wslplugins::tool::test
