// SPDX-License-Identifier: MIT
#include "testhost/raw_plugins.hpp"

#include <gmock/gmock.h>

#include <cstring>
#include <map>
#include <thread>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// What OnVMStarted heard of a session.
struct Heard {
    std::uint32_t id = 0;
    std::vector<std::uint8_t> sid;
};

std::vector<std::uint8_t> bytes_of(const void* sid) {
    const auto* const bytes = static_cast<const std::uint8_t*>(sid);
    return {bytes, bytes + 28};
}

class Users : public testing::Test {
protected:
    Users() {
        plugin.watch_everything();
        plugin.on(Hook::OnVMStarted, [this](const HookArguments& arguments) {
            heard.push_back({arguments.session().SessionId, bytes_of(arguments.session().UserSid)});
            return 0;
        });
        ServiceOptions options;
        options.plugins = {plugin.registration()};
        options.distributions = {
            {"Debian", Guid::parse("00000001-0000-0000-0000-00000000000a").value(), "", 2, "alice"},
            {"Debian", Guid::parse("00000001-0000-0000-0000-00000000000b").value(), "", 2, "Bob"}};
        service = start_service(std::move(options));
    }

    std::vector<Heard> heard;
    RelayedPlugin plugin{'a'};
    std::unique_ptr<Service> service;
};

TEST_F(Users, HaveSessionsAndSidsOfTheirOwn) {
    EXPECT_EQ(service->user("bob").launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(service->user("Alice").launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(service->user("alice").shutdown().exit_code, 0);
    EXPECT_EQ(service->user("alice").launch("", {"true"}).exit_code, 0);
    ASSERT_EQ(heard.size(), 3u);
    EXPECT_EQ(heard[0].id, 0u) << "ids count from 0, in the order of the first commands";
    EXPECT_EQ(heard[1].id, 1u);
    EXPECT_EQ(heard[2].id, 1u) << "an id outlives the machine";
    EXPECT_NE(heard[0].sid, heard[1].sid);
    EXPECT_EQ(heard[1].sid, heard[2].sid);
}

TEST_F(Users, HaveMachinesOfTheirOwn) {
    EXPECT_EQ(service->user("alice").launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(service->user("bob").launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(service->user("alice").shutdown().exit_code, 0);
    EXPECT_THAT(hooks_called(*service),
                ElementsAre("a OnVMStarted",
                            "a OnDistributionStarted",
                            "a OnVMStarted",
                            "a OnDistributionStarted",
                            "a OnDistributionStopping",
                            "a OnVMStopping"));
    EXPECT_EQ(service->user("bob").launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(heard.size(), 2u) << "bob's machine runs on";
}

TEST_F(Users, WithoutADistributionAreToldSo) {
    EXPECT_EQ(service->user("carol").launch("", {"true"}).text,
              "Windows Subsystem for Linux has no installed distributions.\n"
              "Error code: Wsl/Service/WSL_E_DEFAULT_DISTRO_NOT_FOUND\n");
}

TEST_F(Users, GiveCommandsAtTheSameTime) {
    std::vector<UserOutput> outputs(2);
    {
        const std::jthread alice(
            [&] { outputs[0] = service->user("alice").launch("", {"echo", "a"}); });
        const std::jthread bob(
            [&] { outputs[1] = service->user("bob").launch("", {"echo", "b"}); });
    }
    EXPECT_EQ(outputs[0].text, "a\n");
    EXPECT_EQ(outputs[1].text, "b\n");
}

TEST_F(Users, GetANewSessionAfterTheyHaveLoggedOff) {
    EXPECT_EQ(service->user("alice").launch("", {"true"}).exit_code, 0);
    abi::HRESULT answer = 0;
    std::thread::id hook_thread;
    plugin.on(Hook::OnVMStopping, [&](const HookArguments& arguments) {
        const char* list[] = {"true", nullptr};
        abi::SOCKET socket = 0;
        answer =
            arguments.api.ExecuteBinary(arguments.session().SessionId, "/bin/true", list, &socket);
        hook_thread = std::this_thread::get_id();
        return 0;
    });
    service->user("alice").log_off();
    EXPECT_EQ(answer, code(0x80010108u)) << "the session is not found any more";
    EXPECT_NE(hook_thread, std::this_thread::get_id()) << "a thread of the service's own";
    EXPECT_EQ(service->user("alice").launch("", {"true"}).exit_code, 0);
    service.reset();
    ASSERT_EQ(heard.size(), 2u);
    EXPECT_EQ(heard[1].id, 1u);
}

TEST_F(Users, WithoutASessionLogOffInSilence) {
    service->user("alice").log_off();
    EXPECT_THAT(hooks_called(*service), ElementsAre());
}

TEST_F(Users, OfBashSeeItsNameAndItsExitCode) {
    EXPECT_EQ(service->user("alice").launch_bash({"echo", "hi"}).text, "hi\n");
    EXPECT_EQ(service->user("alice").shutdown().exit_code, 0);
    plugin.on(Hook::OnVMStarted, [](const HookArguments&) { return code(0x80070005u); });
    const UserOutput refused = service->user("alice").launch_bash({"true"});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_EQ(refused.text,
              "A fatal error was returned by plugin 'a'\n"
              "Error code: Bash/Service/CreateInstance/CreateVm/Plugin/E_ACCESSDENIED\n");
    EXPECT_EQ(entry_named(*service, "bash.exe").kind, JournalKind::User);
}

TEST(UsersOptions, RefuseWhatARegistryCannotHave) {
    const auto refused = [](std::vector<DistributionOptions> distributions) {
        ServiceOptions options;
        options.signature_check = SignatureCheck::Unofficial;
        options.distributions = std::move(distributions);
        const auto service = Service::start(std::move(options));
        return service ? std::string("started") : service.error().text();
    };
    const Guid one = Guid::parse("00000001-0000-0000-0000-00000000000a").value();
    const Guid two = Guid::parse("00000001-0000-0000-0000-00000000000b").value();
    EXPECT_THAT(refused({{"A", one, "", 2, "bob"}, {"a", two, "", 2, "BOB"}}), HasSubstr("named"));
    EXPECT_THAT(refused({{"A", one, ""}, {"B", one, ""}}), HasSubstr("have the id"));
    EXPECT_THAT(refused({{"A", one, "", 3}}), HasSubstr("of WSL 3"));
    EXPECT_THAT(refused({{"A", one, "", 2, "", "/no/such/folder"}}), HasSubstr("not a folder"));
    EXPECT_EQ(refused({{"A", one, "", 2, "bob"}, {"A", one, "", 2, "alice"}}), "started");
}

}  // namespace
}  // namespace wslplugins::testhost
