// SPDX-License-Identifier: MIT
// An archive of ours, read by somebody else's program.
#include "tool/small_dll.hpp"

#include "zip_archive.hpp"

#include "platform/child_process.hpp"

#include <gmock/gmock.h>

namespace wslplugins::tool::test {
namespace {

TEST(ZipArchive, IsReadByOthersAsItWasWritten) {
    ZipArchive archive;
    archive.add("empty.txt", "");
    archive.add("folder/text.txt", "first line\nsecond line\n");
    archive.add("gr\xC3\xB6\xC3\x9F"
                "e.bin",
                std::string(100000, '\xA5'));
    const TemporaryFolder folder;
    const std::string file = (folder.path() / "archive.zip").string();
    write_file(file, archive.bytes());
    const auto outcome = platform::run_program(
        {"python3",
         "-c",
         "import sys, zipfile\n"
         "archive = zipfile.ZipFile(sys.argv[1])\n"
         "assert archive.testzip() is None\n"
         "assert archive.namelist() == ['empty.txt', 'folder/text.txt', 'gr\\xf6\\xdfe.bin']\n"
         "assert archive.read('empty.txt') == b''\n"
         "assert archive.read('folder/text.txt') == b'first line\\nsecond line\\n'\n"
         "assert archive.read('gr\\xf6\\xdfe.bin') == b'\\xa5' * 100000\n",
         file});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->exit_code, 0) << outcome->output;
}

TEST(ZipArchive, WithoutFilesIsAnArchiveToo) {
    EXPECT_EQ(ZipArchive().bytes().size(), 22u);
}

}  // namespace
}  // namespace wslplugins::tool::test
