// SPDX-License-Identifier: MIT
#include <wslplugins/api/sid.hpp>

#include "platform/guarded_memory.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <unordered_set>
#include <vector>

namespace wslplugins {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr HResult invalid_sid = HResult::from_win32(1337);

Bytes sid_bytes(const std::array<std::uint8_t, 6>& authority,
                const std::vector<std::uint32_t>& sub_authorities) {
    Bytes bytes(8 + sub_authorities.size() * 4);
    bytes[0] = 1;
    bytes[1] = static_cast<std::uint8_t>(sub_authorities.size());
    std::memcpy(&bytes[2], authority.data(), authority.size());
    std::size_t at = 8;
    for (const std::uint32_t value : sub_authorities) {
        for (int shift = 0; shift < 32; shift += 8) {
            bytes[at++] = static_cast<std::uint8_t>(value >> shift);
        }
    }
    return bytes;
}

const Bytes everyone = sid_bytes({0, 0, 0, 0, 0, 1}, {0});
const Bytes local_system = sid_bytes({0, 0, 0, 0, 0, 5}, {18});
const Bytes a_user = sid_bytes({0, 0, 0, 0, 0, 5}, {21, 4294967295, 1, 2147483648, 1001});

/// A SID with a page behind it that nothing may touch.
class Guarded {
public:
    explicit Guarded(const Bytes& bytes)
        : memory_(platform::GuardedMemory::allocate((bytes.size() + 7) / 8 * 8).value()) {
        at_ = static_cast<std::byte*>(memory_.data()) + memory_.size() - bytes.size();
        std::memcpy(at_, bytes.data(), bytes.size());
    }

    [[nodiscard]] void* raw() const { return at_; }

private:
    platform::GuardedMemory memory_;
    std::byte* at_;
};

TEST(Sid, PrintsWhatWindowsPrints) {
    const struct {
        Bytes bytes;
        const char* text;
    } rows[] = {
        {everyone, "S-1-1-0"},
        {local_system, "S-1-5-18"},
        {sid_bytes({0, 0, 0, 0, 0, 5}, {32, 544}), "S-1-5-32-544"},
        {a_user, "S-1-5-21-4294967295-1-2147483648-1001"},
        {sid_bytes({0, 0, 0, 0, 0, 5}, {}), "S-1-5"},
        {sid_bytes({0, 0, 0xFF, 0xFF, 0xFF, 0xFF}, {1}), "S-1-4294967295-1"},
        {sid_bytes({0, 1, 0, 0, 0, 0}, {1}), "S-1-0x000100000000-1"},
        {sid_bytes({0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54}, {1}), "S-1-0xFEDCBA987654-1"},
        {sid_bytes({0, 0, 0, 0, 0, 15}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}),
         "S-1-15-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15"},
    };
    for (const auto& row : rows) {
        const Guarded memory(row.bytes);
        EXPECT_EQ(row.text, Sid(memory.raw()).to_string().value());
        const OwnedSid owned = Sid(memory.raw()).to_owned().value();
        EXPECT_EQ(row.text, to_string(owned));
        ASSERT_EQ(row.bytes.size(), owned.size());
        EXPECT_EQ(0, std::memcmp(row.bytes.data(), owned.raw(), owned.size()));
    }
}

TEST(Sid, RefusesWhatIsNoneWithoutReadingOn) {
    Bytes sixteen = sid_bytes({0, 0, 0, 0, 0, 5}, std::vector<std::uint32_t>(16, 1));
    for (const Bytes& bytes :
         {sixteen, Bytes{0, 1}, Bytes{2, 1}, Bytes{255, 255}, Bytes{1, 16}, Bytes{1, 255}}) {
        const Guarded memory(bytes);
        const Sid sid(memory.raw());
        EXPECT_EQ(invalid_sid, sid.to_string().error().code());
        EXPECT_EQ(invalid_sid, sid.to_owned().error().code());
        EXPECT_EQ(invalid_sid, sid.account_name().error().code());
    }
    EXPECT_EQ(HResult::null_pointer, OwnedSid::copy(nullptr).error().code());
}

TEST(Sid, IsEqualByItsBytes) {
    const Guarded one(a_user);
    const Guarded same(a_user);
    const Guarded other(local_system);
    const Guarded broken(Bytes{1, 255});
    const Guarded as_broken(Bytes{1, 255});
    EXPECT_TRUE(Sid(one.raw()) == Sid(same.raw()));
    EXPECT_FALSE(Sid(one.raw()) == Sid(other.raw()));
    EXPECT_FALSE(Sid(one.raw()) == Sid(broken.raw()));
    EXPECT_TRUE(Sid(broken.raw()) == Sid(broken.raw()));
    EXPECT_FALSE(Sid(broken.raw()) == Sid(as_broken.raw()));
}

TEST(Sid, IsOwnedComparedAndHashed) {
    Bytes bytes = a_user;
    const OwnedSid owned = OwnedSid::copy(bytes.data()).value();
    bytes[8] = 99;
    const OwnedSid other = OwnedSid::copy(bytes.data()).value();
    EXPECT_EQ("S-1-5-21-4294967295-1-2147483648-1001", to_string(owned));
    EXPECT_NE(owned, other);
    EXPECT_LT(owned, other);
    const OwnedSid copy = owned;  // NOLINT(performance-unnecessary-copy-initialization)
    EXPECT_EQ(owned, copy);
    const std::unordered_set<OwnedSid> set{owned, other, copy};
    EXPECT_EQ(2u, set.size());
}

#if defined(_WIN32)
TEST(Sid, NamesTheAccountOfTheSystem) {
    const Guarded memory(local_system);
    const AccountName account = Sid(memory.raw()).account_name().value();
    EXPECT_FALSE(account.name.empty());
    EXPECT_FALSE(account.domain.empty());
}

TEST(Sid, SaysWhoIsUnknownWhenWindowsKnowsNoAccount) {
    const OwnedSid nobody =
        OwnedSid::copy(sid_bytes({0, 0, 0, 0, 0, 5}, {21, 1, 2, 3, 4}).data()).value();
    const Error error = nobody.account_name().error();
    EXPECT_EQ(HResult::from_win32(1332), error.code()) << error.to_string();
    EXPECT_NE(std::string::npos, error.text().find("S-1-5-21-1-2-3-4"));
}
#else
TEST(Sid, HasNoAccountWhereThereIsNoWindows) {
    const Guarded memory(local_system);
    const Error error = Sid(memory.raw()).account_name().error();
    EXPECT_EQ(HResult::not_supported, error.code());
    EXPECT_NE(std::string::npos, error.text().find("S-1-5-18"));
}
#endif

}  // namespace
}  // namespace wslplugins
