// SPDX-License-Identifier: MIT
#include "plugin/record/section_reader.hpp"

#include <gtest/gtest.h>
#include <wslplugins/core/plugin_record.hpp>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace wslplugins {
namespace {

/// The bytes as docs/plugin-record.md gives them, written out by hand.
std::vector<std::byte> example() {
    constexpr std::uint8_t bytes[] = {
        'W', 'S',  'L', 'P', 'L', 'U', 'G', 'R',               // magic
        1,   0,    0,   0,   48,  0,   0,   0,                 // version, size
        3,   0,    0,   0,   4,   0,   0,   0,    5, 0, 0, 0,  // framework
        2,   0,    0,   0,   1,   0,   0,   0,    2, 1, 0, 0,  // WSL
        1,   0x20, 0,   0,   0,   0,   0,   0x80,              // hooks
    };
    const auto all = std::as_bytes(std::span(bytes));
    return {all.begin(), all.end()};
}

void expect_refused(const std::vector<std::byte>& bytes, std::string_view why) {
    const auto record = decode_plugin_record(bytes);
    ASSERT_FALSE(record);
    EXPECT_EQ(HResult::invalid_data, record.error().code());
    EXPECT_TRUE(record.error().text().contains(why)) << record.error().text();
}

TEST(PluginRecord, IsReadFromItsBytes) {
    const auto record = decode_plugin_record(example());
    ASSERT_TRUE(record) << record.error().to_string();
    EXPECT_EQ((PluginRecord{1, {3, 4, 5}, {2, 1, 258}, 0x8000000000002001u}), *record);
    EXPECT_TRUE(record->overrides(Hook::OnVMStarted));
    EXPECT_FALSE(record->overrides(Hook::OnVMStopping));
    EXPECT_TRUE(record->overrides(Hook::WslcVmStopping));
}

TEST(PluginRecord, MayBeFollowedByPadding) {
    auto bytes = example();
    bytes.resize(512);
    EXPECT_TRUE(decode_plugin_record(bytes));
}

TEST(PluginRecord, OfALaterVersionIsReadAsFarAsItIsKnown) {
    auto bytes = example();
    bytes.resize(64, std::byte{0xFF});
    bytes[8] = std::byte{9};
    bytes[12] = std::byte{64};
    const auto record = decode_plugin_record(bytes);
    ASSERT_TRUE(record) << record.error().to_string();
    EXPECT_EQ(9u, record->record_version);
    EXPECT_EQ((Version{2, 1, 258}), record->required_wsl);
}

TEST(PluginRecord, ThatIsCutIsRefusedAtEveryLength) {
    const auto whole = example();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        // On the heap and exactly as long, so that a sanitizer sees a read past the end.
        const std::vector<std::byte> cut(whole.begin(),
                                         whole.begin() + static_cast<std::ptrdiff_t>(length));
        expect_refused(cut, "needs 48 bytes");
    }
}

TEST(PluginRecord, WithAnotherBeginningIsRefused) {
    for (std::size_t i = 0; i < 8; ++i) {
        auto bytes = example();
        bytes[i] ^= std::byte{0x20};
        expect_refused(bytes, "WSLPLUGR");
    }
}

TEST(PluginRecord, WithAnImpossibleVersionOrSizeIsRefused) {
    auto no_version = example();
    no_version[8] = std::byte{0};
    expect_refused(no_version, "version 0");
    auto too_small = example();
    too_small[12] = std::byte{47};
    expect_refused(too_small, "size of 47");
    auto too_big = example();
    too_big[15] = std::byte{0xFF};
    expect_refused(too_big, "does not exist");
}

TEST(PluginRecord, StandsInTheBuiltPluginOnce) {
    const auto sections = test::read_sections(RECORD_FIXTURE, plugin_record_section);
    ASSERT_EQ(1u, sections.size());
    EXPECT_FALSE(sections[0].is_writable);
    const auto record = decode_plugin_record(sections[0].bytes);
    ASSERT_TRUE(record) << record.error().to_string();
    // OnVMStarted, OnDistributionRegistered, ContainerStarted, WslcVmStopping
    constexpr std::uint64_t overridden = 0b10'0001'0001'0001;
    EXPECT_EQ((PluginRecord{1, framework_version, {2, 4, 4}, overridden}), *record);
}

TEST(PluginRecord, NamesTheFrameworkAsThePackageDoes) {
    EXPECT_EQ(PROJECT_VERSION, to_string(framework_version));
}

#if defined(__MINGW32__)
TEST(BuiltPlugin, DoesNotCarryTheTerminateHandlerOfTheStandardLibrary) {
    std::ifstream file(RECORD_FIXTURE, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    ASSERT_TRUE(bytes.starts_with("MZ"));
    EXPECT_FALSE(bytes.contains("terminate called"));  // what that handler prints
}
#endif

}  // namespace
}  // namespace wslplugins
