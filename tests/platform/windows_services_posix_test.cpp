// SPDX-License-Identifier: MIT
#include "platform/certificate_store.hpp"
#include "platform/exclusive_file.hpp"
#include "platform/protected_path.hpp"
#include "platform/registry.hpp"
#include "platform/service_manager.hpp"
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
    EXPECT_EQ(write_registry_value("SOFTWARE", {}).error().code(), HResult::not_supported);
    EXPECT_EQ(delete_registry_value("SOFTWARE", "a").error().code(), HResult::not_supported);
    EXPECT_EQ(trust_root_certificate({}).error().code(), HResult::not_supported);
    EXPECT_EQ(has_root_certificate({}).error().code(), HResult::not_supported);
    EXPECT_EQ(untrust_root_certificate({}).error().code(), HResult::not_supported);
}

TEST(WindowsServices, NeitherIsTheirManagerNorAreTheMachinesFolders) {
    using namespace std::chrono_literals;
    EXPECT_EQ(query_service("a").error().code(), HResult::not_supported);
    EXPECT_EQ(start_service("a", 1s).error().code(), HResult::not_supported);
    EXPECT_EQ(stop_service("a", 1s).error().code(), HResult::not_supported);
    EXPECT_EQ(loaded_modules(1).error().code(), HResult::not_supported);
    EXPECT_EQ(find_open_to_others("/bin/true").error().code(), HResult::not_supported);
    EXPECT_EQ(make_protected_folder("/none").error().code(), HResult::not_supported);
    EXPECT_EQ(program_data_folder().error().code(), HResult::not_supported);
    EXPECT_EQ(program_files_folder().error().code(), HResult::not_supported);
    EXPECT_EQ(FileLock::acquire("/none", 1s).error().code(), HResult::not_supported);
    EXPECT_EQ(replace_file("/none", "/none.new", "").error().code(), HResult::not_supported);
}

}  // namespace
}  // namespace wslplugins::platform
