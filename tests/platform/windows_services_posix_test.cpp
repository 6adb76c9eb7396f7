// SPDX-License-Identifier: MIT
#include "platform/certificate_store.hpp"
#include "platform/registry.hpp"
#include "platform/signature.hpp"

#include <gtest/gtest.h>

namespace wslplugins::platform {
namespace {

TEST(WindowsServices, AreNotSupportedElsewhere) {
    EXPECT_FALSE(can_verify_signatures());
    EXPECT_EQ(verify_signature("/bin/true").error().code(), HResult::not_supported);
    EXPECT_EQ(read_registry_values("SOFTWARE").error().code(), HResult::not_supported);
    EXPECT_EQ(read_registry_value("SOFTWARE", "a").error().code(), HResult::not_supported);
    EXPECT_EQ(write_registry_string("SOFTWARE", "a", "b").error().code(), HResult::not_supported);
    EXPECT_EQ(delete_registry_value("SOFTWARE", "a").error().code(), HResult::not_supported);
    EXPECT_EQ(trust_root_certificate({}).error().code(), HResult::not_supported);
    EXPECT_EQ(untrust_root_certificate({}).error().code(), HResult::not_supported);
}

}  // namespace
}  // namespace wslplugins::platform
