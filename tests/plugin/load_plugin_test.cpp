// SPDX-License-Identifier: MIT
#include "plugin/call_hooks.hpp"
#include "plugin/caught_log.hpp"
#include "plugin/recording_plugin.hpp"

#include <wslplugins/plugin/load_plugin.hpp>

#include <gtest/gtest.h>

namespace wslplugins {
namespace {

using tests::call_hook;
using tests::CaughtLog;
using tests::RawWsl;

/// Which hooks a version has for the framework, as literals: the first of them in the table's order, and how
/// many. The pre-release line from 2.8.7 has slots that are left alone.
constexpr std::size_t first_hooks = 4;
constexpr std::size_t with_registration = 6;
constexpr std::size_t with_containers = 12;
constexpr std::size_t all_hooks = 14;

/// Loads a class of its own into a WSL of that version, whose tables and structs end at guard pages, and calls
/// every hook that it has there.
template <class Tag>
void expect_hooks(const Version& version, std::size_t count) {
    SCOPED_TRACE(to_string(version));
    using Recording = tests::RecordingPlugin<Tag>;
    const RawWsl wsl(version);
    ASSERT_EQ(0, load_plugin<Recording>(wsl.api(), wsl.hooks()));
    for (std::size_t i = 0; i < all_hooks; ++i) {
        const bool is_installed = wsl.slot(static_cast<Hook>(i)) != nullptr;
        EXPECT_EQ(i < count, is_installed) << hook_slots[i].name;
        if (is_installed) {
            EXPECT_EQ(HResult::ok, call_hook(wsl, static_cast<Hook>(i))) << hook_slots[i].name;
        }
    }
    EXPECT_EQ(count, Recording::calls.size());
}

TEST(LoadPlugin, InstallsTheHooksThatTheRunningVersionHas) {
    expect_hooks<struct V200>({2, 0, 0}, first_hooks);
    expect_hooks<struct V205>({2, 0, 5}, first_hooks);
    expect_hooks<struct V211>({2, 1, 1}, first_hooks);
    expect_hooks<struct V212>({2, 1, 2}, with_registration);
    expect_hooks<struct V244>({2, 4, 4}, with_registration);
    expect_hooks<struct V287>({2, 8, 7}, with_registration);
    expect_hooks<struct V2812>({2, 8, 12}, with_registration);
    expect_hooks<struct V290>({2, 9, 0}, with_containers);
    expect_hooks<struct V294>({2, 9, 4}, with_containers);
    expect_hooks<struct V295>({2, 9, 5}, all_hooks);
    expect_hooks<struct V370>({3, 7, 0}, all_hooks);
}

TEST(LoadPlugin, PassesEachHookWhatWslPassed) {
    using Recording = tests::RecordingPlugin<struct Passing>;
    const RawWsl wsl({2, 9, 5});
    ASSERT_EQ(0, load_plugin<Recording>(wsl.api(), wsl.hooks()));
    for (const HookSlot& slot : hook_slots) {
        EXPECT_EQ(HResult::ok, call_hook(wsl, slot.hook)) << slot.name;
    }
    EXPECT_EQ((std::vector<std::string>{"on_vm_started 7 custom",
                                        "on_vm_stopping 7",
                                        "on_distribution_started 7 Debian",
                                        "on_distribution_stopping 7 Debian",
                                        "on_distribution_registered 7 Debian",
                                        "on_distribution_unregistered 7 Debian",
                                        "on_wslc_session_created 3 wslc-cli-alice",
                                        "on_wslc_session_stopping 3",
                                        "on_container_started 3 {\"Id\":\"c1\"}",
                                        "on_container_stopping 3 c1",
                                        "on_image_created 3 {\"Id\":\"i1\"}",
                                        "on_image_deleted 3 i1",
                                        "on_wslc_vm_started 3",
                                        "on_wslc_vm_stopping 3"}),
              Recording::calls);
}

/// Overrides two hooks, one of them in a base class of its own and one as noexcept.
class Base : public Plugin {
public:
    using Plugin::Plugin;
    WinResult<> on_vm_stopping(const Session&) override { return {}; }
};
class Few final : public Base {
public:
    using Base::Base;
    PluginResult<> on_vm_started(const Session&, const VmSettings&) noexcept override { return {}; }
};

TEST(LoadPlugin, LeavesHooksThatAreNotOverriddenToWsl) {
    const RawWsl wsl({2, 9, 5});
    ASSERT_EQ(0, load_plugin<Few>(wsl.api(), wsl.hooks()));
    for (const HookSlot& slot : hook_slots) {
        const bool expected = slot.hook == Hook::OnVMStarted || slot.hook == Hook::OnVMStopping;
        EXPECT_EQ(expected, wsl.slot(slot.hook) != nullptr) << slot.name;
    }
}

/// Overrides one hook, a different one for each instance.
template <Hook hook>
class Single;

#define SINGLE(hook, method, result, ...)                                                          \
    template <>                                                                                    \
    class Single<Hook::hook> final : public Plugin {                                               \
    public:                                                                                        \
        using Plugin::Plugin;                                                                      \
        result method(const WslcSession& __VA_OPT__(, ) __VA_ARGS__) override {                    \
            return {};                                                                             \
        }                                                                                          \
    }

SINGLE(OnSessionCreated, on_wslc_session_created, PluginResult<>);
SINGLE(OnSessionStopping, on_wslc_session_stopping, WinResult<>);
SINGLE(ContainerStarted, on_container_started, PluginResult<>, std::string_view);
SINGLE(ContainerStopping, on_container_stopping, WinResult<>, std::string_view);
SINGLE(ImageCreated, on_image_created, WinResult<>, std::string_view);
SINGLE(ImageDeleted, on_image_deleted, WinResult<>, std::string_view);
SINGLE(WslcVmStarted, on_wslc_vm_started, WinResult<>);
SINGLE(WslcVmStopping, on_wslc_vm_stopping, WinResult<>);

#undef SINGLE

template <Hook hook>
void expect_alone() {
    const RawWsl wsl({2, 9, 5});
    ASSERT_EQ(0, load_plugin<Single<hook>>(wsl.api(), wsl.hooks()));
    for (const HookSlot& slot : hook_slots) {
        EXPECT_EQ(slot.hook == hook, wsl.slot(slot.hook) != nullptr) << slot.name;
    }
    EXPECT_EQ(HResult::ok, call_hook(wsl, hook));
    EXPECT_EQ(std::uint64_t{1} << static_cast<unsigned>(hook),
              detail::hook_bits_of<Single<hook>>());
}

TEST(LoadPlugin, InstallsEachContainerHookByItself) {
    expect_alone<Hook::OnSessionCreated>();
    expect_alone<Hook::OnSessionStopping>();
    expect_alone<Hook::ContainerStarted>();
    expect_alone<Hook::ContainerStopping>();
    expect_alone<Hook::ImageCreated>();
    expect_alone<Hook::ImageDeleted>();
    expect_alone<Hook::WslcVmStarted>();
    expect_alone<Hook::WslcVmStopping>();
}

class Counted final : public Plugin {
public:
    explicit Counted(const Context& context) : Plugin(context) { ++made; }
    WinResult<> on_vm_stopping(const Session&) override { return {}; }
    static inline int made = 0;
};

TEST(LoadPlugin, RefusesAnOlderWslBeforeItMakesThePlugin) {
    const CaughtLog log;
    const RawWsl wsl({2, 4, 3});
    for (const Requirement& requirement :
         {Requirement{99, 0},
          Requirement{2, 4, 4},
          Requirement{Capability::DistributionFlavor},
          Requirement{Capability::DistributionInitPid | Capability::DistributionVersion}}) {
        EXPECT_EQ(HResult::plugin_requires_update,
                  HResult(load_plugin<Counted>(wsl.api(), wsl.hooks(), requirement)));
    }
    EXPECT_EQ(0, Counted::made);
    EXPECT_FALSE(wsl.has_hooks());
    EXPECT_TRUE(log.contains("The plugin needs WSL 99.0.0, and this is WSL 2.4.3"));
}

TEST(LoadPlugin, AcceptsTheVersionThatItRequires) {
    const RawWsl wsl({2, 4, 4});
    using Recording = tests::RecordingPlugin<struct Requiring>;
    EXPECT_EQ(0, load_plugin<Recording>(wsl.api(), wsl.hooks(), {2, 4, 4}));
    EXPECT_EQ(0, load_plugin<Recording>(wsl.api(), wsl.hooks(), {2, 4}));
    EXPECT_EQ(0, load_plugin<Recording>(wsl.api(), wsl.hooks(), Capability::DistributionFlavor));
}

TEST(LoadPlugin, MakesOnePluginForSeveralRegistrations) {
    const RawWsl wsl({2, 9, 5});
    Counted::made = 0;
    ASSERT_EQ(0, load_plugin<Counted>(wsl.api(), wsl.hooks()));
    const auto second = platform::GuardedMemory::allocate(hooks_table_size(wsl.version())).value();
    auto* const hooks = static_cast<abi::WSLPluginHooksV1*>(second.data());
    ASSERT_EQ(0, load_plugin<Counted>(wsl.api(), hooks));
    EXPECT_EQ(1, Counted::made);
    EXPECT_EQ(wsl.hooks()->OnVMStopping, hooks->OnVMStopping);
}

TEST(LoadPlugin, AnswersNullTablesWithACode) {
    const RawWsl wsl({2, 9, 5});
    EXPECT_EQ(HResult::null_pointer, HResult(load_plugin<Counted>(nullptr, wsl.hooks())));
    EXPECT_EQ(HResult::null_pointer, HResult(load_plugin<Counted>(wsl.api(), nullptr)));
}

/// Fails to be made, in one way for each number.
template <int kind>
class Unmade final : public Plugin {
public:
    explicit Unmade(const Context& context) : Plugin(context) { ++alive; }
    ~Unmade() override { --alive; }
    WinResult<> on_vm_stopping(const Session&) override { return {}; }

    static WinResult<std::unique_ptr<Unmade>> create(const Context& context) {
        auto made = std::make_unique<Unmade>(context);
        switch (kind) {
            case 0: return failure(HResult::file_not_found, "No policy file");
            case 1: return nullptr;
            case 2: throw std::runtime_error("broken");
            case 3: throw std::bad_alloc();
            default: throw 1;
        }
    }

    static inline int alive = 0;
};

template <int kind>
void expect_unmade(HResult code) {
    const CaughtLog log;
    const RawWsl wsl({2, 9, 5});
    EXPECT_EQ(code, HResult(load_plugin<Unmade<kind>>(wsl.api(), wsl.hooks()))) << kind;
    EXPECT_FALSE(wsl.has_hooks());
    EXPECT_EQ(0, Unmade<kind>::alive);
    EXPECT_TRUE(wsl.user_messages.empty());
    EXPECT_TRUE(log.contains("error WSLPluginAPIV1_EntryPoint"));
}

TEST(LoadPlugin, LeavesNothingWhenThePluginCannotBeMade) {
    expect_unmade<0>(HResult::file_not_found);
    expect_unmade<1>(HResult::unexpected);
    expect_unmade<2>(HResult::unhandled_exception);
    expect_unmade<3>(HResult::out_of_memory);
    expect_unmade<4>(HResult::unexpected);
}

class ThrowingConstructor final : public Plugin {
public:
    explicit ThrowingConstructor(const Context& context) : Plugin(context) {
        if (fails) {
            throw std::system_error(std::make_error_code(std::errc::no_such_file_or_directory));
        }
    }
    static inline bool fails = true;
};

TEST(LoadPlugin, CanSucceedAfterAFailure) {
    const CaughtLog log;
    const RawWsl wsl({2, 9, 5});
    EXPECT_EQ(HResult::file_not_found,
              HResult(load_plugin<ThrowingConstructor>(wsl.api(), wsl.hooks())));
    ThrowingConstructor::fails = false;
    EXPECT_EQ(HResult::ok, HResult(load_plugin<ThrowingConstructor>(wsl.api(), wsl.hooks())));
}

class UsesContext final : public Plugin {
public:
    explicit UsesContext(const Context& context) : Plugin(context) {
        log().info("made", "on WSL " + to_string(api().version()));
    }
};

TEST(LoadPlugin, GivesAConstructorTheApiAndTheLog) {
    const CaughtLog log;
    const RawWsl wsl({2, 4, 4});
    ASSERT_EQ(0, load_plugin<UsesContext>(wsl.api(), wsl.hooks()));
    EXPECT_EQ(std::vector<std::string>{"plugin_test info made: on WSL 2.4.4"}, log.lines());
}

}  // namespace
}  // namespace wslplugins
