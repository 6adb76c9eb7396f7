// SPDX-License-Identifier: MIT
// The ages and sizes stand here a second time, as literals: a wrong row in the one table fails.
#include <wslplugins/core/slot_table.hpp>

#include <gtest/gtest.h>

namespace wslplugins {
namespace {

struct TableSizes {
    Version version;
    std::size_t hooks;
    std::size_t api;
    std::size_t distribution;
    std::size_t offline_distribution;
};

constexpr TableSizes sizes[] = {
    {{1, 0, 0}, 32, 40, 40, 32},
    {{2, 0, 0}, 32, 40, 40, 32},
    {{2, 0, 4}, 32, 40, 40, 32},
    {{2, 0, 5}, 32, 40, 48, 32},
    {{2, 1, 1}, 32, 40, 48, 32},
    {{2, 1, 2}, 48, 48, 48, 32},
    {{2, 4, 3}, 48, 48, 48, 32},
    {{2, 4, 4}, 48, 48, 64, 48},
    {{2, 8, 6}, 48, 48, 64, 48},
    {{2, 8, 7}, 96, 104, 64, 48},
    {{2, 8, 12}, 96, 104, 64, 48},
    {{2, 9, 0}, 96, 104, 64, 48},
    {{2, 9, 4}, 96, 104, 64, 48},
    {{2, 9, 5}, 112, 104, 64, 48},
    {{99, 0, 0}, 112, 104, 64, 48},
};

TEST(SlotTable, GivesEachVersionTheTablesThatItHad) {
    for (const TableSizes& row : sizes) {
        EXPECT_EQ(row.hooks, hooks_table_size(row.version)) << to_string(row.version);
        EXPECT_EQ(row.api, api_table_size(row.version)) << to_string(row.version);
        EXPECT_EQ(row.distribution, distribution_information_size(row.version))
            << to_string(row.version);
        EXPECT_EQ(row.offline_distribution, offline_distribution_information_size(row.version))
            << to_string(row.version);
    }
}

struct HookFacts {
    std::string_view name;
    std::size_t offset;
    Version slot_since;
    Version since;
    bool can_veto;
};

constexpr Version first{2, 0, 0};

constexpr HookFacts hooks[] = {
    {"OnVMStarted", 0, first, first, true},
    {"OnVMStopping", 8, first, first, false},
    {"OnDistributionStarted", 16, first, first, true},
    {"OnDistributionStopping", 24, first, first, false},
    {"OnDistributionRegistered", 32, {2, 1, 2}, {2, 1, 2}, false},
    {"OnDistributionUnregistered", 40, {2, 1, 2}, {2, 1, 2}, false},
    {"OnSessionCreated", 48, {2, 8, 7}, {2, 9, 0}, true},
    {"OnSessionStopping", 56, {2, 8, 7}, {2, 9, 0}, false},
    {"ContainerStarted", 64, {2, 8, 7}, {2, 9, 0}, true},
    {"ContainerStopping", 72, {2, 8, 7}, {2, 9, 0}, false},
    {"ImageCreated", 80, {2, 8, 7}, {2, 9, 0}, false},
    {"ImageDeleted", 88, {2, 8, 7}, {2, 9, 0}, false},
    {"WslcVmStarted", 96, {2, 9, 5}, {2, 9, 5}, false},
    {"WslcVmStopping", 104, {2, 9, 5}, {2, 9, 5}, false},
};

TEST(SlotTable, HasEveryHookInItsPlaceAndOfItsAge) {
    ASSERT_EQ(std::size(hooks), hook_slots.size());
    for (std::size_t i = 0; i < std::size(hooks); ++i) {
        const HookSlot& slot = hook_slots[i];
        EXPECT_EQ(static_cast<Hook>(i), slot.hook) << hooks[i].name;
        EXPECT_EQ(hooks[i].name, slot.name);
        EXPECT_EQ(hooks[i].offset, slot.offset) << hooks[i].name;
        EXPECT_EQ(hooks[i].slot_since, slot.slot_since) << hooks[i].name;
        EXPECT_EQ(hooks[i].since, slot.since) << hooks[i].name;
        EXPECT_EQ(hooks[i].can_veto, slot.can_veto) << hooks[i].name;
    }
}

struct CallFacts {
    std::string_view name;
    std::size_t offset;
    Version slot_since;
    Version since;
};

constexpr CallFacts calls[] = {
    {"MountFolder", 16, first, first},
    {"ExecuteBinary", 24, first, first},
    {"PluginError", 32, first, first},
    {"ExecuteBinaryInDistribution", 40, {2, 1, 2}, {2, 1, 2}},
    {"WSLCMountFolder", 48, {2, 8, 7}, {2, 9, 0}},
    {"WSLCUnmountFolder", 56, {2, 8, 7}, {2, 9, 0}},
    {"WSLCCreateProcess", 64, {2, 8, 7}, {2, 9, 0}},
    {"WSLCProcessGetFd", 72, {2, 8, 7}, {2, 9, 0}},
    {"WSLCProcessGetExitEvent", 80, {2, 8, 7}, {2, 9, 0}},
    {"WSLCProcessGetExitCode", 88, {2, 8, 7}, {2, 9, 0}},
    {"WSLCReleaseProcess", 96, {2, 8, 7}, {2, 9, 0}},
};

TEST(SlotTable, HasEveryCallInItsPlaceAndOfItsAge) {
    ASSERT_EQ(std::size(calls), api_slots.size());
    for (std::size_t i = 0; i < std::size(calls); ++i) {
        const ApiSlot& slot = api_slots[i];
        EXPECT_EQ(static_cast<ApiCall>(i), slot.call) << calls[i].name;
        EXPECT_EQ(calls[i].name, slot.name);
        EXPECT_EQ(calls[i].offset, slot.offset) << calls[i].name;
        EXPECT_EQ(calls[i].slot_since, slot.slot_since) << calls[i].name;
        EXPECT_EQ(calls[i].since, slot.since) << calls[i].name;
    }
}

}  // namespace
}  // namespace wslplugins
