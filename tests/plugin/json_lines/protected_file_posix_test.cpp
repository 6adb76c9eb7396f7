// SPDX-License-Identifier: MIT
// What others could change is refused, and a full disk disturbs nobody.
#include <wslplugins/plugin/json_lines_log.hpp>

#include "platform/protected_file.hpp"
#include "plugin/collected_log.hpp"
#include "plugin/json_lines/log_folder.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

namespace wslplugins {
namespace {

namespace fs = std::filesystem;

class ProtectedFileTest : public testing::Test {
protected:
    void expect_refused(const std::string& why = "others can change it") {
        const auto opened = platform::ProtectedFile::open(folder.text(), "plugin.jsonl");
        ASSERT_FALSE(opened.has_value());
        EXPECT_EQ(HResult::access_denied, opened.error().code());
        EXPECT_NE(std::string::npos, opened.error().text().find(why)) << opened.error().to_string();
    }

    tests::LogFolder folder;
    fs::path file = folder.path() / "plugin.jsonl";
};

TEST_F(ProtectedFileTest, IsMadeForItsOwnerAlone) {
    ASSERT_TRUE(platform::ProtectedFile::open(folder.text(), "plugin.jsonl").has_value());
    EXPECT_EQ(fs::perms::owner_all, fs::status(folder.path()).permissions());
    EXPECT_EQ(fs::perms::owner_read | fs::perms::owner_write, fs::status(file).permissions());
}

TEST_F(ProtectedFileTest, RefusesAFolderThatOthersCanWrite) {
    for (const auto others : {fs::perms::group_write, fs::perms::others_write}) {
        fs::create_directory(folder.path());
        fs::permissions(folder.path(), fs::perms::owner_all | others);
        expect_refused();
        EXPECT_FALSE(fs::exists(file));
        fs::remove_all(folder.path());
    }
}

TEST_F(ProtectedFileTest, RefusesAFileThatOthersCanWrite) {
    ASSERT_TRUE(platform::ProtectedFile::open(folder.text(), "plugin.jsonl").has_value());
    fs::permissions(file, fs::perms::others_write, fs::perm_options::add);
    expect_refused();
}

TEST_F(ProtectedFileTest, RefusesWhatAnotherUserOwns) {
    if (geteuid() != 0) {
        GTEST_SKIP() << "only root can give a folder away";
    }
    ASSERT_TRUE(platform::ProtectedFile::open(folder.text(), "plugin.jsonl").has_value());
    ASSERT_EQ(0, chown(file.c_str(), 65534, 65534));
    expect_refused();
    fs::remove(file);
    ASSERT_EQ(0, chown(folder.text().c_str(), 65534, 65534));
    expect_refused();
}

TEST_F(ProtectedFileTest, RefusesLinks) {
    const fs::path elsewhere = folder.above() / "elsewhere";
    fs::create_directory(elsewhere);
    fs::permissions(elsewhere, fs::perms::owner_all);
    fs::create_directory_symlink(elsewhere, folder.path());
    expect_refused("a link");
    fs::remove(folder.path());

    fs::create_directory(folder.path());
    fs::permissions(folder.path(), fs::perms::owner_all);
    for (const fs::path& target : {elsewhere / "made", fs::path("/dev/full")}) {
        fs::create_symlink(target, file);
        expect_refused("a link");
        fs::remove(file);
    }
    EXPECT_TRUE(fs::is_empty(elsewhere));
}

TEST_F(ProtectedFileTest, RefusesWhatIsNoFile) {
    fs::create_directory(folder.path());
    fs::permissions(folder.path(), fs::perms::owner_all);
    ASSERT_EQ(0, mkfifo(file.c_str(), 0600));
    const auto opened = platform::ProtectedFile::open(folder.text(), "plugin.jsonl");
    EXPECT_FALSE(opened.has_value());  // and does not wait for a reader
}

/// While it lives, no file of this process grows past the limit, as on a full disk.
class FullDisk {
public:
    explicit FullDisk(rlim_t size) {
        handler_ = std::signal(SIGXFSZ, SIG_IGN);
        (void)getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{size, before_.rlim_max};
        (void)setrlimit(RLIMIT_FSIZE, &limit);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    ~FullDisk() {
        (void)setrlimit(RLIMIT_FSIZE, &before_);
        (void)std::signal(SIGXFSZ, handler_);
    }

private:
    rlimit before_{};
    void (*handler_)(int) = nullptr;
};

TEST_F(ProtectedFileTest, TakesALineWholeOrNotAtAll) {
    auto opened = platform::ProtectedFile::open(folder.text(), "plugin.jsonl");
    ASSERT_TRUE(opened.has_value());
    ASSERT_TRUE(opened->append("one\n"));
    {
        const FullDisk disk(6);
        EXPECT_FALSE(opened->append("two\n").has_value());
    }
    EXPECT_EQ(4u, fs::file_size(file));
    EXPECT_TRUE(opened->append("three\n"));
    EXPECT_EQ(10u, fs::file_size(file));
    EXPECT_EQ(10u, opened->size());
}

TEST_F(ProtectedFileTest, LeavesTheLogCountingOnAFullDisk) {
    abi::WSLPluginAPIV1 api{};
    tests::CollectedLog sink;
    const Context context(&api, sink);
    auto log = JsonLinesLog::open(context, {.folder = folder.text()}).value();
    {
        const FullDisk disk(10);
        for (int i = 0; i < 3; ++i) {
            context.log().info("lost");
        }
        // Every line is tried, and its loss counted, before the disk has room again.
        log = nullptr;
    }
    EXPECT_EQ(0u, fs::file_size(file));
    log = JsonLinesLog::open(context, {.folder = folder.text()}).value();
    context.log().info("kept");
    log = nullptr;
    ASSERT_EQ(1u, folder.lines().size());
    EXPECT_EQ("kept", tests::text_of(folder.lines()[0], "event"));
    EXPECT_EQ(4u, sink.lines().size());
}

}  // namespace
}  // namespace wslplugins
