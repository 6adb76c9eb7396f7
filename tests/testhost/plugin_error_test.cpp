// SPDX-License-Identifier: MIT
/// @file
/// The API call PluginError, as a plugin and the user see it.
#include "testhost/raw_plugins.hpp"

#include <wslplugins/core/text.hpp>

#include <gmock/gmock.h>

#include <thread>

namespace wslplugins::testhost {
namespace {

constexpr char vm_path[] = "Error code: Wsl/Service/CreateInstance/CreateVm/Plugin/";
constexpr char distribution_path[] = "Error code: Wsl/Service/CreateInstance/Plugin/";
constexpr char misleading[] =
    "An install, uninstall, or conversion is in progress for this distribution.\n";

abi::HRESULT say(const HookArguments& arguments, std::string_view text) {
    return arguments.api.PluginError(to_utf16(text).value().c_str());
}

/// A hook that can veto, and the path that its failure is printed with.
struct VetoingHook {
    Hook hook;
    std::string path;
};

class PluginErrorIn : public testing::TestWithParam<VetoingHook> {
protected:
    std::string output_of(RelayedPlugin::Behaviour behaviour) {
        plugin.on(GetParam().hook, std::move(behaviour));
        service = start_service({&plugin});
        return service->user().launch("", {"true"}).text;
    }

    RelayedPlugin plugin{'a'};
    std::unique_ptr<Service> service;
};

TEST_P(PluginErrorIn, WithAFailureIsShown) {
    EXPECT_EQ(output_of([](const HookArguments& arguments) {
                  EXPECT_EQ(say(arguments,
                                "Gr\xC3\xBC\xC3\x9F"
                                "e"),
                            0);
                  return code(0x80070005u);
              }),
              "A fatal error was returned by plugin 'a'. Error message: 'Gr\xC3\xBC\xC3\x9F"
              "e'\n" +
                  GetParam().path + "E_ACCESSDENIED\n");
}

TEST_P(PluginErrorIn, IsNotNeededForAFailure) {
    EXPECT_EQ(output_of([](const HookArguments&) { return code(0x80041234u); }),
              "A fatal error was returned by plugin 'a'\n" + GetParam().path + "0x80041234\n");
}

TEST_P(PluginErrorIn, WithASuccessIsAFailureThatMisleads) {
    EXPECT_EQ(output_of([](const HookArguments& arguments) {
                  EXPECT_EQ(say(arguments, "never shown"), 0);
                  return 0;
              }),
              misleading + GetParam().path + "E_ILLEGAL_STATE_CHANGE\n");
}

TEST_P(PluginErrorIn, IsNotNeededForASuccess) {
    EXPECT_EQ(output_of([](const HookArguments&) { return 0; }), "");
}

TEST_P(PluginErrorIn, KeepsTheFirstOfTwoTexts) {
    EXPECT_EQ(output_of([](const HookArguments& arguments) {
                  EXPECT_EQ(say(arguments, "first"), 0);
                  EXPECT_EQ(say(arguments, "second"), code(0x8000000Du));
                  return code(0x80004005u);
              }),
              "A fatal error was returned by plugin 'a'. Error message: 'first'\n" +
                  GetParam().path + "E_FAIL\n");
}

TEST_P(PluginErrorIn, RefusesNull) {
    output_of([](const HookArguments& arguments) {
        EXPECT_EQ(arguments.api.PluginError(nullptr), code(0x80070057u));
        return 0;
    });
    EXPECT_EQ(entry_named(*service, "PluginError").result, HResult::invalid_argument);
}

TEST_P(PluginErrorIn, RefusesOtherThreads) {
    EXPECT_EQ(output_of([](const HookArguments& arguments) {
                  std::thread([&] {
                      EXPECT_EQ(arguments.api.PluginError(nullptr), code(0x80070057u));
                      EXPECT_EQ(say(arguments, "elsewhere"), code(0x8000000Eu));
                  }).join();
                  return code(0x80004005u);
              }),
              "A fatal error was returned by plugin 'a'\n" + GetParam().path + "E_FAIL\n");
}

INSTANTIATE_TEST_SUITE_P(EachVetoingHook,
                         PluginErrorIn,
                         testing::Values(VetoingHook{Hook::OnVMStarted, vm_path},
                                         VetoingHook{Hook::OnDistributionStarted,
                                                     distribution_path}),
                         [](const auto& row) { return std::string(slot_of(row.param.hook).name); });

TEST(PluginErrorInAStoppingHook, FailsTheNextPluginOnTheThread) {
    RelayedPlugin careless('a');
    RelayedPlugin healthy('b');
    careless.on(Hook::OnVMStopping, [](const HookArguments& arguments) {
        EXPECT_EQ(say(arguments, "left behind"), 0);
        return 0;
    });
    healthy.on(Hook::OnVMStarted, [](const HookArguments&) { return 0; });
    // On a thread of its own: a text is left there once more at the end.
    std::thread([&] {
        const auto service = start_service({&careless, &healthy});
        EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
        EXPECT_EQ(service->user().shutdown().exit_code, 0);
        EXPECT_NE(detail(entry_named(*service, "PluginError"), "note"), "");

        EXPECT_EQ(service->user().launch("", {"true"}).text,
                  std::string(misleading) + vm_path + "E_ILLEGAL_STATE_CHANGE\n");
    }).join();
}

TEST(PluginErrorInAStoppingHook, StaysOnItsOwnThread) {
    RelayedPlugin careless('a');
    careless.watch_everything();
    careless.on(Hook::OnVMStopping,
                [](const HookArguments& arguments) { return say(arguments, "left behind"); });
    const auto service = start_service({&careless});
    std::thread([&] {
        EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
        EXPECT_EQ(service->user().shutdown().exit_code, 0);
    }).join();
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
}

TEST(PluginErrorBeforeAnException, IsLeftOnTheThread) {
    RelayedPlugin throwing('a');
    int calls = 0;
    throwing.on(Hook::OnVMStarted, [&](const HookArguments& arguments) {
        if (++calls > 1) {
            return code(0x80004005u);
        }
        EXPECT_EQ(say(arguments, "of the first start"), 0);
        return fixtures::throw_instead;
    });
    const auto service = start_service({&throwing});
    EXPECT_EQ(service->user().launch("", {"true"}).text,
              std::string(vm_path) + "ERROR_UNHANDLED_EXCEPTION\n");
    EXPECT_EQ(service->user().launch("", {"true"}).text,
              std::string("A fatal error was returned by plugin 'a'. Error message: 'of the first "
                          "start'\n") +
                  vm_path + "E_FAIL\n");
}

}  // namespace
}  // namespace wslplugins::testhost
