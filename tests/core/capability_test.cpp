// SPDX-License-Identifier: MIT
#include <wslplugins/core/capability.hpp>

#include <gtest/gtest.h>

namespace wslplugins {
namespace {

struct CapabilityFacts {
    Capability capability;
    std::string_view name;
    Version since;
    Version before;
};

constexpr CapabilityFacts facts[] = {
    {Capability::DistributionInitPid, "DistributionInitPid", {2, 0, 5}, {2, 0, 4}},
    {Capability::DistributionRegisteredHook, "DistributionRegisteredHook", {2, 1, 2}, {2, 1, 1}},
    {Capability::DistributionUnregisteredHook,
     "DistributionUnregisteredHook",
     {2, 1, 2},
     {2, 1, 1}},
    {Capability::ExecuteBinaryInDistribution, "ExecuteBinaryInDistribution", {2, 1, 2}, {2, 1, 1}},
    {Capability::DistributionFlavor, "DistributionFlavor", {2, 4, 4}, {2, 4, 3}},
    {Capability::DistributionVersion, "DistributionVersion", {2, 4, 4}, {2, 4, 3}},
    {Capability::Wslc, "Wslc", {2, 9, 0}, {2, 8, 12}},
    {Capability::WslcVmHooks, "WslcVmHooks", {2, 9, 5}, {2, 9, 4}},
};

TEST(Capability, ExistsFromItsVersionOnAndNotBefore) {
    ASSERT_EQ(std::size(facts), capability_rows.size());
    for (const CapabilityFacts& row : facts) {
        EXPECT_EQ(row.name, name_of(row.capability));
        EXPECT_EQ(row.since, required_version(row.capability)) << row.name;
        EXPECT_TRUE(supports(row.since, row.capability)) << row.name;
        EXPECT_FALSE(supports(row.before, row.capability)) << row.name;
        EXPECT_TRUE(supports({99, 0, 0}, row.capability)) << row.name;
        EXPECT_TRUE(capabilities_of(row.since).contains(row.capability)) << row.name;
        EXPECT_FALSE(capabilities_of(row.before).contains(row.capability)) << row.name;
    }
}

TEST(Capability, OfASetRequiresTheNewestOfIt) {
    const CapabilitySet set = Capability::DistributionFlavor | Capability::DistributionInitPid;
    EXPECT_EQ((Version{2, 4, 4}), set.required_version());
    EXPECT_EQ((Version{2, 9, 5}), (set | Capability::WslcVmHooks).required_version());
    EXPECT_EQ((Version{2, 0, 0}), CapabilitySet().required_version());
    EXPECT_FALSE(set.contains(Capability::Wslc));
}

}  // namespace
}  // namespace wslplugins
