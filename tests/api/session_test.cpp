// SPDX-License-Identifier: MIT
#include <wslplugins/api/session.hpp>
#include <wslplugins/api/vm_settings.hpp>

#include <gtest/gtest.h>

#include <type_traits>

namespace wslplugins {
namespace {

TEST(Session, SaysItsNumberAndServesWhereANumberIsAskedFor) {
    const abi::WSLSessionInformation raw{7, nullptr, nullptr};
    const Session session(&raw);
    const SessionId kept = session;
    EXPECT_EQ(SessionId(7), kept);
    EXPECT_EQ(&raw, session.raw());
}

TEST(Session, HasNoTokenWhileThereIsNoVirtualMachine) {
    abi::WSLSessionInformation raw{0, nullptr, nullptr};
    EXPECT_FALSE(Session(&raw).user_token().has_value());
    int token = 0;
    raw.UserToken = &token;
    ASSERT_TRUE(Session(&raw).user_token().has_value());
    EXPECT_EQ(&token, Session(&raw).user_token()->raw());
}

TEST(VmSettings, SayWhatTheUserChanged) {
    abi::WSLVmCreationSettings raw{abi::None};
    EXPECT_FALSE(VmSettings(&raw).has(VmCustomization::CustomKernel));
    raw.CustomConfigurationFlags = abi::WSLUserConfigurationCustomKernelCommandLine;
    EXPECT_FALSE(VmSettings(&raw).has(VmCustomization::CustomKernel));
    EXPECT_TRUE(VmSettings(&raw).has(VmCustomization::CustomKernelCommandLine));
    raw.CustomConfigurationFlags = static_cast<abi::WSLUserConfiguration>(3);
    EXPECT_TRUE(VmSettings(&raw).has(VmCustomization::CustomKernel));
    EXPECT_TRUE(VmSettings(&raw).has(VmCustomization::CustomKernelCommandLine));
}

}  // namespace
}  // namespace wslplugins
