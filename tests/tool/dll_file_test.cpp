// SPDX-License-Identifier: MIT
#include "dll_file.hpp"
#include "tool/small_dll.hpp"

#include <gtest/gtest.h>

namespace wslplugins::tool::test {
namespace {

class DllFile : public testing::Test {
protected:
    [[nodiscard]] HResult code_of(std::string_view content) const {
        const std::filesystem::path file = folder_.path() / "file.dll";
        write_file(file, content);
        const WinResult<> checked = require_dll(file);
        return checked ? HResult::ok : checked.error().code();
    }

    TemporaryFolder folder_;
};

TEST_F(DllFile, AcceptsADllAndRefusesAProgram) {
    EXPECT_EQ(code_of(small_dll()), HResult::ok);
    EXPECT_EQ(code_of(small_dll(program_characteristics)), HResult::bad_executable_format);
}

TEST_F(DllFile, RefusesEveryHeaderThatIsCutShort) {
    const std::string dll = small_dll();
    constexpr std::size_t end_of_characteristics = 0x40 + 24;
    for (std::size_t size = 0; size < end_of_characteristics; ++size) {
        EXPECT_EQ(code_of(dll.substr(0, size)), HResult::bad_executable_format) << size;
    }
    EXPECT_EQ(code_of(dll.substr(0, end_of_characteristics)), HResult::ok);
}

TEST_F(DllFile, RefusesOtherFiles) {
    EXPECT_EQ(code_of("\x7F"
                      "ELF and more"),
              HResult::bad_executable_format);
    std::string far_away = small_dll();
    far_away.replace(0x3C, 4, "\xFF\xFF\xFF\xFF");
    EXPECT_EQ(code_of(far_away), HResult::bad_executable_format);
}

TEST_F(DllFile, TellsMissingFilesAndFoldersApart) {
    EXPECT_EQ(require_dll(folder_.path() / "none.dll").error().code(), HResult::file_not_found);
    EXPECT_EQ(require_dll(folder_.path()).error().code(), HResult::from_win32(336));
    EXPECT_EQ(require_dll({}).error().code(), HResult::file_not_found);
}

}  // namespace
}  // namespace wslplugins::tool::test
