// SPDX-License-Identifier: MIT
// A plugin made with the framework at work in container sessions of the test host, with real programs.
#include "platform/paths.hpp"

#include <wslplugins/testhost/service.hpp>

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace wslplugins::testhost {
namespace {

using testing::HasSubstr;

#if defined(_WIN32)
constexpr char suffix[] = ".dll";
#else
constexpr char suffix[] = ".so";
#endif

class ContainerFlow : public testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / "wslplugins-container-flow";
        std::filesystem::create_directories(folder_);
        std::ofstream(folder_ / "file") << "from Windows";
        set_variable(platform::utf8_from_path(folder_));
        const auto program = platform::executable_path().value();
        ServiceOptions options;
        options.plugins = {
            {"containing",
             platform::utf8_from_path(program.parent_path().parent_path() / "fixtures" /
                                      (std::string("containing") + suffix)),
             true}};
        options.signature_check = SignatureCheck::Unofficial;
        auto service = Service::start(std::move(options));
        ASSERT_TRUE(service) << service.error().to_string();
        service_ = std::move(*service);
        service_->wslc().publish({.reference = "base"});
    }

    void TearDown() override {
        service_.reset();
        std::filesystem::remove_all(folder_);
    }

    static void set_variable(const std::string& value) {
#if defined(_WIN32)
        (void)::_putenv_s("WSLPLUGINS_FIXTURE_FOLDER", value.c_str());
#else
        (void)::setenv("WSLPLUGINS_FIXTURE_FOLDER", value.c_str(), 1);
#endif
    }

    /// Everything that the plugin logged.
    std::string log() {
        std::string text;
        for (const JournalEntry& entry : service_->journal().entries()) {
            if (entry.kind == JournalKind::Log) {
                text += entry.text + "\n";
            }
        }
        return text;
    }

    std::filesystem::path folder_;
    std::unique_ptr<Service> service_;
};

TEST_F(ContainerFlow, RunsProgramsAndMountsAFolderInTheMachine) {
    const UserOutput listed = service_->wslc().list_images();
    EXPECT_EQ(listed.exit_code, 0) << listed.text;
    const std::string text = log();
    EXPECT_THAT(text, HasSubstr("typed|value"));
    EXPECT_THAT(text, HasSubstr("exit code 3"));
    EXPECT_THAT(text, HasSubstr("missing"));
    EXPECT_THAT(text, HasSubstr("RPC_E_WRONG_THREAD"));
    EXPECT_THAT(text, HasSubstr("hello|exit code 0"));
    EXPECT_THAT(text, HasSubstr("from Windows"));
    for (const JournalEntry& entry : service_->journal().entries()) {
        if (entry.kind == JournalKind::Hook && entry.name == "WslcVmStarted") {
            EXPECT_EQ(entry.result, HResult::ok);
        }
    }
}

TEST_F(ContainerFlow, SeesContainersComeAndGoAndRefusesOne) {
    const WslcUser user = service_->wslc();
    EXPECT_EQ(user.run({.image = "base", .command = {"echo", "allowed"}}).text, "allowed\n");
    EXPECT_THAT(log(), HasSubstr("container-stopping"));
    const UserOutput refused =
        user.run({.image = "base", .command = {"sleep", "1000"}, .name = "forbidden"});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_EQ(refused.text,
              "A fatal error was returned by plugin 'containing'. Error message: 'This container "
              "is forbidden.'\nError code: E_ACCESSDENIED\n");
}

}  // namespace
}  // namespace wslplugins::testhost
