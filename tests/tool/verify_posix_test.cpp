// SPDX-License-Identifier: MIT
// What can be told of a signature where there is no WinVerifyTrust.
#include "tool/played_tool.hpp"
#include "tool/small_dll.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace wslplugins::tool::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::SizeIs;

class VerifySigned : public testing::Test {
protected:
    void SetUp() override {
        write_file(file_, small_dll());
        const Played signing =
            play({"sign", file_, "--certificate-folder", (folder_.path() / "c").string()});
        ASSERT_EQ(signing.code, ExitCode::Good) << signing.errors;
    }

    TemporaryFolder folder_;
    std::string file_ = (folder_.path() / "plugin.dll").string();
};

TEST_F(VerifySigned, SaysThatTheDigestHoldsAndThatOnlyWindowsKnowsTheRoot) {
    const Played played = play({"verify", "--json", file_});
    EXPECT_EQ(played.code, ExitCode::Environment) << played.output;
    const json report = json::parse(played.output);
    EXPECT_EQ(report["verdict"], "not-checked");
    EXPECT_THAT(std::string(report["checked"][0]), HasSubstr("is the one that was signed"));
    EXPECT_THAT(std::string(report["unchecked"][0]), HasSubstr("trusts the chain's root"));
    EXPECT_EQ(report["signature"]["digest_algorithm"], "SHA256");
    EXPECT_EQ(report["signature"]["chain"][0]["subject"], "CN=wslplugins development");
}

TEST_F(VerifySigned, FindsAFileThatWasChangedAfterwards) {
    std::string content = read_file(file_);
    content[0x300] = 'x';
    write_file(file_, content);
    const Played played = play({"verify", file_});
    EXPECT_EQ(played.code, ExitCode::Findings);
    EXPECT_THAT(played.output, HasSubstr("0x80096010 (TRUST_E_BAD_DIGEST)"));
}

TEST_F(VerifySigned, IsShownByInspectToo) {
    const json image = json::parse(play({"inspect", "--json", file_}).output)["image"];
    EXPECT_THAT(image["signature"]["chain"], SizeIs(1));
    EXPECT_THAT(std::string(image["signature"]["digest"]), SizeIs(64));
    EXPECT_TRUE(image["signature"]["time_stamp"].is_null());
}

TEST_F(VerifySigned, CutAtAnyByteNeverStopsTheReader) {
    const std::string content = read_file(file_);
    for (std::size_t size = small_dll().size(); size < content.size(); size += 7) {
        write_file(file_, content.substr(0, size));
        const json report = json::parse(play({"inspect", "--json", file_}).output);
        ASSERT_EQ(report["findings"][0]["severity"], "error") << size;
    }
}

}  // namespace
}  // namespace wslplugins::tool::test
