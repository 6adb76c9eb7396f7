// SPDX-License-Identifier: MIT
#include <wslplugins/api/impersonation.hpp>

#include "platform/access_token.hpp"

#include <gtest/gtest.h>

#if defined(_WIN32)
#    include <windows.h>
#endif

namespace wslplugins {
namespace {

#if defined(_WIN32)

/// Whether this thread has a token of its own, apart from its process's.
bool has_own_token() {
    HANDLE token = nullptr;
    if (::OpenThreadToken(::GetCurrentThread(), TOKEN_QUERY, TRUE, &token) == 0) {
        return false;
    }
    (void)::CloseHandle(token);
    return true;
}

class ImpersonationOfThisUser : public testing::Test {
protected:
    const platform::AccessToken owner = platform::AccessToken::of_this_process().value();
    const UserToken token = UserToken(owner.raw());
};

TEST_F(ImpersonationOfThisUser, EndsWithItsScope) {
    ASSERT_FALSE(has_own_token());
    {
        const auto as_user = Impersonation::start(token);
        ASSERT_TRUE(as_user.has_value()) << as_user.error().to_string();
        EXPECT_TRUE(has_own_token());
    }
    EXPECT_FALSE(has_own_token());
}

TEST_F(ImpersonationOfThisUser, EndsWhenAnExceptionLeavesItsScope) {
    try {
        const auto as_user = Impersonation::start(token);
        ASSERT_TRUE(as_user.has_value());
        throw 1;
    } catch (int) {
        EXPECT_FALSE(has_own_token());
    }
}

TEST_F(ImpersonationOfThisUser, MakesTheThreadAgainWhoItWasBefore) {
    const auto outer = Impersonation::start(token);
    ASSERT_TRUE(outer.has_value());
    {
        const auto inner = Impersonation::start(token);
        ASSERT_TRUE(inner.has_value());
    }
    EXPECT_TRUE(has_own_token());
}

TEST(Impersonation, FailsForWhatIsNoTokenAndChangesNothing) {
    int no_token = 0;
    const auto as_user = Impersonation::start(UserToken(&no_token));
    ASSERT_FALSE(as_user.has_value());
    EXPECT_NE(std::string::npos, as_user.error().text().find("token's user"));
    EXPECT_FALSE(has_own_token());
}

TEST_F(ImpersonationOfThisUser, ServesATokenThatMayOnlyBeDuplicated) {
    HANDLE restricted = nullptr;
    ASSERT_NE(0,
              ::DuplicateHandle(::GetCurrentProcess(),
                                owner.raw(),
                                ::GetCurrentProcess(),
                                &restricted,
                                TOKEN_QUERY | TOKEN_DUPLICATE,
                                FALSE,
                                0));
    {
        const auto as_user = Impersonation::start(UserToken(restricted));
        EXPECT_TRUE(as_user.has_value()) << as_user.error().to_string();
    }
    (void)::CloseHandle(restricted);
}

#else

TEST(Impersonation, IsNotSupportedWhereThereIsNoWindows) {
    int token = 0;
    const auto as_user = Impersonation::start(UserToken(&token));
    ASSERT_FALSE(as_user.has_value());
    EXPECT_EQ(HResult::not_supported, as_user.error().code());
}

#endif

}  // namespace
}  // namespace wslplugins
