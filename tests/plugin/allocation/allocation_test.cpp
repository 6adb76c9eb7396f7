// SPDX-License-Identifier: MIT
// A hook that succeeds costs no memory: WSL waits for it, and memory may be out.
#include "plugin/allocation/counting_new.hpp"
#include "support/raw_wsl.hpp"

#include <gtest/gtest.h>
#include <wslplugins/wslplugins.hpp>

namespace wslplugins {
namespace {

class Watching final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_vm_started(const Session& session, const VmSettings& settings) override {
        seen = session.id();
        return settings.has(VmCustomization::CustomKernel)
                   ? PluginResult<>(refuse(HResult::access_denied, "no"))
                   : PluginResult<>();
    }

    WinResult<> on_vm_stopping(const Session& session) override {
        seen = session.id();
        return {};
    }

    PluginResult<> on_distribution_started(const Session&,
                                           const Distribution& distribution) override {
        return distribution.id() == Guid() ? PluginResult<>(refuse(HResult::fail, "no id"))
                                           : PluginResult<>();
    }

    static inline SessionId seen{0};
};

class Allocation : public testing::Test {
protected:
    Allocation() {
        EXPECT_EQ(0, load_plugin<Watching>(wsl_.api(), wsl_.hooks()));
        (void)wsl_.hooks()->OnVMStopping(&session_);  // what is made once is made here
    }

    tests::RawWsl wsl_{newest_known_version};
    abi::WSLSessionInformation session_{7, nullptr, nullptr};
};

TEST_F(Allocation, HappensInNoHookThatSucceeds) {
    const abi::WSLVmCreationSettings settings{};
    abi::WSLDistributionInformation distribution{};
    distribution.Id.Data1 = 1;
    const int before = tests::allocations;
    const abi::HRESULT started = wsl_.hooks()->OnVMStarted(&session_, &settings);
    const abi::HRESULT distribution_started =
        wsl_.hooks()->OnDistributionStarted(&session_, &distribution);
    const abi::HRESULT stopping = wsl_.hooks()->OnVMStopping(&session_);
    EXPECT_EQ(before, tests::allocations);
    EXPECT_EQ(0, started);
    EXPECT_EQ(0, distribution_started);
    EXPECT_EQ(0, stopping);
    EXPECT_EQ(SessionId(7), Watching::seen);
}

TEST_F(Allocation, IsCountedWhereAHookRefuses) {
    const abi::WSLVmCreationSettings settings{abi::WSLUserConfigurationCustomKernel};
    const int before = tests::allocations;
    EXPECT_EQ(HResult::access_denied.value(), wsl_.hooks()->OnVMStarted(&session_, &settings));
    EXPECT_LT(before, tests::allocations);
}

}  // namespace
}  // namespace wslplugins
