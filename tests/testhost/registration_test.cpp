// SPDX-License-Identifier: MIT
#include "platform/socket.hpp"
#include "testhost/distribution_folder.hpp"
#include "testhost/raw_plugins.hpp"

#include <wslplugins/core/text.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <future>
#include <thread>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr char success[] = "The operation completed successfully.\n";

abi::HRESULT execute_in(const HookArguments& arguments, const abi::GUID& distribution) {
    const char* list[] = {"true", nullptr};
    abi::SOCKET socket = 0;
    const abi::HRESULT result = arguments.api.ExecuteBinaryInDistribution(
        arguments.session().SessionId, &distribution, "/bin/true", list, &socket);
    if (result == 0) {
        (void)platform::Socket(socket);
    }
    return result;
}

abi::HRESULT execute(const abi::WSLPluginAPIV1& api) {
    const char* list[] = {"true", nullptr};
    abi::SOCKET socket = 0;
    const abi::HRESULT result = api.ExecuteBinary(0, "/bin/true", list, &socket);
    if (result == 0) {
        (void)platform::Socket(socket);
    }
    return result;
}

/// A text that may be NULL.
std::string shown(abi::LPCWSTR text) {
    return text == nullptr ? "NULL" : to_utf8(text).value();
}

/// Everything that a hook hears of a distribution that is not running.
std::string shown(const abi::WslOfflineDistributionInformation& distribution) {
    return shown(distribution.Name) + '|' + shown(distribution.PackageFamilyName) + '|' +
           shown(distribution.Flavor) + '|' + shown(distribution.Version);
}

class Registration : public testing::Test {
protected:
    Registration() {
        plugin.watch_everything();
        plugin.on(Hook::OnDistributionRegistered,
                  [this](const HookArguments& arguments) { return on_registered(arguments); });
        plugin.on(Hook::OnDistributionUnregistered, [this](const HookArguments& arguments) {
            unregistered = shown(arguments.offline_distribution());
            had_token = arguments.session().UserToken != nullptr;
            return code(0x80004005u);
        });
        ServiceOptions options;
        options.plugins = {plugin.registration()};
        service = start_service(std::move(options));
    }

    void TearDown() override { service.reset(); }

    abi::HRESULT on_registered(const HookArguments& arguments) {
        const abi::WslOfflineDistributionInformation& distribution =
            arguments.offline_distribution();
        registered = shown(distribution);
        had_token = arguments.session().UserToken != nullptr;
        exec_result = execute_in(arguments, distribution.Id);
        return code(0x80004005u);
    }

    [[nodiscard]] ImportOptions import_options(int wsl_version = 2) const {
        return {"Tiny", folder.tar(), folder.at("place"), wsl_version};
    }

    [[nodiscard]] User user() const { return service->user(); }

    DistributionFolder folder;
    RelayedPlugin plugin{'a'};
    std::unique_ptr<Service> service;
    std::string registered;
    std::string unregistered;
    bool had_token = false;
    abi::HRESULT exec_result = 0;
};

TEST_F(Registration, OfATarStartsTheMachineAndTells) {
    const UserOutput output = user().import_tar(import_options());
    EXPECT_EQ(output.text, success);
    EXPECT_EQ(output.exit_code, 0);
    EXPECT_THAT(hooks_called(*service), ElementsAre("a OnVMStarted", "a OnDistributionRegistered"));
    EXPECT_EQ(registered, "Tiny||tiny|7");
    EXPECT_EQ(exec_result, code(0x8000000Du)) << "the distribution is locked";
    EXPECT_EQ(user().launch("tiny", {"cat", "/etc/issue.net"}).text, "Tiny 7\n");
    EXPECT_EQ(hooks_called(*service).back(), "a OnDistributionStarted");
}

TEST_F(Registration, OfATarKeepsWhatProgramsWrite) {
    ASSERT_EQ(user().import_tar(import_options()).exit_code, 0);
    EXPECT_EQ(user().launch("Tiny", {"sh", "-c", "echo kept > /etc/note"}).exit_code, 0);
    EXPECT_EQ(user().shutdown().exit_code, 0);
    EXPECT_EQ(user().launch("Tiny", {"cat", "/etc/note"}).text, "kept\n");
    EXPECT_EQ(folder.text_of("place/ext4.vhdx/etc/note"), "kept\n");
}

TEST_F(Registration, OfATarForWsl1NeedsNoMachine) {
    EXPECT_EQ(user().import_tar(import_options(1)).text, success);
    EXPECT_THAT(hooks_called(*service), ElementsAre("a OnDistributionRegistered"));
    EXPECT_FALSE(had_token);
    EXPECT_EQ(exec_result, code(0x8007139Fu)) << "there is no machine";
    EXPECT_EQ(user().launch("Tiny", {"cat", "/etc/issue.net"}).text, "Tiny 7\n");
    EXPECT_THAT(hooks_called(*service), ElementsAre("a OnDistributionRegistered"));
}

TEST_F(Registration, OfAFolderIsAsOfATarOfIt) {
    ImportOptions options = import_options();
    options.source = folder.root();
    EXPECT_EQ(user().import_tar(options).text, success);
    EXPECT_EQ(registered, "Tiny||tiny|7");
    EXPECT_EQ(user().launch("Tiny", {"cat", "/etc/issue.net"}).text, "Tiny 7\n");
}

TEST_F(Registration, OfADiskNeedsNoMachineAndLooksIntoNothing) {
    ImportOptions options = import_options();
    options.source = folder.root();
    EXPECT_EQ(user().import_disk(options).text, success);
    EXPECT_THAT(hooks_called(*service), ElementsAre("a OnDistributionRegistered"));
    EXPECT_EQ(registered, "Tiny|||") << "absent texts are \"\", not NULL";
    EXPECT_FALSE(had_token);
    std::string flavor;
    plugin.on(Hook::OnDistributionStarted, [&](const HookArguments& arguments) {
        flavor = shown(arguments.distribution().Flavor);
        return 0;
    });
    EXPECT_EQ(user().launch("Tiny", {"true"}).exit_code, 0);
    EXPECT_EQ(flavor, "tiny") << "its init says so when it first starts";
}

TEST_F(Registration, InPlaceHoldsTheLockAndLocksNoDistribution) {
    std::promise<void> is_calling;
    std::jthread other;
    plugin.on(Hook::OnDistributionRegistered, [&](const HookArguments& arguments) {
        other = std::jthread([&] {
            is_calling.set_value();
            EXPECT_EQ(execute(plugin.api()), 0);
        });
        is_calling.get_future().wait();
        // Each of these takes and gives the lock once more: an unfair lock would let the other thread in.
        for (int i = 0; i < 10; ++i) {
            EXPECT_EQ(execute(arguments.api), 0);
        }
        return on_registered(arguments);
    });
    EXPECT_EQ(user().import_in_place("Tiny", folder.root()).text, success);
    other.join();
    EXPECT_THAT(hooks_called(*service), ElementsAre("a OnVMStarted", "a OnDistributionRegistered"));
    EXPECT_EQ(registered, "Tiny||tiny|7");
    EXPECT_EQ(exec_result, code(0x80040313u)) << "it does not run";
    const auto entries = service->journal().entries();
    const JournalEntry hook = entry_named(*service, "OnDistributionRegistered");
    const auto waiting = std::ranges::find_if(entries, [&](const JournalEntry& entry) {
        return entry.name == "ExecuteBinary" && entry.thread != hook.thread;
    });
    ASSERT_NE(waiting, entries.end());
    EXPECT_GE(waiting->time + *waiting->duration, hook.time + *hook.duration);
}

TEST_F(Registration, InPlaceNeverChangesTheFolder) {
    ASSERT_EQ(user().import_in_place("Tiny", folder.root()).exit_code, 0);
    EXPECT_EQ(
        user().launch("Tiny", {"sh", "-c", "echo x > /etc/issue.net; cat /etc/issue.net"}).text,
        "x\n");
    EXPECT_EQ(user().terminate("Tiny").text, success);
    EXPECT_EQ(user().launch("Tiny", {"cat", "/etc/issue.net"}).text, "Tiny 7\n");
    EXPECT_EQ(user().unregister("Tiny").exit_code, 0);
    EXPECT_EQ(folder.text_of("root/etc/issue.net"), "Tiny 7\n");
    EXPECT_FALSE(folder.has("root/init"));
}

TEST_F(Registration, OfATarHoldsNoLock) {
    abi::HRESULT other_result = -1;
    plugin.on(Hook::OnDistributionRegistered, [&](const HookArguments&) {
        std::thread([&] { other_result = execute(plugin.api()); }).join();
        return 0;
    });
    EXPECT_EQ(user().import_tar(import_options()).exit_code, 0);
    EXPECT_EQ(other_result, 0) << "a hook may wait for another thread's call here";
}

TEST_F(Registration, LocksTheDistributionForCommandsToo) {
    UserOutput launched;
    plugin.on(Hook::OnDistributionRegistered, [&](const HookArguments&) {
        std::thread([&] { launched = user().launch("Tiny", {"true"}); }).join();
        return 0;
    });
    EXPECT_EQ(user().import_tar(import_options()).exit_code, 0);
    EXPECT_EQ(launched.text,
              "An install, uninstall, or conversion is in progress for this distribution.\n"
              "Error code: Wsl/Service/CreateInstance/E_ILLEGAL_STATE_CHANGE\n");
}

TEST_F(Registration, ThatAPluginVetoesTheMachineOfFails) {
    plugin.on(Hook::OnVMStarted, [](const HookArguments&) { return code(0x80070005u); });
    const UserOutput output = user().import_tar(import_options());
    EXPECT_EQ(output.exit_code, -1);
    EXPECT_EQ(output.text,
              "A fatal error was returned by plugin 'a'\n"
              "Error code: Wsl/Service/RegisterDistro/CreateVm/Plugin/E_ACCESSDENIED\n");
    EXPECT_THAT(hooks_called(*service), ElementsAre("a OnVMStarted", "a OnVMStopping"));
    EXPECT_THAT(user().import_in_place("Tiny", folder.root()).text,
                HasSubstr("Wsl/Service/RegisterDistro/CreateVm/Plugin/E_ACCESSDENIED"));
    EXPECT_THAT(user().install(import_options()).text,
                HasSubstr("Wsl/InstallDistro/Service/RegisterDistro/CreateVm/Plugin/"));
    EXPECT_THAT(user().launch("Tiny", {"true"}).text, HasSubstr("WSL_E_DISTRO_NOT_FOUND"));
}

TEST_F(Registration, ThatFailsTellsNobody) {
    ImportOptions options = import_options();
    options.source = folder.at("root/etc/issue.net");
    const UserOutput broken = user().import_tar(options);
    EXPECT_EQ(broken.exit_code, -1);
    EXPECT_THAT(broken.text, StartsWith("Unpacking '"));
    EXPECT_THAT(broken.text,
                HasSubstr("Error code: Wsl/Service/RegisterDistro/WSL_E_IMPORT_FAILED"));
    EXPECT_THAT(hooks_called(*service), ElementsAre("a OnVMStarted"));
    EXPECT_EQ(user().shutdown().exit_code, 0);
    EXPECT_THAT(user().launch("Tiny", {"true"}).text, HasSubstr("WSL_E_DISTRO_NOT_FOUND"));
}

TEST_F(Registration, RefusesWhatIsNotThere) {
    ImportOptions options = import_options();
    options.source = folder.at("missing");
    EXPECT_EQ(user().import_tar(options).text, "Error code: Wsl/ERROR_FILE_NOT_FOUND\n");
    EXPECT_EQ(user().import_disk(options).text,
              "Error code: Wsl/Service/RegisterDistro/ERROR_FILE_NOT_FOUND\n");
    EXPECT_EQ(user().import_in_place("Tiny", options.source).text,
              "Error code: Wsl/Service/RegisterDistro/ERROR_FILE_NOT_FOUND\n");
    options = import_options(3);
    EXPECT_EQ(user().import_tar(options).text, "Error code: Wsl/E_INVALIDARG\n");
    EXPECT_THAT(hooks_called(*service), IsEmpty());
}

TEST_F(Registration, RefusesANameOrAPlaceThatIsTaken) {
    ASSERT_EQ(user().import_tar(import_options(1)).exit_code, 0);
    ImportOptions again = import_options(1);
    again.location = folder.at("elsewhere");
    again.name = "TINY";
    EXPECT_EQ(user().import_tar(again).text,
              "A distribution with the supplied name already exists.\n"
              "Error code: Wsl/Service/RegisterDistro/ERROR_ALREADY_EXISTS\n");
    ImportOptions same_place = import_options();
    same_place.name = "Other";
    EXPECT_THAT(user().import_tar(same_place).text, HasSubstr("RegisterDistro/ERROR_FILE_EXISTS"));
}

TEST_F(Registration, ByInstallationEndsInALaunch) {
    const UserOutput output = user().install(import_options());
    EXPECT_EQ(output.exit_code, 0);
    EXPECT_THAT(output.text, HasSubstr("Launching Tiny..."));
    EXPECT_THAT(
        hooks_called(*service),
        ElementsAre("a OnVMStarted", "a OnDistributionRegistered", "a OnDistributionStarted"));
}

TEST_F(Registration, EndsWithTheDiskAndThenTheHook) {
    ASSERT_EQ(user().import_tar(import_options()).exit_code, 0);
    ASSERT_EQ(user().launch("Tiny", {"true"}).exit_code, 0);
    bool was_there = true;
    plugin.on(Hook::OnDistributionUnregistered, [&](const HookArguments& arguments) {
        unregistered = shown(arguments.offline_distribution());
        was_there = folder.has("place/ext4.vhdx");
        return 0;
    });
    const std::size_t before = hooks_called(*service).size();
    EXPECT_EQ(user().unregister("Tiny").text, std::string("Unregistering.\n") + success);
    const auto calls = hooks_called(*service);
    EXPECT_THAT(std::vector(calls.begin() + static_cast<std::ptrdiff_t>(before), calls.end()),
                ElementsAre("a OnDistributionStopping", "a OnDistributionUnregistered"));
    EXPECT_EQ(unregistered, "Tiny||tiny|7");
    EXPECT_FALSE(was_there);
    EXPECT_THAT(user().unregister("Tiny").text, HasSubstr("Wsl/Service/WSL_E_DISTRO_NOT_FOUND"));
}

TEST_F(Registration, EndsWithoutAMachineWithoutAToken) {
    EXPECT_EQ(user().unregister("Debian").exit_code, 0) << "what the hook returns is ignored";
    EXPECT_THAT(hooks_called(*service), ElementsAre("a OnDistributionUnregistered"));
    EXPECT_EQ(unregistered, "Debian||NULL|NULL") << "absent texts are NULL here";
    EXPECT_FALSE(had_token);
    EXPECT_THAT(user().launch("", {"true"}).text, HasSubstr("WSL_E_DEFAULT_DISTRO_NOT_FOUND"));
}

TEST_F(Registration, AnewGivesANewId) {
    std::vector<Guid> ids;
    plugin.on(Hook::OnDistributionRegistered, [&](const HookArguments& arguments) {
        ids.emplace_back(arguments.offline_distribution().Id);
        return 0;
    });
    for (int i = 0; i < 2; ++i) {
        ASSERT_EQ(user().import_in_place("Tiny", folder.root()).exit_code, 0);
        ASSERT_EQ(user().unregister("Tiny").exit_code, 0);
    }
    ASSERT_EQ(ids.size(), 2u);
    EXPECT_NE(ids[0], ids[1]);
}

TEST_F(Registration, OfTheDefaultDistributionPassesToAnother) {
    ASSERT_EQ(user().import_in_place("Tiny", folder.root()).exit_code, 0);
    EXPECT_EQ(user().set_default("Tiny").text, success);
    EXPECT_EQ(user().launch("", {"cat", "/etc/issue.net"}).text, "Tiny 7\n");
    EXPECT_EQ(user().unregister("Tiny").exit_code, 0);
    EXPECT_EQ(user().launch("", {"true"}).exit_code, 0) << "Debian is elected";
}

}  // namespace
}  // namespace wslplugins::testhost
