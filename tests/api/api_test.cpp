// SPDX-License-Identifier: MIT
#include <wslplugins/api/api.hpp>

#include "support/raw_wsl.hpp"

#include <gtest/gtest.h>

namespace wslplugins {
namespace {
using tests::RawWsl;

const FolderMount good{.windows_path = "C:\\Caf\xC3\xA9",
                       .linux_path = "/mnt/cafe",
                       .access = FolderAccess::ReadOnly,
                       .name = "cafe"};

TEST(Api, SaysTheVersionAndWhatItHas) {
    const RawWsl wsl({2, 4, 4});
    const Api api(wsl.api());
    EXPECT_EQ((Version{2, 4, 4}), api.version());
    EXPECT_TRUE(api.supports(Capability::DistributionFlavor));
    EXPECT_FALSE(api.supports(Capability::Wslc));
}

TEST(Api, PassesAMountOnAsItIs) {
    RawWsl wsl({2, 0, 0});
    FolderMount mount = good;
    ASSERT_TRUE(Api(wsl.api()).mount_folder(SessionId(3), mount).has_value());
    mount.access = FolderAccess::ReadWrite;
    ASSERT_TRUE(Api(wsl.api()).mount_folder(SessionId(3), mount).has_value());

    ASSERT_EQ(2u, wsl.mounts.size());
    EXPECT_EQ(3u, wsl.mounts[0].session);
    EXPECT_EQ("C:\\Caf\xC3\xA9", wsl.mounts[0].windows_path);
    EXPECT_EQ("/mnt/cafe", wsl.mounts[0].linux_path);
    EXPECT_EQ("cafe", wsl.mounts[0].name);
    EXPECT_TRUE(wsl.mounts[0].read_only);
    EXPECT_FALSE(wsl.mounts[1].read_only);
}

TEST(Api, RefusesAMountThatWslWouldCutOrCrashOn) {
    RawWsl wsl({2, 0, 0});
    const auto code_of = [&](FolderMount mount) {
        return Api(wsl.api()).mount_folder(SessionId(0), mount).error().code();
    };
    FolderMount mount = good;
    mount.windows_path.clear();
    EXPECT_EQ(HResult::invalid_argument, code_of(mount));
    mount = good;
    mount.name.clear();
    EXPECT_EQ(HResult::invalid_argument, code_of(mount));
    mount = good;
    mount.linux_path = "mnt/cafe";
    EXPECT_EQ(HResult::invalid_argument, code_of(mount));
    mount = good;
    mount.linux_path += '\0';
    EXPECT_EQ(HResult::invalid_argument, code_of(mount));
    mount = good;
    mount.windows_path = "C:\\Caf\xE9";
    EXPECT_EQ(HResult::no_unicode_translation, code_of(mount));
    EXPECT_TRUE(wsl.mounts.empty());
}

TEST(Api, SaysWhatAFailedMountMeans) {
    RawWsl wsl({2, 0, 0});
    wsl.answer = HResult::invalid_state;
    const auto failed = Api(wsl.api()).mount_folder(SessionId(0), good);
    ASSERT_FALSE(failed.has_value());
    EXPECT_EQ(
        "Mounting 'C:\\Caf\xC3\xA9' at '/mnt/cafe' failed: the session has no running virtual "
        "machine: 0x8007139F (ERROR_INVALID_STATE)",
        failed.error().to_string());
}

}  // namespace
}  // namespace wslplugins
