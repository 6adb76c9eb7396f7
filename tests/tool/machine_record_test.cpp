// SPDX-License-Identifier: MIT
#include "machine/machine_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace wslplugins::tool::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

RegistryData data(std::uint32_t type, char fill) {
    return {type, std::vector<std::byte>(3, static_cast<std::byte>(fill))};
}

RecordedPlugin plugin(const std::string& name, const std::string& folder) {
    return {.name = name,
            .path = folder + "\\plugin.dll",
            .folder = folder,
            .development = true,
            .registered = 1'800'000'000'000,
            .value = data(1, 'a'),
            .before = data(2, 'b')};
}

MachineRecord full_record() {
    MachineRecord record;
    record.plugins = {plugin("pl\xC3\xBCgin", "C:\\one"), plugin("second", "")};
    record.plugins.back().before.reset();
    record.certificates = {{"AB12", "wslplugins development", {std::byte{0}, std::byte{255}}}};
    record.leftovers = {"C:\\old"};
    record.pending = PendingChange{"second", data(1, 'c'), plugin("second", "C:\\new")};
    record.service_is_stopped = true;
    return record;
}

TEST(MachineRecord, IsReadAsItWasWritten) {
    for (const MachineRecord& record : {MachineRecord{}, full_record()}) {
        const auto read = parse_machine_record(to_json(record));
        ASSERT_TRUE(read) << read.error().to_string();
        EXPECT_EQ(*read, record);
    }
}

TEST(MachineRecord, IsRefusedWhenItIsCutAnywhere) {
    const std::string whole = to_json(full_record());
    const std::size_t end = whole.rfind('}');
    for (std::size_t length = 0; length <= end; ++length) {
        const auto read = parse_machine_record(whole.substr(0, length));
        ASSERT_FALSE(read) << length;
        EXPECT_EQ(read.error().code(), HResult::invalid_data);
    }
}

TEST(MachineRecord, IsRefusedWithoutAnyOfItsMembersAndWithWrongOnes) {
    const auto whole = nlohmann::json::parse(to_json(full_record()));
    for (const auto& member : whole.items()) {
        for (const nlohmann::json& wrong :
             {nlohmann::json("text"), nlohmann::json(-1.5), nlohmann::json::object()}) {
            nlohmann::json changed = whole;
            changed[member.key()] = wrong;
            EXPECT_FALSE(parse_machine_record(changed.dump())) << member.key() << wrong;
        }
        nlohmann::json changed = whole;
        changed.erase(member.key());
        EXPECT_FALSE(parse_machine_record(changed.dump())) << member.key();
    }
}

TEST(MachineRecord, OfANewerFormIsRefused) {
    auto newer = nlohmann::json::parse(to_json(MachineRecord{}));
    newer["schema"] = 2;
    EXPECT_FALSE(parse_machine_record(newer.dump()));
}

TEST(MachineRecord, RefusesDataThatIsNotWholeBytes) {
    for (const char* const bad : {"a", "0g", "AB", "0x"}) {
        auto changed = nlohmann::json::parse(to_json(full_record()));
        changed["certificates"][0]["der"] = bad;
        EXPECT_FALSE(parse_machine_record(changed.dump())) << bad;
    }
}

TEST(MachineRecord, FindsAPluginInAnyCaseOfItsLetters) {
    const MachineRecord record = full_record();
    ASSERT_NE(find_plugin(record, "SECOND"), nullptr);
    EXPECT_EQ(find_plugin(record, "SECOND")->name, "second");
    EXPECT_EQ(find_plugin(record, "seconds"), nullptr);
    EXPECT_EQ(find_plugin(record, ""), nullptr);
}

TEST(MachineRecord, KeepsTheNewFolderAndLeavesTheOldOneToBeRemoved) {
    MachineRecord record;
    record.plugins = {plugin("one", "C:\\old")};
    record.leftovers = {"C:\\new"};
    record.pending = PendingChange{"ONE", data(1, 'c'), plugin("ONE", "C:\\new")};
    finish_pending(record);
    EXPECT_THAT(record.leftovers, ElementsAre("C:\\old"));
    EXPECT_THAT(record.plugins, ElementsAre(plugin("ONE", "C:\\new")));
    EXPECT_FALSE(record.pending);
}

TEST(MachineRecord, ForgetsWhatIsTakenAway) {
    MachineRecord record;
    record.plugins = {plugin("one", "C:\\one"), plugin("in place", "")};
    record.pending = PendingChange{"one", std::nullopt, std::nullopt};
    finish_pending(record);
    EXPECT_THAT(record.leftovers, ElementsAre("C:\\one"));
    record.pending = PendingChange{"in place", std::nullopt, std::nullopt};
    finish_pending(record);
    EXPECT_THAT(record.plugins, IsEmpty());
    EXPECT_THAT(record.leftovers, ElementsAre("C:\\one"));
    finish_pending(record);
    EXPECT_THAT(record.leftovers, ElementsAre("C:\\one"));
}

}  // namespace
}  // namespace wslplugins::tool::test
