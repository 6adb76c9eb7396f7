// SPDX-License-Identifier: MIT
#include "tool/played_tool.hpp"
#include "tool/small_dll.hpp"

#include "development_certificate.hpp"

#include "platform/child_process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace wslplugins::tool::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr fs::perms owner_only = fs::perms::owner_all;

class Sign : public testing::Test {
protected:
    Sign() { write_file(dll_, small_dll()); }

    [[nodiscard]] Played sign() const { return sign(dll_); }
    [[nodiscard]] Played sign(const fs::path& file) const {
        return play({"sign", file.string(), "--certificate-folder", certificates_.string()});
    }

    [[nodiscard]] std::vector<DevelopmentCertificate> recorded() const {
        return read_certificates(certificates_).value();
    }

    /// What osslsigncode, which knows the certificate, says of the signature.
    [[nodiscard]] std::string verified_by() const {
        const std::string pem = (recorded().front().folder / "certificate.pem").string();
        const auto outcome =
            platform::run_program({"osslsigncode", "verify", "-CAfile", pem, "-in", dll_.string()});
        return outcome ? outcome->output : outcome.error().to_string();
    }

    TemporaryFolder folder_;
    fs::path dll_ = folder_.path() / "plugin \xC3\xA4.dll";
    fs::path certificates_ = folder_.path() / "certificates";
};

TEST_F(Sign, SignsInPlaceAndLeavesNothingElse) {
    fs::permissions(dll_, fs::perms::owner_read | fs::perms::owner_write | fs::perms::others_read);
    const Played played = sign();
    EXPECT_EQ(played.code, ExitCode::Good) << played.errors;
    EXPECT_GT(fs::file_size(dll_), small_dll().size());
    EXPECT_THAT(verified_by(), HasSubstr("Succeeded"));
    EXPECT_EQ(fs::status(dll_).permissions(),
              fs::perms::owner_read | fs::perms::owner_write | fs::perms::others_read);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), {}), 2);
}

TEST_F(Sign, KeepsTheKeyItsOwnersAlone) {
    ASSERT_EQ(sign().code, ExitCode::Good);
    ASSERT_EQ(recorded().size(), 1u);
    const fs::path own = recorded().front().folder;
    EXPECT_EQ(fs::status(certificates_).permissions(), owner_only);
    EXPECT_EQ(fs::status(own).permissions(), owner_only);
    EXPECT_EQ(fs::status(own / "key.pem").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(std::distance(fs::directory_iterator(certificates_), {}), 1);
}

TEST_F(Sign, UsesACertificateAgainWhileItIsValid) {
    ASSERT_EQ(sign().code, ExitCode::Good);
    const Played again = sign();
    EXPECT_EQ(again.code, ExitCode::Good) << again.errors;
    EXPECT_THAT(again.output, Not(HasSubstr("Made the certificate")));
    EXPECT_EQ(recorded().size(), 1u);
    EXPECT_THAT(verified_by(), HasSubstr("Succeeded"));
}

TEST_F(Sign, MakesANewCertificateWhenTheOldOneEndsToday) {
    ASSERT_EQ(sign().code, ExitCode::Good);
    const DevelopmentCertificate old = recorded().front();
    std::string record = read_file(old.folder / "record.json");
    record.replace(record.find(old.not_after), old.not_after.size(), "2020-01-01T00:00:00Z");
    write_file(old.folder / "record.json", record);
    const Played again = sign();
    EXPECT_EQ(again.code, ExitCode::Good) << again.errors;
    EXPECT_THAT(again.output, HasSubstr("Made the certificate"));
    ASSERT_EQ(recorded().size(), 2u);
    EXPECT_NE(recorded().front().thumbprint, old.thumbprint);
    EXPECT_THAT(verified_by(), HasSubstr("Succeeded"));
}

TEST_F(Sign, RecordsWhatTheCertificateIs) {
    ASSERT_EQ(sign().code, ExitCode::Good);
    const DevelopmentCertificate made = recorded().front();
    EXPECT_EQ(made.subject, "CN=wslplugins development");
    EXPECT_THAT(made.thumbprint, testing::MatchesRegex("[0-9A-F]+"));
    EXPECT_EQ(made.thumbprint.size(), 40u);
    EXPECT_EQ(made.folder.filename(), made.thumbprint);
    const auto text = platform::run_program({"openssl",
                                             "x509",
                                             "-inform",
                                             "DER",
                                             "-in",
                                             (made.folder / "certificate.der").string(),
                                             "-noout",
                                             "-text"});
    ASSERT_TRUE(text);
    EXPECT_THAT(text->output, HasSubstr("Public-Key: (3072 bit)"));
    EXPECT_THAT(text->output, HasSubstr("sha256WithRSAEncryption"));
    EXPECT_THAT(text->output, HasSubstr("Code Signing"));
    EXPECT_THAT(text->output, HasSubstr("CA:FALSE"));
}

TEST_F(Sign, TwoAtOnceBothSucceed) {
    const fs::path other = folder_.path() / "other.dll";
    write_file(other, small_dll());
    Played second;
    std::thread thread([&] { second = sign(other); });
    const Played first = sign();
    thread.join();
    EXPECT_EQ(first.code, ExitCode::Good) << first.errors;
    EXPECT_EQ(second.code, ExitCode::Good) << second.errors;
}

TEST_F(Sign, SignsWhatALinkNames) {
    const fs::path link = folder_.path() / "link.dll";
    fs::create_symlink(dll_, link);
    ASSERT_EQ(sign(link).code, ExitCode::Good);
    EXPECT_TRUE(fs::is_symlink(link));
    EXPECT_THAT(verified_by(), HasSubstr("Succeeded"));
}

TEST_F(Sign, DryRunChangesNothing) {
    const Played played =
        play({"sign", dll_.string(), "--dry-run", "--certificate-folder", certificates_.string()});
    EXPECT_EQ(played.code, ExitCode::Good);
    EXPECT_THAT(played.output, HasSubstr("Would sign"));
    EXPECT_EQ(read_file(dll_), small_dll());
    EXPECT_FALSE(fs::exists(certificates_));
}

TEST_F(Sign, RefusesAFolderThatIsOpenToOthers) {
    fs::create_directory(certificates_);
    fs::permissions(certificates_, fs::perms::owner_all | fs::perms::others_read);
    const Played played = sign();
    EXPECT_EQ(played.code, ExitCode::Environment);
    EXPECT_THAT(played.errors, HasSubstr("is open to other users"));
    EXPECT_THAT(played.errors, HasSubstr("0x80070005 (E_ACCESSDENIED)"));
    EXPECT_EQ(read_file(dll_), small_dll());
}

TEST_F(Sign, RefusesABrokenRecord) {
    ASSERT_EQ(sign().code, ExitCode::Good);
    write_file(recorded().front().folder / "record.json", "{\"schema\": 1, \"thumb");
    const Played played = sign();
    EXPECT_EQ(played.code, ExitCode::Environment);
    EXPECT_THAT(played.errors, HasSubstr("is not a certificate's record"));
}

TEST_F(Sign, RefusesWhatIsNoDllAndLeavesItAlone) {
    const fs::path text = folder_.path() / "text.dll";
    write_file(text, "no program");
    const Played played = sign(text);
    EXPECT_EQ(played.code, ExitCode::Usage);
    EXPECT_THAT(played.errors,
                HasSubstr("is not a Windows DLL: 0x800700C1 (ERROR_BAD_EXE_FORMAT)"));
    EXPECT_EQ(read_file(text), "no program");
    EXPECT_EQ(sign(folder_.path() / "none.dll").code, ExitCode::Usage);
    EXPECT_EQ(sign(folder_.path()).code, ExitCode::Usage);
    EXPECT_FALSE(fs::exists(certificates_));
}

TEST_F(Sign, LeavesAFileThatCannotBeSignedAsItWas) {
    const std::string headers_only = small_dll().substr(0, 0x60);
    write_file(dll_, headers_only);
    const Played played = sign();
    EXPECT_EQ(played.code, ExitCode::Environment);
    EXPECT_THAT(played.errors, HasSubstr("'osslsigncode' ended with exit code"));
    EXPECT_EQ(read_file(dll_), headers_only);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), {}), 2);
}

}  // namespace
}  // namespace wslplugins::tool::test
