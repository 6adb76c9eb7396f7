// SPDX-License-Identifier: MIT
// A command line for Linux, as the Windows build under Wine gets it.

#include "wine/windows_words.hpp"

#include "commands/doctor.hpp"
#include "commands/install.hpp"
#include "commands/list.hpp"
#include "commands/new.hpp"
#include "commands/register.hpp"
#include "commands/run.hpp"
#include "commands/trust.hpp"
#include "commands/untrust.hpp"
#include "commands/verify.hpp"

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>

#include <algorithm>

namespace wslplugins::tool::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// What a command line is parsed to.
class Parsed {
public:
    explicit Parsed(std::vector<std::string> words) {
        add_doctor(app_, action_);
        add_install(app_, action_);
        add_list(app_, action_);
        add_new(app_, action_);
        add_register(app_, action_);
        add_run(app_, action_);
        add_trust(app_, action_);
        add_untrust(app_, action_);
        add_verify(app_, action_);
        std::ranges::reverse(words);
        app_.parse(std::move(words));
    }

    [[nodiscard]] const CLI::App& command() const { return *app_.get_subcommands().front(); }
    [[nodiscard]] Place place() const { return place_of(command()); }

    [[nodiscard]] std::vector<std::string>
    words(const std::vector<std::string>& trailing = {}) const {
        auto words = words_for_windows(command(), trailing);
        return words ? *words : std::vector<std::string>{words.error().to_string()};
    }

private:
    CLI::App app_;
    Action action_;
};

TEST(WindowsPath, IsThatOfTheWholeFileSystemsDrive) {
    const std::string here = std::filesystem::current_path().string();
    std::string expected = "Z:" + here + "/plugin.dll";
    std::ranges::replace(expected, '/', '\\');
    EXPECT_EQ(windows_path_of("/tmp/a b/pl\xC3\xBCgin.dll").value(),
              "Z:\\tmp\\a b\\pl\xC3\xBCgin.dll");
    EXPECT_EQ(windows_path_of("plugin.dll").value(), expected);
    EXPECT_EQ(windows_path_of("./x/../plugin.dll").value(), expected);
    EXPECT_EQ(windows_path_of("/").value(), "Z:\\");
}

TEST(WindowsPath, OfWindowsStaysAsItIs) {
    for (const char* const path :
         {"", "C:\\plugins\\guard.dll", "z:/guard.dll", "\\\\server\\share\\guard.dll"}) {
        EXPECT_EQ(windows_path_of(path).value(), path);
    }
}

TEST(WindowsPath, IsRefusedWhereWindowsHasNoSpelling) {
    for (const char* const path : {"/tmp/a\\b.dll",
                                   "/tmp/a:b.dll",
                                   "C:relative.dll",
                                   "/tmp/what?.dll",
                                   "/tmp/\"quoted\".dll",
                                   "/tmp/line\nbreak.dll",
                                   "/tmp/latin-\xFC.dll"}) {
        const auto refused = windows_path_of(path);
        ASSERT_FALSE(refused) << path;
        EXPECT_EQ(refused.error().code(), HResult::from_win32(123));
        EXPECT_THAT(refused.error().text(), HasSubstr("Windows has no spelling"));
    }
}

TEST(WindowsWords, AreThoseOfTheCommandWithItsPathsTranslated) {
    EXPECT_THAT(Parsed({"list", "--json"}).words(), ElementsAre("list", "--json"));
    EXPECT_THAT(Parsed({"install",
                        "my plugin",
                        "/b/p.dll",
                        "--with",
                        "/b/a.txt",
                        "--with=/b/c.txt",
                        "--dry-run"})
                    .words(),
                ElementsAre("install",
                            "--with=Z:\\b\\a.txt",
                            "--with=Z:\\b\\c.txt",
                            "--dry-run",
                            "my plugin",
                            "Z:\\b\\p.dll"));
    EXPECT_THAT(Parsed({"register", "./name", "C:\\p.dll", "--dev"}).words(),
                ElementsAre("register", "--dev", "./name", "C:\\p.dll"));
    EXPECT_THAT(Parsed({"verify", "/b/p.dll"}).words(), ElementsAre("verify", "Z:\\b\\p.dll"));
    EXPECT_THAT(Parsed({"doctor", "--bundle", "/tmp/s.zip"}).words(),
                ElementsAre("doctor", "--bundle=Z:\\tmp\\s.zip"));
    EXPECT_THAT(
        Parsed({"run", "guard", "/b/p.dll", "--wsl-version", "2.4.4", "--scenario", "cold-start"})
            .words({"uname", "-a"}),
        ElementsAre("run",
                    "--wsl-version=2.4.4",
                    "--scenario=cold-start",
                    "guard",
                    "Z:\\b\\p.dll",
                    "--",
                    "uname",
                    "-a"));
    EXPECT_THAT(
        Parsed({"run", "guard", "--scenario", "/s/own.json", "--report", "/s/r.html"}).words(),
        ElementsAre("run", "--scenario=Z:\\s\\own.json", "--report=Z:\\s\\r.html", "guard"));
}

TEST(WindowsWords, NameTheCertificatesFolderOfThisSystem) {
    EXPECT_THAT(
        Parsed({"trust"}).words(),
        ElementsAre("trust", testing::MatchesRegex("--certificate-folder=Z:.*certificates")));
    EXPECT_THAT(Parsed({"trust", "--certificate-folder", "/c"}).words(),
                ElementsAre("trust", "--certificate-folder=Z:\\c"));
    // Without a folder it takes away all that is recorded there.
    EXPECT_THAT(Parsed({"untrust"}).words(), ElementsAre("untrust"));
}

TEST(WindowsWords, AreNoneForAPathThatWindowsCannotHave) {
    EXPECT_THAT(Parsed({"verify", "/tmp/a:b.dll"}).words(),
                ElementsAre(HasSubstr("Windows has no spelling")));
}

TEST(PlaceOfACommand, IsWhereItCanBeDone) {
    EXPECT_EQ(Parsed({"list"}).place(), Place::Windows);
    EXPECT_EQ(Parsed({"doctor"}).place(), Place::Windows);
    EXPECT_EQ(Parsed({"verify", "p.dll"}).place(), Place::Either);
    EXPECT_EQ(Parsed({"new", "name"}).place(), Place::Here);
}

TEST(PlaceOfACommand, OfRunDependsOnThePlugins) {
    EXPECT_EQ(Parsed({"run"}).place(), Place::Windows);
    EXPECT_EQ(Parsed({"run", "guard"}).place(), Place::Windows);
    EXPECT_EQ(Parsed({"run", "./guard.dll"}).place(), Place::Windows);
    EXPECT_EQ(Parsed({"run", "./a.so", "C:\\b.dll"}).place(), Place::Windows);
    EXPECT_EQ(Parsed({"run", "--scenario", "cold-start"}).place(), Place::Windows);
    EXPECT_EQ(Parsed({"run", "./guard.so"}).place(), Place::Here);
    EXPECT_EQ(Parsed({"run", "guard.so", "--scenario", "cold-start"}).place(), Place::Here);
    EXPECT_EQ(Parsed({"run", "--scenario", "own.json"}).place(), Place::Here);
    EXPECT_EQ(Parsed({"run", "--replay", "r.jsonl"}).place(), Place::Here);
    EXPECT_EQ(Parsed({"run", "--list-scenarios"}).place(), Place::Here);
}

}  // namespace
}  // namespace wslplugins::tool::test
