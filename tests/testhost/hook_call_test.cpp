// SPDX-License-Identifier: MIT
#include "testhost/plugins/plugin_manager.hpp"
#include "testhost/raw_plugins.hpp"

#include <gmock/gmock.h>

#include <array>

namespace wslplugins::testhost {
namespace {

const abi::WSLSessionInformation session{7, nullptr, nullptr};
const abi::WSLCSessionInformation container_session{9, nullptr, 1, nullptr, nullptr};
const abi::WSLVmCreationSettings settings{abi::None};
const abi::WSLDistributionInformation distribution{};
const abi::WslOfflineDistributionInformation offline_distribution{};
constexpr char text[] = "{}";

struct EachCall {
    Hook hook;
    HookCall::Session session;
    HookCall::Payload payload;
    bool can_veto;
};

void PrintTo(const EachCall& call, std::ostream* out) {
    *out << slot_of(call.hook).name;
}

const std::array<EachCall, 14> each_call{{
    {Hook::OnVMStarted, &session, &settings, true},
    {Hook::OnVMStopping, &session, {}, false},
    {Hook::OnDistributionStarted, &session, &distribution, true},
    {Hook::OnDistributionStopping, &session, &distribution, false},
    {Hook::OnDistributionRegistered, &session, &offline_distribution, false},
    {Hook::OnDistributionUnregistered, &session, &offline_distribution, false},
    {Hook::OnSessionCreated, &container_session, {}, true},
    {Hook::OnSessionStopping, &container_session, {}, false},
    {Hook::ContainerStarted, &container_session, text, true},
    {Hook::ContainerStopping, &container_session, text, false},
    {Hook::ImageCreated, &container_session, text, false},
    {Hook::ImageDeleted, &container_session, text, false},
    {Hook::WslcVmStarted, &container_session, {}, false},
    {Hook::WslcVmStopping, &container_session, {}, false},
}};

class EachHook : public testing::TestWithParam<EachCall> {
protected:
    void load(std::initializer_list<const RelayedPlugin*> plugins,
              const Version& version = newest_known_version) {
        ServiceOptions options;
        options.version = version;
        options.signature_check = SignatureCheck::Unofficial;
        for (const RelayedPlugin* plugin : plugins) {
            options.plugins.push_back(plugin->registration());
        }
        auto loaded = PluginManager::load(options, journal);
        ASSERT_TRUE(loaded);
        manager = std::move(*loaded);
    }

    [[nodiscard]] HookCall hook_call() const {
        return {GetParam().hook, GetParam().session, GetParam().payload, {}};
    }

    /// What each plugin's hooks returned, as `a 0x00000000`.
    [[nodiscard]] std::vector<std::string> results() const {
        std::vector<std::string> all;
        for (const JournalEntry& entry : journal.entries()) {
            if (entry.kind == JournalKind::Hook) {
                EXPECT_EQ(entry.name, slot_of(GetParam().hook).name);
                all.push_back(entry.plugin + ' ' + as_wsl_prints(entry.result.value()));
            }
        }
        return all;
    }

    RelayedPlugin a{'a'};
    RelayedPlugin b{'b'};
    Journal journal;
    std::unique_ptr<PluginManager> manager;
};

TEST_P(EachHook, ReachesThePluginWithItsArguments) {
    const void* expected_first = nullptr;
    std::visit([&](const auto* pointer) { expected_first = pointer; }, GetParam().session);
    int calls = 0;
    a.on(GetParam().hook, [&](const HookArguments& arguments) {
        ++calls;
        EXPECT_EQ(arguments.first, expected_first);
        EXPECT_EQ(arguments.second == nullptr,
                  std::holds_alternative<std::monostate>(GetParam().payload));
        return 0;
    });
    load({&a, &b});
    EXPECT_EQ(manager->play(hook_call()), HResult::ok);
    EXPECT_EQ(calls, 1) << "and b, which installed nothing, is not called";
}

TEST_P(EachHook, EndsTheRoundOnlyWhereItsFailureIsAVeto) {
    a.on(GetParam().hook, [](const HookArguments&) { return code(0x8000FFFFu); });
    b.on(GetParam().hook, [](const HookArguments&) { return 0; });
    load({&a, &b});
    const HResult outcome = manager->play(hook_call());
    if (GetParam().can_veto) {
        EXPECT_EQ(outcome, HResult::unexpected);
        EXPECT_THAT(results(), testing::ElementsAre("a E_UNEXPECTED"));
    } else {
        EXPECT_EQ(outcome, HResult::ok);
        EXPECT_THAT(results(), testing::ElementsAre("a E_UNEXPECTED", "b 0x00000000"));
    }
}

TEST_P(EachHook, LeavesTheRoundWithAnException) {
    a.on(GetParam().hook, [](const HookArguments&) { return fixtures::throw_instead; });
    b.on(GetParam().hook, [](const HookArguments&) { return 0; });
    load({&a, &b});
    EXPECT_EQ(manager->play(hook_call()), HResult::unhandled_exception);
    EXPECT_EQ(results().size(), 1u);
}

TEST_P(EachHook, IsNotCalledInAVersionThatLacksIt) {
    const HookSlot& slot = slot_of(GetParam().hook);
    if (slot.slot_since == first_version) {
        a.on(slot.hook, [](const HookArguments&) { return 0; });
    }
    load({&a}, first_version);
    EXPECT_EQ(manager->play(hook_call()), HResult::ok);
    EXPECT_EQ(results().size(), slot.slot_since == first_version ? 1u : 0u);
}

TEST_P(EachHook, IsNeverCalledWithAnotherHooksArguments) {
    a.on(GetParam().hook, [](const HookArguments&) { return 0; });
    load({&a});
    HookCall wrong = hook_call();
    wrong.session = &session;
    wrong.payload = static_cast<const abi::WslOfflineDistributionInformation*>(nullptr);
    if (GetParam().hook == Hook::OnDistributionRegistered ||
        GetParam().hook == Hook::OnDistributionUnregistered) {
        wrong.payload = text;
    }
    if (GetParam().hook == Hook::OnVMStopping) {
        wrong.session = &container_session;
    }
    EXPECT_THROW((void)manager->play(wrong), std::bad_variant_access);
}

INSTANTIATE_TEST_SUITE_P(OfTheTable, EachHook, testing::ValuesIn(each_call), [](const auto& each) {
    return std::string(slot_of(each.param.hook).name);
});

}  // namespace
}  // namespace wslplugins::testhost
