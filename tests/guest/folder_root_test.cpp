// SPDX-License-Identifier: MIT
#include "guest/machine_probe.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace wslplugins::tests {
namespace {

const Guid one = Guid::parse("11111111-0000-0000-0000-000000000001").value();

class FolderRoot : public testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  ("wslplugins-root-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_ / "etc");
        write("etc/issue.net", "Folder 1\n");
        write("etc/os-release", "ID=folder\nVERSION_ID=1\n");
        std::filesystem::create_directory(folder_ / "bin");
        for (const char* const program : {"sh", "cat", "ls", "readlink", "touch"}) {
            copy_program(program);
        }
        machine_ = start_machine();
        ASSERT_NE(machine_, nullptr);
    }

    void TearDown() override {
        machine_.reset();
        std::filesystem::remove_all(folder_);
    }

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name) << text;
    }

    [[nodiscard]] std::string text_of(const std::string& name) const {
        std::ifstream file(folder_ / name);
        return std::string(std::istreambuf_iterator<char>(file), {});
    }

    /// The program and the libraries that it takes.
    void copy_program(const std::string& name) const {
        const std::string command = "cd '" + folder_.string() + "' && cp -L /bin/" + name +
                                    " bin/ && for library in $(ldd /bin/" + name +
                                    " | grep -o '/[^ ]*'); do mkdir -p \".$(dirname $library)\" && "
                                    "cp -L $library .$library; done";
        ASSERT_EQ(std::system(command.c_str()), 0);
    }

    [[nodiscard]] std::string output(const std::string& script) {
        return run_script(*machine_, script, one).output;
    }

    std::filesystem::path folder_;
    std::unique_ptr<testhost::LinuxMachine> machine_;
};

TEST_F(FolderRoot, IsWhatProgramsInTheDistributionSee) {
    const auto started = machine_->start_distribution({one, folder_.string()});
    ASSERT_TRUE(started) << started.error().to_string();
    EXPECT_EQ(started->flavor, "folder");
    EXPECT_EQ(started->version, "1");
    EXPECT_EQ(output("cat /etc/issue.net"), "Folder 1\n");
    EXPECT_EQ(output("readlink /proc/self/ns/pid"),
              "pid:[" + std::to_string(started->pid_namespace) + "]\n");
    EXPECT_EQ(output("ls /dev/null"), "/dev/null\n");
    EXPECT_EQ(output("ls /mnt /home 2>&1 | cat").find("upper"), std::string::npos);
}

TEST_F(FolderRoot, IsNeverChanged) {
    ASSERT_TRUE(machine_->start_distribution({one, folder_.string()}));
    EXPECT_EQ(output("echo x > /etc/issue.net; touch /new; cat /etc/issue.net"), "x\n");
    EXPECT_EQ(text_of("etc/issue.net"), "Folder 1\n");
    for (const char* const name : {"new", "init", "proc", "run", "dev"}) {
        EXPECT_FALSE(std::filesystem::exists(folder_ / name)) << name;
    }
    ASSERT_TRUE(machine_->stop_distribution(one));
    ASSERT_TRUE(machine_->start_distribution({one, folder_.string()}));
    EXPECT_EQ(output("cat /etc/issue.net"), "Folder 1\n");
}

TEST_F(FolderRoot, KeepsChangesWhereItMay) {
    ASSERT_TRUE(machine_->start_distribution({one, folder_.string(), true}));
    EXPECT_EQ(output("echo x > /etc/issue.net; cat /etc/issue.net"), "x\n");
    EXPECT_EQ(text_of("etc/issue.net"), "x\n");
}

TEST_F(FolderRoot, NeedNotHaveAnything) {
    const std::filesystem::path empty = folder_ / "empty";
    std::filesystem::create_directory(empty);
    const auto started = machine_->start_distribution({one, empty.string()});
    ASSERT_TRUE(started) << started.error().to_string();
    EXPECT_EQ(started->flavor, "");
    EXPECT_EQ(started->version, "");
    const auto shell = machine_->execute(one, "/bin/sh", {"sh"});
    ASSERT_FALSE(shell);
    EXPECT_EQ(shell.error().code(), HResult::fail);
}

TEST_F(FolderRoot, ThatIsMissingStartsNothing) {
    const auto missing = machine_->start_distribution({one, (folder_ / "missing").string()});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code(), HResult::file_not_found);
    EXPECT_FALSE(machine_->execute(one, "/bin/true", {"true"}));
    const auto file = machine_->start_distribution({one, (folder_ / "etc/issue.net").string()});
    EXPECT_FALSE(file);
    EXPECT_TRUE(machine_->start_distribution({one, folder_.string()}));
}

}  // namespace
}  // namespace wslplugins::tests
