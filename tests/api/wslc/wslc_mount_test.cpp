// SPDX-License-Identifier: MIT
#include <wslplugins/api/api.hpp>

#include "support/raw_wslc.hpp"

#include <gtest/gtest.h>

namespace wslplugins {
namespace {
using tests::RawWslc;

const WslcSessionId session(3);
const WslcFolderMount good{
    .windows_path = "C:\\Caf\xC3\xA9", .linux_path = "/mnt/caf\xC3\xA9", .access = {}};

TEST(WslcMount, IsPassedOnAsItIs) {
    RawWslc wsl({2, 9, 0});
    WslcFolderMount mount = good;
    ASSERT_TRUE(Api(wsl.api()).mount_folder(session, mount).has_value());
    mount.access = FolderAccess::ReadWrite;
    ASSERT_TRUE(Api(wsl.api()).mount_folder(session, mount).has_value());
    ASSERT_TRUE(Api(wsl.api()).unmount_folder(session, "/mnt/caf\xC3\xA9").has_value());

    ASSERT_EQ(2u, wsl.wslc_mounts.size());
    EXPECT_EQ(3u, wsl.wslc_mounts[0].session);
    EXPECT_EQ("C:\\Caf\xC3\xA9", wsl.wslc_mounts[0].windows_path);
    EXPECT_EQ("/mnt/caf\xC3\xA9", wsl.wslc_mounts[0].linux_path);
    EXPECT_TRUE(wsl.wslc_mounts[0].read_only);
    EXPECT_FALSE(wsl.wslc_mounts[1].read_only);
    ASSERT_EQ(1u, wsl.wslc_unmounts.size());
    EXPECT_EQ(3u, wsl.wslc_unmounts[0].session);
    EXPECT_EQ("/mnt/caf\xC3\xA9", wsl.wslc_unmounts[0].linux_path);
}

TEST(WslcMount, IsRefusedWhereWslWouldCutOrNotUnderstand) {
    RawWslc wsl({2, 9, 5});
    const auto code_of = [&](auto change) {
        WslcFolderMount mount = good;
        change(mount);
        return Api(wsl.api()).mount_folder(session, mount).error().code();
    };
    using Mount = WslcFolderMount&;
    EXPECT_EQ(HResult::invalid_argument, code_of([](Mount m) { m.windows_path.clear(); }));
    EXPECT_EQ(HResult::invalid_argument, code_of([](Mount m) { m.windows_path += '\0'; }));
    EXPECT_EQ(HResult::invalid_argument, code_of([](Mount m) { m.linux_path = "mnt"; }));
    EXPECT_EQ(HResult::invalid_argument, code_of([](Mount m) { m.linux_path += '\0'; }));
    EXPECT_EQ(HResult::no_unicode_translation, code_of([](Mount m) { m.windows_path = "\xE9"; }));
    for (const std::string& path : {std::string(), std::string("mnt"), std::string("/a\0b", 4)}) {
        EXPECT_EQ(HResult::invalid_argument,
                  Api(wsl.api()).unmount_folder(session, path).error().code());
    }
    EXPECT_TRUE(wsl.wslc_mounts.empty());
    EXPECT_TRUE(wsl.wslc_unmounts.empty());
}

TEST(WslcMount, SaysWhatAFailureMeans) {
    RawWslc wsl({2, 9, 5});
    const struct {
        HResult code;
        std::string_view meaning;
    } answers[] = {
        {HResult::container_vm_not_running, "has no virtual machine now"},
        {HResult::container_session_not_found, "no such container session"},
        {HResult::already_exists, "mounted there already"},
        {HResult::path_not_found, "the Windows folder does not exist"},
        {HResult::fail, "Linux refused it"},
        {HResult::aborted, "failed"},
        {HResult::disconnected, "does not know the session any more"},
    };
    for (const auto& [code, meaning] : answers) {
        wsl.answer = code;
        const auto failed = Api(wsl.api()).mount_folder(session, good);
        ASSERT_FALSE(failed.has_value());
        EXPECT_EQ(code, failed.error().code());
        EXPECT_TRUE(failed.error().text().contains(meaning)) << failed.error().to_string();
    }
    wsl.answer = HResult::not_found;
    EXPECT_EQ("Unmounting '/a' in container session 3 failed: nothing was mounted there; the path "
              "must be written as it was when mounting: 0x80070490 (ERROR_NOT_FOUND)",
              Api(wsl.api()).unmount_folder(session, "/a").error().to_string());
}

// The ages stand here as literals; each version's table ends at a guard page.
constexpr Version without_containers[] = {
    {2, 0, 0}, {2, 0, 5}, {2, 1, 2}, {2, 4, 4}, {2, 8, 7}, {2, 8, 12}};
constexpr Version with_containers[] = {{2, 9, 0}, {2, 9, 4}, {2, 9, 5}, {3, 7, 0}};

TEST(WslcCalls, TouchNothingOfAnOlderWslsTable) {
    for (const Version& version : without_containers) {
        SCOPED_TRACE(to_string(version));
        RawWslc wsl(version);
        const Api api(wsl.api());
        for (const Error& error : {api.mount_folder(session, good).error(),
                                   api.unmount_folder(session, "/a").error(),
                                   api.command(session, "/bin/true").spawn().error(),
                                   api.command(session, "/bin/true").run().error()}) {
            EXPECT_EQ(HResult::plugin_requires_update, error.code());
            EXPECT_TRUE(error.text().contains("2.9.0")) << error.text();
            EXPECT_TRUE(error.text().contains(to_string(version))) << error.text();
        }
        EXPECT_TRUE(wsl.wslc_mounts.empty() && wsl.wslc_unmounts.empty() && wsl.creations.empty());
    }
}

TEST(WslcCalls, WorkInEveryVersionThatHasThem) {
    for (const Version& version : with_containers) {
        SCOPED_TRACE(to_string(version));
        RawWslc wsl(version);
        wsl.on_start = [](tests::RawWslcProgram& program, const tests::RawWslcCreation&) {
            program.end(0);
        };
        const Api api(wsl.api());
        EXPECT_TRUE(api.mount_folder(session, good).has_value());
        EXPECT_TRUE(api.unmount_folder(session, "/a").has_value());
        EXPECT_TRUE(api.command(session, "/bin/true").run().value().status.succeeded());
        EXPECT_TRUE(wsl.program().is_released);
    }
}

}  // namespace
}  // namespace wslplugins
