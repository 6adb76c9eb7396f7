// SPDX-License-Identifier: MIT
#include "platform/registry.hpp"

#include <windows.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wslplugins::platform {
namespace {

constexpr char test_key[] = "SOFTWARE\\wslplugins-registry-test";

/// Every test has an empty key of its own, which is gone afterwards.
class Registry : public testing::Test {
protected:
    Registry() { remove(); }
    ~Registry() override { remove(); }

    static void remove() {
        ::RegDeleteKeyExW(
            HKEY_LOCAL_MACHINE, L"SOFTWARE\\wslplugins-registry-test", KEY_WOW64_64KEY, 0);
    }

    /// Writes bytes as they are, as another program may have done.
    static void write_raw(const wchar_t* name, DWORD type, const std::vector<BYTE>& data) {
        HKEY key = nullptr;
        ASSERT_EQ(::RegCreateKeyExW(HKEY_LOCAL_MACHINE,
                                    L"SOFTWARE\\wslplugins-registry-test",
                                    0,
                                    nullptr,
                                    0,
                                    KEY_SET_VALUE | KEY_WOW64_64KEY,
                                    nullptr,
                                    &key,
                                    nullptr),
                  ERROR_SUCCESS);
        EXPECT_EQ(
            ::RegSetValueExW(key, name, 0, type, data.data(), static_cast<DWORD>(data.size())),
            ERROR_SUCCESS);
        ::RegCloseKey(key);
    }

    static std::string text_of(std::string_view name) {
        const auto value = read_registry_value(test_key, name);
        return value && *value ? (*value)->text : "(none)";
    }
};

TEST_F(Registry, MissingKeyHasNoValues) {
    const auto values = read_registry_values(test_key);
    ASSERT_TRUE(values);
    EXPECT_TRUE(values->empty());
    const auto value = read_registry_value(test_key, "anything");
    ASSERT_TRUE(value);
    EXPECT_FALSE(*value);
}

TEST_F(Registry, WrittenStringIsReadBackUnchanged) {
    const std::string name = "n\xC3\xA4me \xF0\x9F\x90\xA7";
    const std::string text = "C:\\pl\xC3\xBCgins\\a b.dll";
    ASSERT_TRUE(write_registry_string(test_key, name, text));
    const auto values = read_registry_values(test_key);
    ASSERT_TRUE(values);
    ASSERT_EQ(values->size(), 1u);
    EXPECT_EQ(values->front().name, name);
    EXPECT_EQ(values->front().type, registry_string_type);
    EXPECT_EQ(values->front().text, text);
    EXPECT_EQ(text_of(name), text);
}

TEST_F(Registry, WritingReplacesAnOlderValue) {
    write_raw(L"plugin", REG_DWORD, {1, 0, 0, 0});
    ASSERT_TRUE(write_registry_string(test_key, "plugin", "C:\\new.dll"));
    EXPECT_EQ(text_of("plugin"), "C:\\new.dll");
}

TEST_F(Registry, UnnamedValueIsReadLikeAnyOther) {
    ASSERT_TRUE(write_registry_string(test_key, "", "C:\\unnamed.dll"));
    EXPECT_EQ(text_of(""), "C:\\unnamed.dll");
}

TEST_F(Registry, StringWithoutTerminatorIsReadWhole) {
    write_raw(L"plugin", REG_SZ, {'a', 0, 'b', 0});
    EXPECT_EQ(text_of("plugin"), "ab");
}

TEST_F(Registry, HalfACharacterAtTheEndIsDropped) {
    write_raw(L"plugin", REG_SZ, {'a', 0, 'b', 0, 'c'});
    EXPECT_EQ(text_of("plugin"), "ab");
    write_raw(L"plugin", REG_SZ, {'a'});
    EXPECT_EQ(text_of("plugin"), "");
}

TEST_F(Registry, StringEndsAtItsFirstNul) {
    write_raw(L"plugin", REG_SZ, {'a', 0, 0, 0, 'b', 0, 0, 0});
    EXPECT_EQ(text_of("plugin"), "a");
}

TEST_F(Registry, LoneSurrogateIsShownAsReplacementCharacter) {
    write_raw(L"plugin", REG_SZ, {'a', 0, 0x00, 0xD8, 'b', 0});
    EXPECT_EQ(text_of("plugin"),
              "a\xEF\xBF\xBD"
              "b");
}

TEST_F(Registry, LongValuesAreReadWhole) {
    const std::string text(30'000, 'x');
    ASSERT_TRUE(write_registry_string(test_key, "short", "y"));
    ASSERT_TRUE(write_registry_string(test_key, "long", text));
    EXPECT_EQ(text_of("long"), text);
    const auto values = read_registry_values(test_key);
    ASSERT_TRUE(values);
    ASSERT_EQ(values->size(), 2u);
    const bool is_first = values->front().name == "long";
    EXPECT_EQ((is_first ? values->front() : values->back()).text, text);
}

TEST_F(Registry, ExpandableStringIsNotExpanded) {
    write_raw(L"plugin", REG_EXPAND_SZ, {'%', 0, 'T', 0, '%', 0, 0, 0});
    const auto value = read_registry_value(test_key, "plugin");
    ASSERT_TRUE(value && *value);
    EXPECT_EQ((*value)->type, static_cast<std::uint32_t>(REG_EXPAND_SZ));
    EXPECT_EQ((*value)->text, "%T%");
}

TEST_F(Registry, OtherTypesHaveNoText) {
    write_raw(L"plugin", REG_DWORD, {'a', 0, 'b', 0});
    const auto value = read_registry_value(test_key, "plugin");
    ASSERT_TRUE(value && *value);
    EXPECT_EQ(registry_type_name((*value)->type), "REG_DWORD");
    EXPECT_EQ((*value)->text, "");
}

TEST_F(Registry, DeletingTwiceSaysNotFound) {
    ASSERT_TRUE(write_registry_string(test_key, "plugin", "x"));
    ASSERT_TRUE(delete_registry_value(test_key, "plugin"));
    const auto again = delete_registry_value(test_key, "plugin");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code(), HResult::file_not_found);
    remove();
    const auto without_key = delete_registry_value(test_key, "plugin");
    ASSERT_FALSE(without_key);
    EXPECT_EQ(without_key.error().code(), HResult::file_not_found);
}

TEST_F(Registry, TextThatCannotBeWrittenIsRefused) {
    using namespace std::string_view_literals;
    EXPECT_EQ(write_registry_string(test_key, "a\0b"sv, "x").error().code(),
              HResult::invalid_argument);
    EXPECT_EQ(write_registry_string(test_key, "a", "x\0y"sv).error().code(),
              HResult::invalid_argument);
    EXPECT_EQ(write_registry_string(test_key, "a", "\xFF").error().code(),
              HResult::no_unicode_translation);
    EXPECT_EQ(text_of("a"), "(none)");
}

}  // namespace
}  // namespace wslplugins::platform
