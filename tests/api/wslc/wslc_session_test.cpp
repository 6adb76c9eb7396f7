// SPDX-License-Identifier: MIT
#include <wslplugins/api/wslc/wslc_session.hpp>

#include "support/raw_wsl.hpp"

#include <gtest/gtest.h>

#include <type_traits>
#include <unordered_set>

namespace wslplugins {
namespace {
using tests::CutStruct;

const WideString name = to_utf16("caf\xC3\xA9").value();
const WideString broken(1, static_cast<abi::WCHAR>(0xD800));

struct Passed {
    explicit Passed(const abi::WSLCSessionInformation& information)
        : memory(information, sizeof information), view(memory.get()) {}

    CutStruct<abi::WSLCSessionInformation> memory;
    WslcSession view;
};

static_assert(!std::is_copy_constructible_v<WslcSession> &&
              !std::is_move_constructible_v<WslcSession>);
static_assert(!std::is_constructible_v<WslcSessionId, SessionId> &&
              !std::is_constructible_v<SessionId, WslcSessionId> &&
              !std::is_constructible_v<SessionId, const WslcSession&>);

TEST(WslcSession, ShowsWhatWslPassed) {
    int token = 0;
    const Passed passed({3, name.c_str(), 4711, &token, nullptr});
    EXPECT_EQ(WslcSessionId(3), passed.view.id());
    EXPECT_EQ("caf\xC3\xA9", passed.view.display_name().value());
    EXPECT_EQ(4711u, passed.view.application_pid());
    ASSERT_TRUE(passed.view.user_token().has_value());
    EXPECT_EQ(&token, passed.view.user_token()->raw());
    EXPECT_EQ(passed.memory.get(), passed.view.raw());
    const WslcSessionId kept = passed.view;
    EXPECT_EQ(3u, kept.value());
}

TEST(WslcSession, HasNoUserAndNoNameWhereWslPassesNone) {
    const Passed passed({3, nullptr, 0, nullptr, nullptr});
    EXPECT_FALSE(passed.view.user_token().has_value());
    EXPECT_FALSE(passed.view.user_sid().has_value());
    EXPECT_FALSE(passed.view.to_owned().value().user_sid.has_value());
    EXPECT_EQ("", passed.view.display_name().value());
    EXPECT_EQ("container session 3 ()", to_string(passed.view));
}

/// S-1-5-18, and four bytes more than a SID with one sub-authority has.
alignas(4) std::uint8_t local_system[] = {1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0, 9, 9, 9, 9};
alignas(4) std::uint8_t no_sid[] = {2, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0};

TEST(WslcSession, IsOwnedWithItsNameAndItsUser) {
    const Passed passed({3, name.c_str(), 4711, nullptr, local_system});
    EXPECT_EQ("S-1-5-18", passed.view.user_sid()->to_string().value());
    const OwnedWslcSession owned = passed.view.to_owned().value();
    EXPECT_EQ(WslcSessionId(3), owned.id);
    EXPECT_EQ("caf\xC3\xA9", owned.display_name);
    EXPECT_EQ(4711u, owned.application_pid);
    EXPECT_EQ("S-1-5-18", to_string(owned.user_sid.value()));
    EXPECT_EQ("container session 3 (caf\xC3\xA9)", to_string(owned));
}

TEST(WslcSession, IsNotOwnedUnderANameThatIsNotItsOwn) {
    const Passed passed({3, broken.c_str(), 4711, nullptr, nullptr});
    EXPECT_EQ(HResult::no_unicode_translation, passed.view.display_name().error().code());
    EXPECT_EQ(HResult::no_unicode_translation, passed.view.to_owned().error().code());
    EXPECT_EQ("container session 3 (\xEF\xBF\xBD)", to_string(passed.view));
}

TEST(WslcSession, IsNotOwnedWithAUserThatIsNone) {
    const Passed passed({3, name.c_str(), 4711, nullptr, no_sid});
    EXPECT_EQ(0x80070539u, passed.view.to_owned().error().code().bits());  // ERROR_INVALID_SID
}

TEST(WslcSession, IsTheSameWhereverWslPutsIt) {
    const Passed first({3, name.c_str(), 1, nullptr, nullptr});
    const Passed again({3, nullptr, 2, nullptr, nullptr});
    const Passed other({4, name.c_str(), 1, nullptr, nullptr});
    EXPECT_EQ(first.view, again.view);
    EXPECT_NE(first.view, other.view);
    EXPECT_EQ(first.view.to_owned().value(), again.view.to_owned().value());
    const std::unordered_set<OwnedWslcSession> sessions{first.view.to_owned().value(),
                                                        again.view.to_owned().value(),
                                                        other.view.to_owned().value()};
    EXPECT_EQ(2u, sessions.size());
    EXPECT_LT(first.view.id(), other.view.id());
    EXPECT_EQ(2u, (std::unordered_set<WslcSessionId>{first.view, again.view, other.view}.size()));
}

}  // namespace
}  // namespace wslplugins
