// SPDX-License-Identifier: MIT
#include <wslplugins/core/guid.hpp>

#include <gtest/gtest.h>

#include <unordered_set>

namespace wslplugins {
namespace {

constexpr abi::GUID raw{
    0x0a1b2c3d, 0x4e5f, 0x6071, {0x82, 0x93, 0xa4, 0xb5, 0xc6, 0xd7, 0xe8, 0xf9}};
constexpr std::string_view text = "{0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9}";

TEST(Guid, PrintsAsTheRegistrySpellsIt) {
    EXPECT_EQ(text, to_string(Guid(raw)));
}

TEST(Guid, ParsesEveryCommonSpelling) {
    for (const std::string_view spelling :
         {std::string_view("{0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9}"),
          std::string_view("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"),
          std::string_view("{0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9}"),
          std::string_view("0a1B2c3d4e5F60718293A4b5c6d7e8f9")}) {
        const auto parsed = Guid::parse(spelling);
        ASSERT_TRUE(parsed.has_value()) << spelling;
        EXPECT_EQ(Guid(raw), *parsed) << spelling;
    }
}

TEST(Guid, RefusesWhatIsNoGuid) {
    using namespace std::string_view_literals;
    for (const std::string_view wrong : {""sv,
                                         "{}"sv,
                                         "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f"sv,
                                         "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f99"sv,
                                         "{0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"sv,
                                         "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9}"sv,
                                         "(0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9)"sv,
                                         "{0a1b2c3d4e5f60718293a4b5c6d7e8f9}"sv,
                                         "0a1b2c3d-4e5f-6071-8293a-4b5c6d7e8f9"sv,
                                         "0a1b2c3g-4e5f-6071-8293-a4b5c6d7e8f9"sv,
                                         "0a1b2c3d 4e5f 6071 8293 a4b5c6d7e8f9"sv,
                                         "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f\0"sv}) {
        const auto parsed = Guid::parse(wrong);
        ASSERT_FALSE(parsed.has_value()) << wrong;
        EXPECT_EQ(HResult::invalid_argument, parsed.error().code()) << wrong;
    }
}

TEST(Guid, GivesBackTheRawFormItWasMadeOf) {
    const abi::GUID back = Guid(raw).raw();
    EXPECT_EQ(raw.Data1, back.Data1);
    EXPECT_EQ(raw.Data2, back.Data2);
    EXPECT_EQ(raw.Data3, back.Data3);
    for (int i = 0; i < 8; ++i) {
        EXPECT_EQ(raw.Data4[i], back.Data4[i]) << i;
    }
}

TEST(Guid, OrdersAsItsTextDoes) {
    const Guid low = Guid::parse("00000001-0000-0000-0000-000000000000").value();
    const Guid high = Guid::parse("01000000-0000-0000-0000-000000000000").value();
    EXPECT_LT(low, high);
    EXPECT_LT(to_string(low), to_string(high));
}

TEST(Guid, CanBeAKeyOfAHashedSet) {
    const std::unordered_set<Guid> set{Guid(raw), Guid(), Guid(raw)};
    EXPECT_EQ(2u, set.size());
}

}  // namespace
}  // namespace wslplugins
