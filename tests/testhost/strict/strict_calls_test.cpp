// SPDX-License-Identifier: MIT
#include "testhost/strict/strict_service.hpp"

#include "platform/socket.hpp"

#include <wslplugins/core/text.hpp>

#include <gmock/gmock.h>

#include <thread>

namespace wslplugins::testhost {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr abi::HRESULT refused = code(0x80004005u);
constexpr abi::HRESULT illegal_method_call = code(0x8000000Eu);
constexpr abi::HRESULT null_pointer = code(0x80004003u);
constexpr abi::HRESULT disconnected = code(0x80010108u);

abi::HRESULT say(const abi::WSLPluginAPIV1& api) {
    return api.PluginError(to_utf16_lossy("a reason").c_str());
}

TEST(StrictPluginError, IsReportedOnAThreadWithoutAHook) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnVMStarted, [](const HookArguments& arguments) {
        std::thread([&] { EXPECT_EQ(say(arguments.api), illegal_method_call); }).join();
        return 0;
    });
    EXPECT_THAT(findings_in_a_run(plugin), ElementsAre("a - plugin-error-off-thread"));
}

TEST(StrictPluginError, IsReportedBeforeSuccess) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnVMStarted, [](const HookArguments& arguments) {
        EXPECT_EQ(say(arguments.api), 0);
        return 0;
    });
    EXPECT_THAT(findings_in_a_run(plugin), ElementsAre("a OnVMStarted plugin-error-then-success"));
}

TEST(StrictPluginError, IsNotReportedBeforeAFailure) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnVMStarted, [](const HookArguments& arguments) {
        EXPECT_EQ(say(arguments.api), 0);
        return refused;
    });
    EXPECT_THAT(findings_in_a_run(plugin), IsEmpty());
}

TEST(StrictPluginError, IsReportedWhereNobodyLooksForItAndBlamedOnNoOther) {
    RelayedPlugin careless('a');
    RelayedPlugin healthy('b');
    careless.on(Hook::OnVMStopping,
                [](const HookArguments& arguments) { return say(arguments.api); });
    healthy.on(Hook::OnVMStarted, [](const HookArguments&) { return 0; });
    // On a thread of its own: a text is left there at the end.
    std::thread([&] {
        const auto service = start_service(strict_options({&careless, &healthy}));
        EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
        EXPECT_EQ(service->user().shutdown().exit_code, 0);
        EXPECT_EQ(service->user().launch("", {"true"}).exit_code, -1);
        EXPECT_THAT(findings_of(*service),
                    ElementsAre("a OnVMStopping plugin-error-unheard",
                                "a OnVMStopping plugin-error-unheard"));
    }).join();
}

TEST(StrictCall, IsReportedWithNullWhereTheServiceWouldCrash) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnVMStarted, [](const HookArguments& arguments) {
        const abi::WSLSessionId session = arguments.session().SessionId;
        EXPECT_EQ(arguments.api.ExecuteBinary(session, "/bin/true", nullptr, nullptr),
                  null_pointer);
        EXPECT_EQ(arguments.api.MountFolder(session, nullptr, nullptr, 0, nullptr), null_pointer);
        return 0;
    });
    EXPECT_THAT(
        findings_in_a_run(plugin),
        ElementsAre("a OnVMStarted null-crashes-service", "a OnVMStarted null-crashes-service"));
}

TEST(StrictCall, IsReportedWithAnEmptyArgument) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnVMStarted, [](const HookArguments& arguments) {
        const auto [result, socket] =
            run_true(arguments.api, arguments.session().SessionId, {"true", "", "lost"});
        EXPECT_EQ(result, 0);
        const platform::Socket closes(socket);
        return 0;
    });
    const auto service = start_service(strict_options({&plugin}));
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_THAT(findings_of(*service), ElementsAre("a OnVMStarted empty-argument-ends-list"));
    EXPECT_THAT(entry_named(*service, "empty-argument-ends-list").text,
                HasSubstr("the last 2 were dropped"));
    EXPECT_EQ(entry_named(*service, "empty-argument-ends-list").parent,
              entry_named(*service, "ExecuteBinary").id);
}

TEST(StrictCall, IsNotReportedWithoutAMistake) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnVMStarted, [](const HookArguments& arguments) {
        const auto [result, socket] = run_true(arguments.api, arguments.session().SessionId);
        EXPECT_EQ(result, 0);
        const platform::Socket closes(socket);
        std::thread([&] {
            abi::WSLSessionId unknown = 77;
            EXPECT_EQ(run_true(arguments.api, unknown).first, disconnected);
        }).join();
        return 0;
    });
    EXPECT_THAT(findings_in_a_run(plugin), IsEmpty());
}

TEST(StrictCall, IsReportedForASessionThatHasEnded) {
    RelayedPlugin plugin('a');
    const auto service = start_service(strict_options({&plugin}));
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    service->user().log_off();
    EXPECT_EQ(run_true(plugin.api(), 0).first, disconnected);
    EXPECT_THAT(findings_of(*service), ElementsAre("a - session-used-after-end"));
}

TEST(StrictCall, IsNotReportedForASessionInItsOwnLastHook) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnVMStopping, [](const HookArguments& arguments) {
        EXPECT_EQ(run_true(arguments.api, arguments.session().SessionId).first, disconnected);
        return 0;
    });
    EXPECT_THAT(findings_in_a_run(plugin), IsEmpty());
}

TEST(StrictCall, ChangesNothingButTheFindings) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    plugin.on(Hook::OnDistributionStarted, [](const HookArguments& arguments) {
        EXPECT_EQ(to_utf8_lossy(arguments.distribution().Name), "Debian");
        const auto [result, socket] = run_true(arguments.api, arguments.session().SessionId);
        const platform::Socket closes(socket);
        return result;
    });
    const auto canonical = [&](bool is_strict) {
        ServiceOptions options = strict_options({&plugin});
        options.strict = is_strict;
        const auto service = start_service(std::move(options));
        EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
        service->stop();
        return to_canonical_json_lines(service->journal().entries());
    };
    EXPECT_EQ(canonical(true), canonical(false));
}

TEST(StrictCall, IsNotReportedWithoutStrictMode) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnVMStarted, [](const HookArguments& arguments) {
        EXPECT_EQ(arguments.api.MountFolder(0, nullptr, nullptr, 0, nullptr), null_pointer);
        return 0;
    });
    ServiceOptions options = strict_options({&plugin});
    options.strict = false;
    EXPECT_THAT(findings_in_a_run(std::move(options)), IsEmpty());
}

}  // namespace
}  // namespace wslplugins::testhost
