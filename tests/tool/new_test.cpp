// SPDX-License-Identifier: MIT
#include "platform/paths.hpp"
#include "project/fill_in.hpp"
#include "project/project_name.hpp"
#include "project/project_template.hpp"
#include "tool/played_tool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

namespace wslplugins::tool::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace fs = std::filesystem;

class New : public testing::Test {
protected:
    void SetUp() override {
        folder_ =
            fs::temp_directory_path() /
            ("wslplugins-new-" + std::to_string(testing::UnitTest::GetInstance()->random_seed()) +
             "-" + testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }

    void TearDown() override { fs::remove_all(folder_); }

    [[nodiscard]] std::string text_of(const fs::path& path) const {
        return platform::utf8_from_path(path);
    }

    Played make(const std::string& name, const std::vector<std::string>& more = {}) {
        std::vector<std::string> arguments{"new", name, "--folder", text_of(project())};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return play(std::move(arguments));
    }

    [[nodiscard]] fs::path project() const { return folder_ / "project"; }

    /// Every file below the project's folder, with its content.
    [[nodiscard]] std::map<std::string, std::string> made() const {
        std::map<std::string, std::string> files;
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(project())) {
            if (entry.is_regular_file()) {
                std::ifstream stream(entry.path(), std::ios::binary);
                const auto name = entry.path().lexically_relative(project()).generic_string();
                files[name].assign(std::istreambuf_iterator<char>(stream), {});
            }
        }
        return files;
    }

    /// What lies in the folder that the project's folder is in.
    [[nodiscard]] std::set<std::string> beside() const {
        std::set<std::string> names;
        for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) {
            names.insert(entry.path().filename().string());
        }
        return names;
    }

    fs::path folder_;
};

std::set<std::string> expected_files(const std::string& header) {
    return {".clang-format",
            ".clang-tidy",
            ".github/workflows/build.yml",
            ".gitignore",
            "CMakeLists.txt",
            "CMakePresets.json",
            "README.md",
            "cmake/framework.cmake",
            "cmake/mingw-w64.cmake",
            "cmake/version_resource.cmake",
            "cmake/warnings.cmake",
            "framework.cmake",
            "scenarios/first_start.json",
            "src/" + header + ".cpp",
            "src/" + header + ".hpp",
            "src/export.cpp",
            "src/version.rc.in",
            "tests/" + header + "_test.cpp"};
}

const std::map<std::string, std::string> headers{
    {"minimal", "start_log"}, {"policy", "allowed_distributions"}, {"containers", "pinned_images"}};

TEST_F(New, EveryTemplateMakesEveryFile) {
    for (const auto& [name, header] : headers) {
        const Played played = make("my-wsl-plugin", {"--template", name});
        ASSERT_EQ(played.code, ExitCode::Good) << played.errors;
        std::set<std::string> names;
        for (const auto& [path, content] : made()) {
            names.insert(path);
            EXPECT_THAT(content, Not(IsEmpty())) << path;
        }
        EXPECT_EQ(names, expected_files(header)) << name;
        fs::remove_all(project());
    }
    EXPECT_EQ(headers.size(), project_templates().size());
}

TEST_F(New, WithoutATemplateItIsTheMinimalOne) {
    ASSERT_EQ(make("demo").code, ExitCode::Good);
    EXPECT_TRUE(fs::exists(project() / "src" / "start_log.cpp"));
}

TEST_F(New, NoMarkIsLeftOverAndTheNameIsPutIn) {
    for (const auto& [name, header] : headers) {
        ASSERT_EQ(make("my-wsl-plugin", {"--template", name}).code, ExitCode::Good);
        const auto files = made();
        for (const auto& [path, content] : files) {
            EXPECT_THAT(content, Not(HasSubstr("%{"))) << path;
        }
        EXPECT_THAT(files.at("CMakeLists.txt"),
                    HasSubstr("wslplugins_add_plugin(my-wsl-plugin src/" + header + ".cpp"));
        EXPECT_THAT(files.at("src/version.rc.in"), HasSubstr("\"my_wsl_plugin.dll\""));
        EXPECT_THAT(files.at("README.md"), HasSubstr("# my-wsl-plugin\n"));
        fs::remove_all(project());
    }
}

TEST_F(New, OnlyTheFileThatIsNotCommittedNamesThisComputer) {
    const std::string framework = text_of(fs::canonical(WSLPLUGINS_TEST_SOURCE));
    for (const auto& [name, header] : headers) {
        ASSERT_EQ(make("demo", {"--template", name}).code, ExitCode::Good);
        for (const auto& [path, content] : made()) {
            if (path != "framework.cmake") {
                EXPECT_THAT(content, Not(HasSubstr(text_of(folder_)))) << path;
                EXPECT_THAT(content, Not(HasSubstr(framework))) << path;
                EXPECT_THAT(content, Not(HasSubstr("/home/"))) << path;
            }
        }
        EXPECT_THAT(made().at(".gitignore"), HasSubstr("\n/framework.cmake\n"));
        fs::remove_all(project());
    }
}

TEST_F(New, TheLicenceOfTheFrameworkIsNotPutOnTheProject) {
    for (const auto& [name, header] : headers) {
        ASSERT_EQ(make("demo", {"--template", name}).code, ExitCode::Good);
        for (const auto& [path, content] : made()) {
            EXPECT_THAT(content, Not(HasSubstr("SPDX"))) << path;
        }
        fs::remove_all(project());
    }
}

TEST_F(New, DryRunNamesEveryFileAndMakesNothing) {
    const Played played = make("demo", {"--dry-run"});
    EXPECT_EQ(played.code, ExitCode::Good);
    for (const std::string& file : expected_files("start_log")) {
        EXPECT_THAT(played.output, HasSubstr("\n  " + file + "\n"));
    }
    EXPECT_THAT(beside(), IsEmpty());
}

TEST_F(New, SaysWhatTheDllIsCalled) {
    EXPECT_THAT(make("my-wsl-plugin").output, HasSubstr("my_wsl_plugin.dll"));
}

TEST_F(New, LeavesNoDraftBehind) {
    ASSERT_EQ(make("demo").code, ExitCode::Good);
    EXPECT_EQ(beside(), (std::set<std::string>{"project"}));
}

TEST_F(New, AFolderThatIsNotEmptyIsRefusedAndLeftAlone) {
    fs::create_directory(project());
    std::ofstream(project() / "mine.txt") << "mine";
    const Played played = make("demo");
    EXPECT_EQ(played.code, ExitCode::Usage);
    EXPECT_THAT(played.errors, AllOf(HasSubstr("not empty"), HasSubstr("--folder")));
    EXPECT_EQ(made(), (std::map<std::string, std::string>{{"mine.txt", "mine"}}));
    EXPECT_EQ(make("demo", {"--dry-run"}).code, ExitCode::Usage);
    EXPECT_EQ(beside(), (std::set<std::string>{"project"}));
}

TEST_F(New, AnEmptyFolderIsTaken) {
    fs::create_directory(project());
    EXPECT_EQ(make("demo").code, ExitCode::Good);
    EXPECT_TRUE(fs::exists(project() / "CMakeLists.txt"));
    EXPECT_EQ(beside(), (std::set<std::string>{"project"}));
}

TEST_F(New, AFileUnderTheNameIsRefusedAndLeftAlone) {
    std::ofstream(project()) << "mine";
    const Played played = make("demo");
    EXPECT_EQ(played.code, ExitCode::Usage);
    EXPECT_THAT(played.errors, HasSubstr("no folder"));
    EXPECT_EQ(fs::file_size(project()), 4U);
}

#if !defined(_WIN32)
TEST_F(New, ALinkUnderTheNameIsRefusedWhereverItLeads) {
    fs::create_directory(folder_ / "elsewhere");
    fs::create_directory_symlink(folder_ / "elsewhere", project());
    EXPECT_EQ(make("demo").code, ExitCode::Usage);
    EXPECT_TRUE(fs::is_empty(folder_ / "elsewhere"));
    fs::remove(project());
    fs::create_directory_symlink(folder_ / "nowhere", project());
    EXPECT_EQ(make("demo").code, ExitCode::Usage);
    EXPECT_TRUE(fs::is_symlink(project()));
}
#endif

TEST_F(New, AFolderInNoFolderIsRefused) {
    const Played played = play({"new", "demo", "--folder", text_of(folder_ / "none" / "demo")});
    EXPECT_EQ(played.code, ExitCode::Usage);
    EXPECT_THAT(played.errors, HasSubstr("There is no folder"));
    EXPECT_THAT(beside(), IsEmpty());
}

TEST_F(New, ASlashBehindTheFolderChangesNothing) {
    EXPECT_EQ(play({"new", "demo", "--folder", text_of(project()) + "/"}).code, ExitCode::Good);
    EXPECT_TRUE(fs::exists(project() / "CMakeLists.txt"));
}

TEST_F(New, TheFolderThatOneIsInIsRefused) {
    const Played played = play({"new", "demo", "--folder", "."});
    EXPECT_EQ(played.code, ExitCode::Usage);
}

TEST_F(New, ATemplateThatIsNoneIsRefused) {
    for (const char* const name : {"", "common", "Minimal", "minimal/src"}) {
        const Played played = make("demo", {"--template", name});
        EXPECT_EQ(played.code, ExitCode::Usage) << name;
        EXPECT_THAT(beside(), IsEmpty()) << name;
    }
}

TEST_F(New, TheFrameworkThatWasNamedIsWrittenDown) {
    fs::create_directories(folder_ / "frame work" / "include" / "wslplugins");
    std::ofstream(folder_ / "frame work" / "include" / "wslplugins" / "wslplugins.hpp") << "//";
    const auto framework = folder_ / "frame work";
    ASSERT_EQ(make("demo", {"--framework", text_of(framework)}).code, ExitCode::Good);
    EXPECT_THAT(made().at("framework.cmake"), HasSubstr("/frame work]=])"));
}

TEST_F(New, AFolderThatIsNoFrameworkIsRefused) {
    const Played played = make("demo", {"--framework", text_of(folder_)});
    EXPECT_EQ(played.code, ExitCode::Usage);
    EXPECT_THAT(played.errors, HasSubstr("include/wslplugins/wslplugins.hpp"));
    EXPECT_THAT(beside(), IsEmpty());
}

TEST_F(New, ANameThatIsNoneMakesNothing) {
    const Played played = make("../demo");
    EXPECT_EQ(played.code, ExitCode::Usage);
    EXPECT_THAT(played.errors, HasSubstr("--folder"));
    EXPECT_THAT(beside(), IsEmpty());
}

TEST(ProjectName, TakesWhatServesOnBothSystems) {
    for (const std::string& name : {std::string("demo"),
                                    std::string("my-wsl-plugin"),
                                    std::string("A_1"),
                                    std::string("x"),
                                    std::string("console"),
                                    std::string("com10"),
                                    std::string(64, 'a')}) {
        EXPECT_EQ(complaint_about_project_name(name), std::nullopt) << name;
    }
}

TEST(ProjectName, RefusesTheRestAndSaysWhy) {
    const std::map<std::string, std::string> faults{{"", "is empty"},
                                                    {"a/b", "part of a path"},
                                                    {"a\\b", "part of a path"},
                                                    {"C:demo", "part of a path"},
                                                    {"..", "has a '.'"},
                                                    {".demo", "has a '.'"},
                                                    {"demo.", "has a '.'"},
                                                    {"demo.dll", "has a '.'"},
                                                    {"-demo", "begins with '-'"},
                                                    {"_demo", "begins with '_'"},
                                                    {"1demo", "begins with '1'"},
                                                    {"demo ", "has a space"},
                                                    {"de mo", "has a space"},
                                                    {"d\xC3\xA9mo", "not ASCII"},
                                                    {"COM\xC2\xB9", "not ASCII"},
                                                    {"de\nmo", "control character"},
                                                    {std::string("de\0mo", 5), "control character"},
                                                    {"de$mo", "has a '$'"},
                                                    {"de\"mo", "has a '\"'"},
                                                    {"%{name}", "has a '%'"},
                                                    {std::string(65, 'a'), "has 65 characters"},
                                                    {"nul", "device"},
                                                    {"CON", "device"},
                                                    {"Lpt9", "device"},
                                                    {"test", "CMake's own"},
                                                    {"ALL_BUILD", "CMake's own"},
                                                    {"wslplugins_core", "framework's own"}};
    for (const auto& [name, fault] : faults) {
        const auto complaint = complaint_about_project_name(name);
        ASSERT_TRUE(complaint.has_value()) << name;
        EXPECT_THAT(*complaint, AllOf(HasSubstr(fault), HasSubstr("such as my-wsl-plugin")));
    }
}

TEST(ProjectName, BecomesTheDllsWithUnderscores) {
    EXPECT_EQ(dll_name_of("my-wsl-plugin"), "my_wsl_plugin");
    EXPECT_EQ(dll_name_of("demo"), "demo");
}

TEST(FillIn, PutsValuesWhereMarksAre) {
    const Mark marks[] = {{"a", "1"}, {"bc", "%{a}"}};
    EXPECT_EQ(fill_in("x%{a}y%{bc}%{a}", marks).value(), "x1y%{a}1");
    EXPECT_EQ(fill_in("", marks).value(), "");
    EXPECT_EQ(fill_in("100 % {a} ${a}", marks).value(), "100 % {a} ${a}");
}

TEST(FillIn, AMarkThatNobodyKnowsIsAnError) {
    const Mark marks[] = {{"a", "1"}};
    for (const char* const text : {"%{b}", "%{}", "%{a }", "%{A}", "x%{a}%{", "%{a"}) {
        const auto filled = fill_in(text, marks);
        ASSERT_FALSE(filled.has_value()) << text;
        EXPECT_EQ(filled.error().code(), HResult::invalid_data);
    }
}

}  // namespace
}  // namespace wslplugins::tool::test
