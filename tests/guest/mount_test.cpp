// SPDX-License-Identifier: MIT
#include "guest/machine_probe.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace wslplugins::tests {
namespace {

class Mount : public testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  ("wslplugins-mount-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
        std::ofstream(folder_ / "file") << "content";
        machine_ = start_machine();
        ASSERT_NE(machine_, nullptr);
    }

    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path folder_;
    std::unique_ptr<testhost::LinuxMachine> machine_;
};

TEST_F(Mount, ShowsAFolderOfTheMachineAndMakesTheFoldersOnTheWay) {
    const auto mounted = machine_->mount_folder(folder_.string(), "/a/b/c", true);
    ASSERT_TRUE(mounted) << mounted.error().to_string();
    EXPECT_EQ(run(*machine_, {"/bin/cat", "/a/b/c/file"}).output, "content");
    EXPECT_EQ(run_script(*machine_, "stat -c %a /a /a/b").output, "755\n755\n");
}

TEST_F(Mount, ReadOnlyCannotBeWrittenOrRemounted) {
    ASSERT_TRUE(machine_->mount_folder(folder_.string(), "/m", true));
    for (const char* const attempt : {"echo x > /m/file",
                                      "touch /m/new",
                                      "rm /m/file",
                                      "mount -o remount,rw /m",
                                      "mount -o remount,bind,rw /m",
                                      "unshare -Urm mount -o remount,bind,rw /m"}) {
        EXPECT_NE(run_script(*machine_, attempt).exit_code, 0) << attempt;
    }
    EXPECT_TRUE(std::filesystem::exists(folder_ / "file"));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "new"));
}

TEST_F(Mount, ReadWriteCanBeWritten) {
    ASSERT_TRUE(machine_->mount_folder(folder_.string(), "/m", false));
    EXPECT_EQ(run_script(*machine_, "echo written > /m/new").exit_code, 0);
    std::ifstream file(folder_ / "new");
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "written\n");
}

TEST_F(Mount, TakesARelativeTargetFromTheRoot) {
    ASSERT_TRUE(machine_->mount_folder(folder_.string(), "rel/a", true));
    EXPECT_EQ(run(*machine_, {"/bin/cat", "/rel/a/file"}).output, "content");
}

TEST_F(Mount, FailsWithAReason) {
    struct Case {
        std::string source;
        std::string target;
        const char* reason;
    };
    for (const Case& bad : {Case{folder_ / "missing", "/m", "(errno 2)"},
                            Case{folder_.string(), "", "(errno 22)"},
                            Case{"", "/m", "(errno 2)"},
                            Case{folder_.string(), std::string("/a\0b", 4), "(errno 22)"},
                            Case{folder_.string(), "/", "(errno 16)"},
                            Case{folder_.string(), "/tmp/../.", "(errno 16)"},
                            Case{folder_.string(), "/usr/not-there", "(errno 30)"},
                            Case{folder_.string(), "/dev/null/x", "(errno 20)"}}) {
        const auto mounted = machine_->mount_folder(bad.source, bad.target, true);
        ASSERT_FALSE(mounted) << bad.target;
        EXPECT_EQ(mounted.error().code(), HResult::fail);
        EXPECT_NE(mounted.error().text().find(bad.reason), std::string::npos)
            << mounted.error().text();
    }
    EXPECT_EQ(run(*machine_, {"/bin/true"}).exit_code, 0);
}

TEST_F(Mount, DoesNotFollowALinkOutOfTheMachine) {
    ASSERT_EQ(run_script(*machine_, "ln -s " + folder_.string() + " /link").exit_code, 0);
    // The link's target is looked up inside, where there is no such folder.
    EXPECT_FALSE(machine_->mount_folder(folder_.string(), "/link/inside", true));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "inside"));
}

}  // namespace
}  // namespace wslplugins::tests
