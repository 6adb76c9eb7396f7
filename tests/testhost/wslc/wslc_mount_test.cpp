// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_probe.hpp"

#include "platform/paths.hpp"

#include <wslplugins/core/text.hpp>

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>

namespace wslplugins::testhost {
namespace {

constexpr abi::HRESULT path_not_found = code(0x80070003u);
constexpr abi::HRESULT already_exists = code(0x800700B7u);
constexpr abi::HRESULT not_found = code(0x80070490u);

class ContainerMount : public testing::Test {
protected:
    void SetUp() override {
        plugin_.watch_everything();
        folder_ = std::filesystem::temp_directory_path() / "wslplugins-container-mount";
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        std::ofstream(folder_ / "file") << "content";
        service_ = start_service({&plugin_});
        session_ = make_running_session(*service_);
    }

    void TearDown() override {
        service_.reset();
        std::filesystem::remove_all(folder_);
    }

    [[nodiscard]] const abi::WSLPluginAPIV1& api() const { return plugin_.api(); }

    abi::HRESULT mount(const std::filesystem::path& folder,
                       const std::string& mountpoint,
                       bool read_only = true) {
        const auto path = to_utf16(platform::utf8_from_path(folder)).value();
        return api().WSLCMountFolder(session_, path.c_str(), mountpoint.c_str(), read_only ? 1 : 0);
    }

    std::string run(const std::string& script) {
        return run_program(api(),
                           session_,
                           {"/bin/sh", "-c", script},
                           std::vector<std::string>{"PATH=/usr/bin:/bin"})
            .output;
    }

    RelayedPlugin plugin_{'a'};
    std::unique_ptr<Service> service_;
    std::uint32_t session_ = 0;
    std::filesystem::path folder_;
};

TEST_F(ContainerMount, ShowsTheFolderAndMakesTheMountpoint) {
    ASSERT_EQ(mount(folder_, "/made/here"), 0);
    EXPECT_EQ(run("cat /made/here/file; echo x > /made/here/new || echo read-only"),
              "contentread-only\n");
    ASSERT_EQ(mount(folder_, "/writable", false), 0);
    EXPECT_EQ(run("echo x > /writable/new && cat /made/here/new"), "x\n");
}

TEST_F(ContainerMount, IsCheckedInTheServicesOrder) {
    const auto good = to_utf16(platform::utf8_from_path(folder_)).value();
    const auto relative = to_utf16("some\\folder").value();
    EXPECT_EQ(api().WSLCMountFolder(99, nullptr, "/x", 0), pointer_error);
    EXPECT_EQ(api().WSLCMountFolder(99, good.c_str(), nullptr, 0), pointer_error);
    EXPECT_EQ(api().WSLCMountFolder(99, relative.c_str(), "x", 0), session_not_found);
    const std::uint32_t without_machine = make_session(*service_, "another");
    EXPECT_EQ(api().WSLCMountFolder(without_machine, relative.c_str(), "x", 0), vm_not_running);
    EXPECT_EQ(api().WSLCMountFolder(session_, relative.c_str(), "x", 0), argument_error);
    EXPECT_EQ(mount("some/folder", "/x"), argument_error);
    EXPECT_EQ(mount(folder_ / "missing", "x"), path_not_found);
    EXPECT_EQ(mount(folder_ / "file", "/x"), path_not_found) << "a file is no folder";
    EXPECT_EQ(mount(folder_, "x"), argument_error);
    EXPECT_EQ(mount(folder_, ""), argument_error);
    EXPECT_EQ(mount(folder_, "/usr/no-room"), general_error);
    ASSERT_EQ(mount(folder_, "/x"), 0);
    EXPECT_EQ(mount(folder_, "/x"), already_exists);
    EXPECT_EQ(mount(folder_ / "missing", "/x"), path_not_found);
}

TEST_F(ContainerMount, IsComparedAsText) {
    ASSERT_EQ(mount(folder_, "/a"), 0);
    EXPECT_EQ(mount(folder_, "/a/"), 0);
    EXPECT_EQ(api().WSLCUnmountFolder(session_, "/a//"), not_found);
}

TEST_F(ContainerMount, IsTakenAwayWithItsFolder) {
    ASSERT_EQ(mount(folder_, "/m"), 0);
    EXPECT_EQ(api().WSLCUnmountFolder(session_, nullptr), pointer_error);
    EXPECT_EQ(api().WSLCUnmountFolder(session_, "/other"), not_found);
    EXPECT_EQ(api().WSLCUnmountFolder(session_, "/m"), 0);
    EXPECT_EQ(run("test -e /m || echo gone"), "gone\n");
    EXPECT_EQ(api().WSLCUnmountFolder(session_, "/m"), not_found);
    EXPECT_TRUE(std::filesystem::exists(folder_ / "file"));
    EXPECT_EQ(mount(folder_, "/m"), 0);
}

TEST_F(ContainerMount, InUseStaysRegistered) {
    ASSERT_EQ(mount(folder_, "/busy"), 0);
    const ProgramAttempt user =
        attempt_program(api(), session_, "/bin/sh", {"sh", "-c", "cd /busy; echo in; read go"});
    ASSERT_EQ(user.result, 0);
    platform::Socket in = take_stream(api(), user.process, abi::WSLCProcessFdStdin);
    platform::Socket out = take_stream(api(), user.process, abi::WSLCProcessFdStdout);
    std::array<std::byte, 3> told{};
    ASSERT_TRUE(out.receive_exactly(told));
    EXPECT_EQ(api().WSLCUnmountFolder(session_, "/busy"), general_error);
    EXPECT_EQ(mount(folder_, "/busy"), already_exists);
    in.close();
    (void)wait_for_exit(api(), user.process);
    EXPECT_EQ(api().WSLCUnmountFolder(session_, "/busy"), 0);
    api().WSLCReleaseProcess(user.process);
}

TEST_F(ContainerMount, WhoseFolderIsStillUsedStaysRegistered) {
    ASSERT_EQ(mount(folder_, "/outer"), 0);
    ASSERT_EQ(mount(folder_, "/outer/"), 0) << "one on top of the other, by another text";
    EXPECT_EQ(api().WSLCUnmountFolder(session_, "/outer"), general_error)
        << "the folder is still in use by the other, so it cannot be removed";
    EXPECT_EQ(mount(folder_, "/outer"), already_exists);
    EXPECT_EQ(api().WSLCUnmountFolder(session_, "/outer/"), 0);
    EXPECT_EQ(api().WSLCUnmountFolder(session_, "/outer"), general_error)
        << "its folder is gone, which is not the same as not being mounted";
}

TEST_F(ContainerMount, ThatIsNoneAnyMoreCountsAsTakenAway) {
    EXPECT_EQ(run("mkdir /tmp/full && echo x > /tmp/full/file"), "");
    ASSERT_EQ(mount(folder_, "/tmp/full"), 0);
    EXPECT_EQ(api().WSLCUnmountFolder(session_, "/tmp/full"), general_error)
        << "the folder is not empty, so it cannot be removed";
    EXPECT_EQ(mount(folder_, "/tmp/full"), already_exists);
    EXPECT_EQ(run("cat /tmp/full/file"), "x\n");
    EXPECT_EQ(api().WSLCUnmountFolder(session_, "/tmp/full"), 0);
    EXPECT_EQ(api().WSLCUnmountFolder(session_, "/tmp/full"), not_found);
}

TEST_F(ContainerMount, GoesWithItsMachine) {
    ASSERT_EQ(mount(folder_, "/m"), 0);
    EXPECT_TRUE(service_->wslc().let_idle_time_pass(session_).value());
    EXPECT_EQ(service_->wslc().in_session("test").list_images().exit_code, 0);
    EXPECT_EQ(run("test -e /m || echo gone"), "gone\n");
    EXPECT_EQ(api().WSLCUnmountFolder(session_, "/m"), not_found);
    EXPECT_EQ(mount(folder_, "/m"), 0);
}

TEST(EarlyContainerMount, GivesThePlaceBackUntil2811) {
    using EarlyMount =
        abi::HRESULT (*)(abi::WSLCSessionId, abi::LPCWSTR, abi::BOOL, abi::LPCWSTR, char*);
    RelayedPlugin plugin('a');
    ServiceOptions options;
    options.version = Version{2, 8, 11};
    options.plugins = {plugin.registration()};
    const auto service = start_service(std::move(options));
    const std::uint32_t session = make_running_session(*service);
    const auto mount =
        reinterpret_cast<EarlyMount>(reinterpret_cast<void (*)()>(plugin.api().WSLCMountFolder));
    const auto folder =
        to_utf16(platform::utf8_from_path(std::filesystem::temp_directory_path())).value();
    std::array<char, 256> place{};
    ASSERT_EQ(mount(session, folder.c_str(), 1, to_utf16("share").value().c_str(), place.data()),
              0);
    EXPECT_EQ(
        run_program(plugin.api(), session, {"/usr/bin/stat", "-c", "%F", place.data()}).output,
        "directory\n");
    EXPECT_EQ(plugin.api().WSLCUnmountFolder(session, place.data()), 0);
}

}  // namespace
}  // namespace wslplugins::testhost
