// SPDX-License-Identifier: MIT
/// @file
/// What a plugin sees of several WSL versions. The sizes are the facts themselves, not the project's table.
#include "testhost/raw_plugins.hpp"

#include <gmock/gmock.h>

#include <cstddef>
#include <cstring>

namespace wslplugins::testhost {
namespace {

struct VersionFacts {
    Version version;
    std::size_t api_bytes;
    std::size_t hooks_bytes;
    std::size_t distribution_bytes;
};

void PrintTo(const VersionFacts& facts, std::ostream* out) {
    *out << to_string(facts.version);
}

class EachVersion : public testing::TestWithParam<VersionFacts> {
protected:
    std::unique_ptr<Service> start() {
        ServiceOptions options;
        options.version = GetParam().version;
        options.plugins = {plugin.registration()};
        return start_service(std::move(options));
    }

    RelayedPlugin plugin{'a'};
};

/// Pages are at least this long; what ends right before an inaccessible one ends at a multiple of it.
bool ends_at_a_page(const void* start, std::size_t bytes) {
    return (reinterpret_cast<std::uintptr_t>(start) + bytes) % 4096 == 0;
}

TEST_P(EachVersion, HasTablesAndStructsOfItsOwnLength) {
    const VersionFacts& facts = GetParam();
    plugin.on_entry([&](const abi::WSLPluginAPIV1& api, abi::WSLPluginHooksV1& hooks) {
        EXPECT_EQ(api.Version.Major, facts.version.major);
        EXPECT_EQ(api.Version.Minor, facts.version.minor);
        EXPECT_EQ(api.Version.Revision, facts.version.revision);
        EXPECT_TRUE(ends_at_a_page(&api, facts.api_bytes));
        EXPECT_TRUE(ends_at_a_page(&hooks, facts.hooks_bytes));
        const auto* const bytes = reinterpret_cast<const std::byte*>(&api);
        for (std::size_t at = 16; at < facts.api_bytes; at += sizeof(void*)) {
            void* slot = nullptr;
            std::memcpy(&slot, bytes + at, sizeof slot);
            EXPECT_NE(slot, nullptr) << "the slot at " << at;
        }
        const std::vector<std::byte> zeros(facts.hooks_bytes);
        EXPECT_EQ(std::memcmp(&hooks, zeros.data(), zeros.size()), 0);
        return 0;
    });
    plugin.on(Hook::OnVMStarted, [&](const HookArguments& arguments) {
        EXPECT_TRUE(ends_at_a_page(arguments.first, 24));
        EXPECT_TRUE(ends_at_a_page(arguments.second, 4));
        return 0;
    });
    plugin.on(Hook::OnDistributionStarted, [&](const HookArguments& arguments) {
        EXPECT_TRUE(ends_at_a_page(arguments.second, facts.distribution_bytes));
        return 0;
    });
    const auto service = start();
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(hooks_called(*service).size(), 2u);
}

INSTANTIATE_TEST_SUITE_P(Growth,
                         EachVersion,
                         testing::Values(VersionFacts{{2, 0, 0}, 40, 32, 40},
                                         VersionFacts{{2, 0, 5}, 40, 32, 48},
                                         VersionFacts{{2, 1, 1}, 40, 32, 48},
                                         VersionFacts{{2, 1, 2}, 48, 48, 48},
                                         VersionFacts{{2, 4, 4}, 48, 48, 64},
                                         VersionFacts{{2, 8, 7}, 104, 96, 64},
                                         VersionFacts{{2, 9, 4}, 104, 96, 64},
                                         VersionFacts{{2, 9, 5}, 104, 112, 64},
                                         VersionFacts{{3, 0, 0}, 104, 112, 64}));

TEST(OlderVersion, TakesAnotherMountCall) {
    RelayedPlugin plugin('a');
    using EarlyMount =
        abi::HRESULT (*)(abi::WSLCSessionId, abi::LPCWSTR, abi::BOOL, abi::LPCWSTR, char*);
    plugin.on_entry([](const abi::WSLPluginAPIV1& api, auto&) {
        const auto mount =
            reinterpret_cast<EarlyMount>(reinterpret_cast<void (*)()>(api.WSLCMountFolder));
        const abi::WCHAR text[] = {'x', 0};
        char mountpoint[16] = "";
        EXPECT_EQ(mount(1, text, 0, text, nullptr), code(0x80004003u));
        // While plugins are loaded, nothing serves container sessions yet.
        EXPECT_EQ(mount(1, text, 0, text, mountpoint), code(0x80010108u));
        return 0;
    });
    ServiceOptions options;
    options.version = {2, 8, 11};
    options.plugins = {plugin.registration()};
    const auto service = start_service(std::move(options));
    EXPECT_EQ(detail(entry_named(*service, "WSLCMountFolder"), "name"), "x");
}

TEST(ApiTable, StaysForThePluginThatKeepsItOverARestart) {
    std::vector<const abi::WSLPluginAPIV1*> tables;
    for (int start = 0; start < 2; ++start) {
        RelayedPlugin plugin('a');
        plugin.on_entry([&tables](const abi::WSLPluginAPIV1& api, auto&) {
            tables.push_back(&api);
            return 0;
        });
        ServiceOptions options;
        options.version = {2, 8, 11};
        options.plugins = {plugin.registration()};
        start_service(std::move(options)).reset();
    }
    ASSERT_EQ(tables.size(), 2u);
    EXPECT_EQ(tables[0], tables[1]);
    EXPECT_EQ(tables[0]->Version.Minor, 8u);
}

TEST(TablesDeathTest, FaultWhereTheVersionEnds) {
#if defined(_WIN32)
    GTEST_SKIP() << "the faults are provoked in the native build only";
#else
    // Forked, not cloned: the other style finds the wrong end of its stack where stack use after
    // return is watched. Death tests run first, before there is a thread that a fork would lose.
    GTEST_FLAG_SET(death_test_style, "fast");
    const auto load = [](const RelayedPlugin::Entry& entry) {
        RelayedPlugin plugin('a');
        plugin.on_entry(entry);
        ServiceOptions options;
        options.version = {2, 0, 0};
        options.plugins = {plugin.registration()};
        start_service(std::move(options)).reset();
    };
    EXPECT_DEATH(load([](const abi::WSLPluginAPIV1& api, auto&) {
                     return api.ExecuteBinaryInDistribution == nullptr ? 0 : 1;
                 }),
                 "");
    EXPECT_DEATH(load([](const auto&, abi::WSLPluginHooksV1& hooks) {
                     hooks.OnDistributionRegistered = nullptr;
                     return 0;
                 }),
                 "");
#endif
}

}  // namespace
}  // namespace wslplugins::testhost
