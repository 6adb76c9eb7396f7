// SPDX-License-Identifier: MIT
#include "testhost/strict/executable_page.hpp"
#include "testhost/strict/strict_service.hpp"

#include <wslplugins/core/text.hpp>

#include <gmock/gmock.h>

#include <cstddef>
#include <functional>

namespace wslplugins::testhost {
namespace {

using testing::IsEmpty;

/// A use of memory that is not there ends the process, so that each is tried in one of its own.
class StrictMemoryDeathTest : public testing::Test {
protected:
    void SetUp() override {
        // As in versions_test.cpp: the other style's clone() fails where stack use after return is watched.
        GTEST_FLAG_SET(death_test_style, "fast");
    }
};

/// A byte that the compiler cannot leave unread.
void touch(const void* memory) {
    static_cast<void>(*static_cast<const volatile char*>(memory));
}

/// Keeps what `pick` takes of OnDistributionStarted's arguments, and reads it in the next hook.
void use_after_hook(const std::function<const void*(const HookArguments&)>& pick) {
    RelayedPlugin plugin('a');
    const void* kept = nullptr;
    plugin.on(Hook::OnDistributionStarted, [&](const HookArguments& arguments) {
        kept = pick(arguments);
        touch(kept);
        return 0;
    });
    plugin.on(Hook::OnDistributionStopping, [&](const HookArguments&) {
        touch(kept);
        return 0;
    });
    (void)findings_in_a_run(plugin);
}

TEST_F(StrictMemoryDeathTest, NamesASessionThatIsUsedAfterItsHook) {
    EXPECT_DEATH(use_after_hook([](const HookArguments& arguments) { return arguments.first; }),
                 "borrowed-data-used-after-hook: plugin 'a' used WSLSessionInformation after "
                 "OnDistributionStarted had returned");
}

TEST_F(StrictMemoryDeathTest, NamesATextThatIsUsedAfterItsHook) {
    EXPECT_DEATH(use_after_hook([](const HookArguments& arguments) -> const void* {
                     return arguments.distribution().Name;
                 }),
                 "borrowed-data-used-after-hook: plugin 'a' used Name of "
                 "WSLDistributionInformation after OnDistributionStarted had returned");
}

TEST_F(StrictMemoryDeathTest, NamesASidThatIsUsedAfterItsHook) {
    EXPECT_DEATH(use_after_hook([](const HookArguments& arguments) -> const void* {
                     return arguments.session().UserSid;
                 }),
                 "borrowed-data-used-after-hook: plugin 'a' used UserSid of WSLSessionInformation");
}

/// Reads the table's place for a call, as a plugin does that does not look at the version.
void read_call(const Version& version, std::size_t offset) {
    RelayedPlugin plugin('a');
    plugin.on_entry([&](const abi::WSLPluginAPIV1& api, abi::WSLPluginHooksV1&) {
        touch(reinterpret_cast<const std::byte*>(&api) + offset);
        return 0;
    });
    ServiceOptions options = strict_options({&plugin});
    options.version = version;
    (void)findings_in_a_run(std::move(options));
}

TEST_F(StrictMemoryDeathTest, NamesACallThatTheVersionLacks) {
    EXPECT_DEATH(
        read_call({2, 0, 5}, offsetof(abi::WSLPluginAPIV1, ExecuteBinaryInDistribution)),
        "call-beyond-version: plugin 'a' read the API table behind its end: WSL 2.0.5 has no such "
        "call");
}

/// Writes a hook into the table, so too.
void write_hook_that_2_0_5_lacks() {
    RelayedPlugin plugin('a');
    plugin.on_entry([](const abi::WSLPluginAPIV1&, abi::WSLPluginHooksV1& hooks) {
        hooks.OnDistributionRegistered = [](const abi::WSLSessionInformation*,
                                            const abi::WslOfflineDistributionInformation*) {
            return 0;
        };
        return 0;
    });
    ServiceOptions options = strict_options({&plugin});
    options.version = {2, 0, 5};
    (void)findings_in_a_run(std::move(options));
}

TEST_F(StrictMemoryDeathTest, NamesAHookThatTheVersionLacks) {
    EXPECT_DEATH(write_hook_that_2_0_5_lacks(),
                 "hook-beyond-version: plugin 'a' wrote behind the end of the table of hooks: WSL "
                 "2.0.5 has no such hook");
}

TEST(StrictMemory, IsTheHooksWhileItRuns) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnDistributionStarted, [](const HookArguments& arguments) {
        const auto& distribution = arguments.distribution();
        EXPECT_EQ(to_utf8_lossy(distribution.Name), "Debian");
        EXPECT_EQ(to_utf8_lossy(distribution.PackageFamilyName), "");
        EXPECT_EQ(distribution.Flavor, nullptr);
        EXPECT_EQ(arguments.session().SessionId, 0u);
        EXPECT_EQ(*static_cast<const unsigned char*>(arguments.session().UserSid), 1);
        return 0;
    });
    plugin.on(Hook::OnVMStarted, [](const HookArguments& arguments) {
        EXPECT_EQ(arguments.settings().CustomConfigurationFlags, 3);
        return 0;
    });
    ServiceOptions options = strict_options({&plugin});
    options.config.custom_kernel = true;
    options.config.custom_kernel_command_line = true;
    EXPECT_THAT(findings_in_a_run(std::move(options)), IsEmpty());
}

TEST(StrictMemory, IsTakenBackManyTimes) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    const auto service = start_service(strict_options({&plugin}));
    for (int i = 0; i < 200; ++i) {
        ASSERT_EQ(service->user().launch("", {"true"}).exit_code, 0);
        ASSERT_EQ(service->user().shutdown().exit_code, 0);
    }
    EXPECT_THAT(findings_of(*service), IsEmpty());
}

TEST(StrictMemory, IsReportedWhenItIsMadeExecutable) {
    RelayedPlugin plugin('a');
    ExecutablePage page;
    plugin.on(Hook::OnVMStarted, [&](const HookArguments&) {
        page.make();
        return 0;
    });
    EXPECT_THAT(findings_in_a_run(plugin), testing::ElementsAre("a OnVMStarted executable-memory"));
}

}  // namespace
}  // namespace wslplugins::testhost
