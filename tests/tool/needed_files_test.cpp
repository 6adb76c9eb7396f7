// SPDX-License-Identifier: MIT
#include "tool/small_dll.hpp"
#include "tool/written_dll.hpp"

#include "machine/needed_files.hpp"

#include "platform/paths.hpp"

#include <gmock/gmock.h>

namespace wslplugins::tool::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using Imports = std::vector<WrittenDll::Import>;

class FilesOfAPlugin : public testing::Test {
protected:
    [[nodiscard]] std::string path_of(std::string_view file) const {
        return platform::utf8_from_path(folder_.path() / file);
    }

    void write_dll(std::string_view file, const Imports& at_once, const Imports& later = {}) const {
        WrittenDll dll;
        dll.add_imports(at_once);
        dll.add_delayed_imports(later);
        write_file(folder_.path() / file, dll.bytes());
    }

    [[nodiscard]] NeededFiles needed_by_plugin() const {
        return find_needed_files({path_of("plugin.dll")});
    }

    TemporaryFolder folder_;
};

TEST_F(FilesOfAPlugin, AreTheDllAloneWhereWindowsHasTheRest) {
    write_dll(
        "plugin.dll", {{"KERNEL32.dll", {"GetLastError"}}}, {{"user32.dll", {"MessageBoxW"}}});
    write_dll("kernel32.dll", {});
    const NeededFiles needed = needed_by_plugin();
    EXPECT_FALSE(needed.refusal);
    EXPECT_THAT(needed.files, ElementsAre(path_of("plugin.dll")));
}

TEST_F(FilesOfAPlugin, HaveWhatIsLoadedLaterAndWhatThatNeeds) {
    write_dll("plugin.dll", {}, {{"LATER-Loaded.dll", {"f"}}, {"later-loaded", {"g"}}});
    write_dll("later-loaded.dll", {{"own-helper.dll", {"h"}}, {"plugin.dll", {"back"}}});
    write_dll("Own-Helper.DLL", {{"later-loaded.dll", {"f"}}});
    write_dll("unrelated.dll", {});
    const NeededFiles needed = needed_by_plugin();
    EXPECT_FALSE(needed.refusal);
    EXPECT_THAT(
        needed.files,
        ElementsAre(path_of("plugin.dll"), path_of("later-loaded.dll"), path_of("Own-Helper.DLL")));
}

TEST_F(FilesOfAPlugin, AreRefusedWhereAnImportIsNowhere) {
    write_dll("plugin.dll", {{"no-such-library.dll", {"f"}}});
    ASSERT_TRUE(needed_by_plugin().refusal);
    EXPECT_EQ(needed_by_plugin().refusal->code, ExitCode::Findings);
    EXPECT_THAT(
        needed_by_plugin().refusal->sentence,
        HasSubstr(
            "'plugin.dll' needs 'no-such-library.dll', which is neither a part of Windows nor"));
    write_dll("plugin.dll", {}, {{"no-such-library.dll", {"f"}}});
    EXPECT_TRUE(needed_by_plugin().refusal);
    write_dll("plugin.dll", {}, {{"later-loaded.dll", {"f"}}});
    write_dll("later-loaded.dll", {{"no-such-library.dll", {"f"}}});
    ASSERT_TRUE(needed_by_plugin().refusal);
    EXPECT_THAT(needed_by_plugin().refusal->sentence,
                HasSubstr("'later-loaded.dll' needs 'no-such-library.dll'"));
}

TEST_F(FilesOfAPlugin, AreRefusedWhereAnImportLiesWhereWslDoesNotLook) {
    write_dll("plugin.dll", {{"own-helper.dll", {"f"}}});
    write_dll("own-helper.dll", {});
    ASSERT_TRUE(needed_by_plugin().refusal);
    EXPECT_THAT(needed_by_plugin().refusal->sentence,
                HasSubstr("where WSL does not look when it loads a plugin"));
}

TEST_F(FilesOfAPlugin, HaveWhatIsNamedFromElsewhere) {
    write_dll("plugin.dll", {}, {{"own-helper.dll", {"f"}}});
    std::filesystem::create_directory(folder_.path() / "elsewhere");
    const std::string helper = path_of("elsewhere/own-helper.dll");
    const std::string data = path_of("elsewhere/rules.txt");
    write_dll("elsewhere/own-helper.dll", {});
    write_file(folder_.path() / "elsewhere/rules.txt", "allow");
    const NeededFiles needed = find_needed_files({path_of("plugin.dll"), data, helper});
    EXPECT_FALSE(needed.refusal);
    EXPECT_THAT(needed.files, ElementsAre(path_of("plugin.dll"), data, helper));
    EXPECT_TRUE(find_needed_files({path_of("plugin.dll"), path_of("none.txt"), helper}).refusal);
}

TEST_F(FilesOfAPlugin, NameNoFileOutsideOfItsFolder) {
    std::filesystem::create_directory(folder_.path() / "inner");
    write_dll("secret.dll", {});
    write_dll("inner/plugin.dll", {}, {{"../secret.dll", {"f"}}, {"..\\secret.dll", {"f"}}});
    EXPECT_TRUE(find_needed_files({path_of("inner/plugin.dll")}).refusal);
}

}  // namespace
}  // namespace wslplugins::tool::test
