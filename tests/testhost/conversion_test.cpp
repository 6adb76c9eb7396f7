// SPDX-License-Identifier: MIT
#include "platform/socket.hpp"
#include "testhost/distribution_folder.hpp"
#include "testhost/raw_plugins.hpp"

#include <gmock/gmock.h>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr char success[] = "The operation completed successfully.\n";

class Conversion : public testing::Test {
protected:
    Conversion() {
        plugin.watch_everything();
        ServiceOptions options;
        options.plugins = {plugin.registration()};
        options.distributions = {{"Tiny", Guid::parse(id).value(), "", 2, "", folder.root()},
                                 {"Old", Guid::parse(old_id).value(), "", 1, "", folder.root()}};
        service = start_service(std::move(options));
    }

    [[nodiscard]] User user() const { return service->user(); }

    static constexpr char id[] = "00000001-0000-0000-0000-00000000000a";
    static constexpr char old_id[] = "00000001-0000-0000-0000-00000000000b";

    DistributionFolder folder;
    RelayedPlugin plugin{'a'};
    std::unique_ptr<Service> service;
};

TEST_F(Conversion, ToATarStopsTheDistributionAndNeedsTheMachine) {
    ASSERT_EQ(user().launch("Tiny", {"true"}).exit_code, 0);
    EXPECT_EQ(user().export_tar("Tiny", folder.at("out.tar")).text, success);
    EXPECT_THAT(
        hooks_called(*service),
        ElementsAre("a OnVMStarted", "a OnDistributionStarted", "a OnDistributionStopping"));
    EXPECT_EQ(user().shutdown().exit_code, 0);
    EXPECT_EQ(user().export_tar("Tiny", folder.at("again.tar")).exit_code, 0);
    EXPECT_EQ(hooks_called(*service).back(), "a OnVMStarted");
    EXPECT_EQ(user().import_tar({"Copy", folder.at("again.tar"), folder.at("copy"), 1}).exit_code,
              0);
    EXPECT_EQ(user().launch("Copy", {"cat", "/etc/issue.net"}).text, "Tiny 7\n");
}

TEST_F(Conversion, ToADiskNeedsNoMachine) {
    EXPECT_EQ(user().export_disk("Tiny", folder.at("out.vhdx")).text, success);
    EXPECT_THAT(hooks_called(*service), ElementsAre());
    EXPECT_EQ(folder.text_of("out.vhdx/etc/issue.net"), "Tiny 7\n");
    EXPECT_THAT(user().export_disk("Old", folder.at("old.vhdx")).text,
                HasSubstr("Wsl/Service/WSL_E_WSL2_NEEDED"));
}

TEST_F(Conversion, ShowsItsOwnPathForAVeto) {
    plugin.on(Hook::OnVMStarted, [](const HookArguments&) { return code(0x80070005u); });
    EXPECT_THAT(user().export_tar("Tiny", folder.at("out.tar")).text,
                HasSubstr("Error code: Wsl/Service/CreateVm/Plugin/E_ACCESSDENIED"));
    EXPECT_THAT(user().set_version("Old", 2).text,
                HasSubstr("Error code: Wsl/Service/CreateVm/Plugin/E_ACCESSDENIED"));
    EXPECT_FALSE(folder.has("out.tar"));
}

TEST_F(Conversion, OfAThrowawayHasNothingToExport) {
    service.reset();
    service = start_service({&plugin});
    EXPECT_THAT(user().export_tar("Debian", folder.at("out.tar")).text,
                HasSubstr("Wsl/Service/WSL_E_EXPORT_FAILED"));
}

TEST_F(Conversion, BetweenVersionsStopsTheDistributionAndRegistersNothing) {
    ASSERT_EQ(user().import_tar({"Mine", folder.tar(), folder.at("place"), 2}).exit_code, 0);
    ASSERT_EQ(user().launch("Mine", {"true"}).exit_code, 0);
    const std::size_t before = hooks_called(*service).size();
    EXPECT_EQ(user().set_version("Mine", 1).text, success);
    EXPECT_EQ(hooks_called(*service).size(), before + 1);
    EXPECT_EQ(hooks_called(*service).back(), "a OnDistributionStopping");
    EXPECT_TRUE(folder.has("place/rootfs"));
    EXPECT_EQ(user().launch("Mine", {"cat", "/etc/issue.net"}).text, "Tiny 7\n");
    EXPECT_EQ(hooks_called(*service).size(), before + 1) << "WSL 1 has no hooks";
    EXPECT_EQ(user().set_version("Mine", 1).text,
              "The distribution is already the requested version.\n"
              "Error code: Wsl/Service/WSL_E_VM_MODE_INVALID_STATE\n");
    EXPECT_EQ(user().set_version("Mine", 3).text, "Error code: Wsl/E_INVALIDARG\n");
}

TEST_F(Conversion, OfTheDefaultUserStopsTheDistribution) {
    ASSERT_EQ(user().launch("Tiny", {"true"}).exit_code, 0);
    EXPECT_EQ(user().set_default_user("Tiny", 1000).exit_code, 0);
    EXPECT_EQ(hooks_called(*service).back(), "a OnDistributionStopping");
    EXPECT_EQ(user().set_default_user("Tiny", 0).exit_code, 0);
    EXPECT_EQ(hooks_called(*service).size(), 3u);
}

TEST_F(Conversion, DoesNotMixWsl1AndWsl2) {
    abi::HRESULT without_machine = 0;
    abi::HRESULT running = 0;
    const auto execute = [this](const char* distribution) {
        const char* list[] = {"true", nullptr};
        abi::SOCKET socket = 0;
        const abi::GUID raw = Guid::parse(distribution).value().raw();
        return plugin.api().ExecuteBinaryInDistribution(0, &raw, "/bin/true", list, &socket);
    };
    EXPECT_EQ(user().launch("Old", {"cat", "/etc/issue.net"}).text, "Tiny 7\n");
    without_machine = execute(old_id);
    EXPECT_THAT(hooks_called(*service), ElementsAre());
    EXPECT_EQ(user().launch("Tiny", {"cat", "/etc/issue.net"}).text, "Tiny 7\n");
    running = execute(old_id);
    EXPECT_EQ(without_machine, code(0x8007139Fu)) << "that there is no machine comes first";
    EXPECT_EQ(running, code(0x8004031Cu));
}

TEST_F(Conversion, LeavesWsl1AloneWhenAPluginIsNotLoaded) {
    service.reset();
    plugin.on_entry([](const auto&, auto&) { return code(0x80004005u); });
    ServiceOptions options;
    options.plugins = {plugin.registration()};
    options.distributions = {{"Old", Guid::parse(old_id).value(), "", 1},
                             {"New", Guid::parse(id).value(), "", 2}};
    service = start_service(std::move(options));
    EXPECT_EQ(user().launch("Old", {"echo", "hi"}).text, "hi\n");
    EXPECT_EQ(user().launch("New", {"true"}).exit_code, -1);
    EXPECT_EQ(user().set_default("New").exit_code, 0) << "what needs no machine works";
}

/// Settings of a user, policies over them, and the flags that OnVMStarted hears of.
struct Customised {
    WslConfig config;
    WslPolicy policy;
    int flags;
};

class CustomSettings : public testing::TestWithParam<Customised> {};

TEST_P(CustomSettings, AreToldAsFarAsThePoliciesLetThem) {
    RelayedPlugin plugin('a');
    int flags = -1;
    plugin.on(Hook::OnVMStarted, [&](const HookArguments& arguments) {
        flags = static_cast<int>(arguments.settings().CustomConfigurationFlags);
        return 0;
    });
    const auto service = start_service({&plugin});
    service->user().set_config(GetParam().config);
    service->set_policy(GetParam().policy);
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(flags, GetParam().flags);
}

INSTANTIATE_TEST_SUITE_P(
    EachWay,
    CustomSettings,
    testing::Values(Customised{{}, {}, 0},
                    Customised{{.custom_kernel = true}, {}, 1},
                    Customised{{.custom_kernel_command_line = true}, {}, 2},
                    Customised{{.custom_kernel = true, .custom_kernel_command_line = true}, {}, 3},
                    Customised{{.custom_kernel = true, .custom_kernel_command_line = true},
                               {.allows_custom_kernel = false},
                               2},
                    Customised{{.custom_kernel = true, .custom_kernel_command_line = true},
                               {.allows_custom_kernel_command_line = false},
                               1},
                    Customised{{.custom_kernel = true, .safe_mode = true}, {}, 0}));

}  // namespace
}  // namespace wslplugins::testhost
