// SPDX-License-Identifier: MIT
#include "platform/registry.hpp"

#include <gtest/gtest.h>

namespace wslplugins::platform {
namespace {

TEST(RegistryTypeName, NamesEveryTypeAndNumbersTheRest) {
    EXPECT_EQ(registry_type_name(0), "REG_NONE");
    EXPECT_EQ(registry_type_name(1), "REG_SZ");
    EXPECT_EQ(registry_type_name(2), "REG_EXPAND_SZ");
    EXPECT_EQ(registry_type_name(4), "REG_DWORD");
    EXPECT_EQ(registry_type_name(7), "REG_MULTI_SZ");
    EXPECT_EQ(registry_type_name(11), "REG_QWORD");
    EXPECT_EQ(registry_type_name(12), "type 12");
    EXPECT_EQ(registry_type_name(0xFFFFFFFFu), "type 4294967295");
}

}  // namespace
}  // namespace wslplugins::platform
