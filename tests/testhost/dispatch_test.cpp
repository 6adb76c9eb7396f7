// SPDX-License-Identifier: MIT
#include "testhost/raw_plugins.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <iterator>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Dispatch : public testing::Test {
protected:
    Dispatch() {
        for (RelayedPlugin* plugin : {&a, &b, &c}) {
            plugin->watch_everything();
        }
    }

    RelayedPlugin a{'a'};
    RelayedPlugin b{'b'};
    RelayedPlugin c{'c'};
};

TEST_F(Dispatch, GoesForwardForStartingAndForStopping) {
    const auto service = start_service({&c, &a, &b});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
    EXPECT_THAT(hooks_called(*service),
                ElementsAre("c OnVMStarted",
                            "a OnVMStarted",
                            "b OnVMStarted",
                            "c OnDistributionStarted",
                            "a OnDistributionStarted",
                            "b OnDistributionStarted",
                            "c OnDistributionStopping",
                            "a OnDistributionStopping",
                            "b OnDistributionStopping",
                            "c OnVMStopping",
                            "a OnVMStopping",
                            "b OnVMStopping"));
}

TEST_F(Dispatch, CallsOnlyWhatAPluginInstalled) {
    RelayedPlugin only('d');
    only.on(Hook::OnDistributionStarted, [](const HookArguments&) { return 0; });
    const auto service = start_service({&only});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
    EXPECT_THAT(hooks_called(*service), ElementsAre("d OnDistributionStarted"));
}

/// Which of three plugins fails.
class FailingPlugin : public Dispatch, public testing::WithParamInterface<std::size_t> {
protected:
    void fail_in(Hook hook) {
        const std::array<RelayedPlugin*, 3> plugins{&a, &b, &c};
        plugins.at(GetParam())->on(hook, [](const HookArguments&) { return code(0x8000FFFFu); });
    }

    /// The names of the plugins up to the failing one, each with the hook's name.
    [[nodiscard]] static std::vector<std::string> up_to_failing(const std::string& hook) {
        return first_plugins(GetParam() + 1, hook);
    }

    [[nodiscard]] static std::vector<std::string> first_plugins(std::size_t count,
                                                                const std::string& hook) {
        std::vector<std::string> calls;
        for (std::size_t i = 0; i < count; ++i) {
            calls.push_back(std::string(1, static_cast<char>('a' + i)) + ' ' + hook);
        }
        return calls;
    }

    [[nodiscard]] static std::string failing_name() {
        return std::string(1, static_cast<char>('a' + GetParam()));
    }
};

TEST_P(FailingPlugin, StopsTheVirtualMachineAndTellsEveryPlugin) {
    fail_in(Hook::OnVMStarted);
    const auto service = start_service({&a, &b, &c});
    const UserOutput output = service->user().launch("", {"true"});
    EXPECT_EQ(output.exit_code, -1);
    EXPECT_EQ(output.text,
              "A fatal error was returned by plugin '" + failing_name() +
                  "'\nError code: Wsl/Service/CreateInstance/CreateVm/Plugin/E_UNEXPECTED\n");
    auto expected = up_to_failing("OnVMStarted");
    std::ranges::copy(first_plugins(3, "OnVMStopping"), std::back_inserter(expected));
    EXPECT_EQ(hooks_called(*service), expected);
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
    EXPECT_EQ(hooks_called(*service), expected) << "nothing runs any more";
}

TEST_P(FailingPlugin, StopsTheDistributionAndTellsNobody) {
    fail_in(Hook::OnDistributionStarted);
    const auto service = start_service({&a, &b, &c});
    const UserOutput output = service->user().launch("", {"true"});
    EXPECT_EQ(output.exit_code, -1);
    EXPECT_EQ(output.text,
              "A fatal error was returned by plugin '" + failing_name() +
                  "'\nError code: Wsl/Service/CreateInstance/Plugin/E_UNEXPECTED\n");
    auto expected = first_plugins(3, "OnVMStarted");
    std::ranges::copy(up_to_failing("OnDistributionStarted"), std::back_inserter(expected));
    EXPECT_EQ(hooks_called(*service), expected);

    // The virtual machine stays: only the distribution is asked for again, and only the machine stops.
    EXPECT_EQ(service->user().launch("", {"true"}).text, output.text);
    std::ranges::copy(up_to_failing("OnDistributionStarted"), std::back_inserter(expected));
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
    std::ranges::copy(first_plugins(3, "OnVMStopping"), std::back_inserter(expected));
    EXPECT_EQ(hooks_called(*service), expected);
}

TEST_P(FailingPlugin, ThatIsNotLoadedKeepsEveryMachineFromStarting) {
    const std::array<RelayedPlugin*, 3> plugins{&a, &b, &c};
    plugins.at(GetParam())->on_entry([](const auto&, auto&) { return code(0x8000FFFFu); });
    const auto service = start_service({&a, &b, &c});
    const std::string text =
        "A fatal error was returned by plugin '" + failing_name() +
        "'\nError code: Wsl/Service/CreateInstance/CreateVm/Plugin/E_UNEXPECTED\n";
    EXPECT_EQ(service->user().launch("", {"true"}).text, text);
    EXPECT_EQ(service->user().launch("", {"true"}).text, text) << "nothing loads it again";
    EXPECT_THAT(hooks_called(*service), IsEmpty());
    for (const RelayedPlugin* const plugin : plugins) {
        const bool is_loaded = plugin != plugins.at(GetParam());
        const std::string name = plugin->registration().name;
        EXPECT_EQ(entry_named(*service, "load", name).result,
                  is_loaded ? HResult::ok : HResult::unexpected);
    }
    // A hook that needs no machine reaches those that are loaded.
    EXPECT_EQ(service->user().unregister("Debian").exit_code, 0);
    EXPECT_EQ(hooks_called(*service).size(), 2u);
}

TEST_P(FailingPlugin, IsIgnoredInStoppingHooks) {
    fail_in(Hook::OnDistributionStopping);
    fail_in(Hook::OnVMStopping);
    const auto service = start_service({&a, &b, &c});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    const UserOutput output = service->user().shutdown();
    EXPECT_EQ(output.exit_code, 0);
    EXPECT_THAT(output.text, IsEmpty());
    EXPECT_EQ(entry_named(*service, "OnVMStopping", failing_name()).result, HResult::unexpected);
    EXPECT_EQ(hooks_called(*service).size(), 12u);
}

INSTANTIATE_TEST_SUITE_P(EachPosition, FailingPlugin, testing::Values(0u, 1u, 2u));

TEST_F(Dispatch, ATransientVetoIsForgottenByTheNextCommand) {
    int calls = 0;
    b.on(Hook::OnVMStarted,
         [&](const HookArguments&) { return ++calls == 1 ? code(0x80070005u) : 0; });
    const auto service = start_service({&a, &b, &c});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, -1);
    const UserOutput second = service->user().launch("", {"echo", "clean"});
    EXPECT_EQ(second.exit_code, 0);
    EXPECT_EQ(second.text, "clean\n");
}

TEST_F(Dispatch, OtherSuccessCodesAreSuccesses) {
    a.on(Hook::OnVMStarted, [](const HookArguments&) { return 1; });
    const auto service = start_service({&a});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
}

TEST_F(Dispatch, AnExceptionOutOfAStartingHookFailsWithoutAName) {
    b.on(Hook::OnVMStarted, [](const HookArguments&) { return fixtures::throw_instead; });
    const auto service = start_service({&a, &b, &c});
    EXPECT_EQ(service->user().launch("", {"true"}).text,
              "Error code: "
              "Wsl/Service/CreateInstance/CreateVm/Plugin/ERROR_UNHANDLED_EXCEPTION\n");
    EXPECT_EQ(detail(entry_named(*service, "OnVMStarted", "b"), "exception"),
              fixtures::thrown_text);
    EXPECT_THAT(hooks_called(*service),
                ElementsAre("a OnVMStarted",
                            "b OnVMStarted",
                            "a OnVMStopping",
                            "b OnVMStopping",
                            "c OnVMStopping"));
}

TEST_F(Dispatch, AnExceptionOutOfADistributionsStartFailsTheDistribution) {
    b.on(Hook::OnDistributionStarted, [](const HookArguments&) { return fixtures::throw_instead; });
    const auto service = start_service({&b, &c});
    EXPECT_EQ(service->user().launch("", {"true"}).text,
              "Error code: Wsl/Service/CreateInstance/Plugin/ERROR_UNHANDLED_EXCEPTION\n");
}

TEST_F(Dispatch, AnExceptionWhileTheMachineStopsLeavesItRunning) {
    int calls = 0;
    b.on(Hook::OnVMStopping,
         [&](const HookArguments&) { return ++calls == 1 ? fixtures::throw_instead : 0; });
    const auto service = start_service({&a, &b, &c});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    const std::size_t before = hooks_called(*service).size();
    EXPECT_EQ(service->user().shutdown().text,
              "Error code: Wsl/Service/Plugin/ERROR_UNHANDLED_EXCEPTION\n");
    EXPECT_EQ(hooks_called(*service).size(), before + 3 + 2) << "c does not hear of it";

    // The machine runs on: no second start.
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(hooks_called(*service).at(before + 5), "a OnDistributionStarted");
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
}

TEST_F(Dispatch, AnExceptionWhileADistributionStopsRepeatsTheHook) {
    int calls = 0;
    a.on(Hook::OnDistributionStopping,
         [&](const HookArguments&) { return ++calls == 1 ? fixtures::throw_instead : 0; });
    const auto service = start_service({&a});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(service->user().shutdown().exit_code, -1);
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
    EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace wslplugins::testhost
