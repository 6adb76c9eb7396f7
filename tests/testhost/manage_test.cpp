// SPDX-License-Identifier: MIT
// What `wsl --manage` and `wsl --unmount` do.
#include "testhost/distribution_folder.hpp"
#include "testhost/raw_plugins.hpp"

#include <gmock/gmock.h>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char success[] = "The operation completed successfully.\n";

class Management : public testing::Test {
protected:
    Management() {
        plugin_.watch_everything();
        ServiceOptions options;
        options.plugins = {plugin_.registration()};
        options.distributions = {
            {"Tiny",
             Guid::parse("00000001-0000-0000-0000-00000000000a").value(),
             "",
             2,
             "",
             folder_.root()},
            {"Old", Guid::parse("00000001-0000-0000-0000-00000000000b").value(), "", 1}};
        service_ = start_service(std::move(options));
    }

    void TearDown() override { service_.reset(); }

    [[nodiscard]] User user() const { return service_->user(); }

    DistributionFolder folder_;
    RelayedPlugin plugin_{'a'};
    std::unique_ptr<Service> service_;
};

TEST_F(Management, ResizesWithTheMachineAndWithoutADistributionsHooks) {
    EXPECT_EQ(user().resize("Tiny", "64GB").text, success);
    EXPECT_THAT(hooks_called(*service_), ElementsAre("a OnVMStarted"));
    EXPECT_EQ(user().resize("Tiny", "128GB").text, success);
    EXPECT_EQ(hooks_called(*service_).size(), 1u) << "the machine runs already";
}

TEST_F(Management, ShowsItsOwnPathForAVeto) {
    plugin_.on(Hook::OnVMStarted, [](const HookArguments&) { return code(0x80070005u); });
    EXPECT_THAT(user().resize("Tiny", "64GB").text,
                HasSubstr("Error code: Wsl/Service/CreateVm/Plugin/E_ACCESSDENIED"));
}

TEST_F(Management, WantsADistributionOfWsl2ThatDoesNotRun) {
    EXPECT_THAT(user().resize("Old", "64GB").text, HasSubstr("Wsl/Service/WSL_E_WSL2_NEEDED"));
    EXPECT_EQ(user().launch("Tiny", {"true"}).exit_code, 0);
    EXPECT_THAT(user().resize("Tiny", "64GB").text,
                HasSubstr("Wsl/Service/WSL_E_DISTRO_NOT_STOPPED"));
    EXPECT_THAT(user().move("Tiny", folder_.at("new")).text,
                HasSubstr("Wsl/Service/WSL_E_DISTRO_NOT_STOPPED"));
    EXPECT_THAT(user().resize("Gentoo", "64GB").text, HasSubstr("WSL_E_DISTRO_NOT_FOUND"));
    EXPECT_EQ(user().terminate("Tiny").exit_code, 0);
    EXPECT_EQ(user().resize("Tiny", "64GB").exit_code, 0);
}

TEST_F(Management, MovesTheDiskAndTellsNobody) {
    ASSERT_EQ(user().import_disk({"Mine", folder_.root(), folder_.at("place"), 2}).exit_code, 0);
    const std::size_t before = hooks_called(*service_).size();
    EXPECT_EQ(user().move("Mine", folder_.at("other")).text, success);
    EXPECT_EQ(hooks_called(*service_).size(), before);
    EXPECT_FALSE(folder_.has("place/ext4.vhdx"));
    EXPECT_EQ(folder_.text_of("other/ext4.vhdx/etc/issue.net"), "Tiny 7\n");
    EXPECT_EQ(user().launch("Mine", {"cat", "/etc/issue.net"}).text, "Tiny 7\n");
    EXPECT_EQ(user().unregister("Mine").exit_code, 0);
    EXPECT_FALSE(folder_.has("other/ext4.vhdx"));
}

TEST_F(Management, MovesNothingThatIsNotItsOwn) {
    EXPECT_EQ(user().move("Tiny", folder_.at("other")).text, success);
    EXPECT_TRUE(folder_.has("root/etc/issue.net"));
    EXPECT_FALSE(folder_.has("other"));
}

TEST_F(Management, DetachesADiskForTheLaterMachinesToo) {
    const std::string disk = folder_.tar();
    EXPECT_EQ(user().attach_disk(disk).text, success);
    EXPECT_EQ(user().detach_disk(disk).text, success);
    EXPECT_THAT(user().detach_disk(disk).text,
                HasSubstr("Error code: Wsl/Service/DetachDisk/ERROR_FILE_NOT_FOUND"));
    EXPECT_THAT(hooks_called(*service_), ElementsAre("a OnVMStarted")) << "attaching needed it";
    EXPECT_EQ(user().attach_disk(disk).text, success);
    EXPECT_EQ(user().shutdown().exit_code, 0);
    EXPECT_EQ(user().detach_disk(disk).text, success) << "also without a machine";
    EXPECT_EQ(hooks_called(*service_).size(), 2u);
}

}  // namespace
}  // namespace wslplugins::testhost
