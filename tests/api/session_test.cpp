// SPDX-License-Identifier: MIT
#include <wslplugins/api/session.hpp>
#include <wslplugins/api/vm_settings.hpp>

#include <gtest/gtest.h>

#include <unordered_set>

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

TEST(Session, HasNoUserSidWhereATestPassesNone) {
    const abi::WSLSessionInformation raw{7, nullptr, nullptr};
    EXPECT_FALSE(Session(&raw).user_sid().has_value());
    EXPECT_FALSE(Session(&raw).to_owned().value().user_sid.has_value());
}

TEST(Session, IsOwnedWithItsUser) {
    std::uint8_t sid[] = {1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0};
    const abi::WSLSessionInformation raw{7, nullptr, sid};
    EXPECT_EQ("S-1-5-18", Session(&raw).user_sid()->to_string().value());
    const OwnedSession owned = Session(&raw).to_owned().value();
    EXPECT_EQ(SessionId(7), owned.id);
    EXPECT_EQ("S-1-5-18", to_string(owned.user_sid.value()));
    sid[0] = 9;
    EXPECT_EQ(HResult::from_win32(1337), Session(&raw).to_owned().error().code());
}

TEST(Session, IsEqualHashedAndPrintedByItsNumber) {
    int token = 0;
    const abi::WSLSessionInformation one{7, nullptr, nullptr};
    const abi::WSLSessionInformation again{7, &token, nullptr};
    const abi::WSLSessionInformation other{8, nullptr, nullptr};
    EXPECT_TRUE(Session(&one) == Session(&again));
    EXPECT_FALSE(Session(&one) == Session(&other));
    const std::unordered_set<OwnedSession> owned{Session(&one).to_owned().value(),
                                                 Session(&again).to_owned().value(),
                                                 Session(&other).to_owned().value()};
    EXPECT_EQ(2u, owned.size());
    EXPECT_EQ("session 7", to_string(Session(&one)));
    EXPECT_EQ("session 8", to_string(Session(&other).to_owned().value()));
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
