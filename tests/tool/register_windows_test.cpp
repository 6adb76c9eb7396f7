// SPDX-License-Identifier: MIT
#include "tool/played_tool.hpp"
#include "tool/small_dll.hpp"

#include "platform/paths.hpp"
#include "platform/registry.hpp"

#include <wslplugins/testhost/plugin_registration.hpp>

#include <windows.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace wslplugins::tool::test {
namespace {

using testing::HasSubstr;

/// Works on the plugins key of the private prefix, which it finds and leaves empty.
class Register : public testing::Test {
protected:
    Register() {
        clear();
        write_file(folder_.path() / "plugin.dll", small_dll());
        write_file(folder_.path() / "other.dll", small_dll());
    }
    ~Register() override { clear(); }

    static void clear() {
        const auto values = platform::read_registry_values(testhost::plugins_key);
        for (const platform::RegistryValue& value : values.value()) {
            (void)platform::delete_registry_value(testhost::plugins_key, value.name);
        }
    }

    static void write_expandable(const wchar_t* name) {
        ASSERT_EQ(::RegSetKeyValueW(HKEY_LOCAL_MACHINE,
                                    L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Lxss\\Plugins",
                                    name,
                                    REG_EXPAND_SZ,
                                    L"%A%",
                                    8),
                  ERROR_SUCCESS);
    }

    [[nodiscard]] std::string path_of(const char* file) const {
        return platform::utf8_from_path(folder_.path() / file);
    }

    static std::string registered_as(std::string_view name) {
        const auto value = platform::read_registry_value(testhost::plugins_key, name);
        return value && *value ? (*value)->text : "(none)";
    }

    /// A refusal changes nothing, and says one sentence on the error stream.
    static void expect_refused(const std::vector<std::string>& arguments,
                               ExitCode code,
                               const std::string& reason) {
        const auto before = platform::read_registry_values(testhost::plugins_key).value();
        const Played played = play(arguments);
        EXPECT_EQ(played.code, code);
        EXPECT_THAT(played.errors, HasSubstr(reason));
        EXPECT_EQ(std::count(played.errors.begin(), played.errors.end(), '\n'), 1);
        EXPECT_EQ(played.output, "");
        EXPECT_EQ(platform::read_registry_values(testhost::plugins_key).value().size(),
                  before.size());
    }

    TemporaryFolder folder_;
};

TEST_F(Register, RegistersListsAndUnregisters) {
    const std::string dll = path_of("plugin.dll");
    EXPECT_EQ(play({"list"}).output, "No plugin is registered.\n");
    const Played made = play({"register", "pl\xC3\xBCgin", dll});
    EXPECT_EQ(made.code, ExitCode::Good) << made.errors;
    EXPECT_THAT(made.output, HasSubstr("net start wslservice"));
    EXPECT_EQ(registered_as("pl\xC3\xBCgin"), dll);
    const Played listed = play({"list"});
    EXPECT_THAT(listed.output, HasSubstr("pl\xC3\xBCgin"));
    EXPECT_THAT(listed.output, HasSubstr("REG_SZ"));
    EXPECT_THAT(listed.output, HasSubstr(dll));
    const Played gone = play({"unregister", "pl\xC3\xBCgin"});
    EXPECT_EQ(gone.code, ExitCode::Good) << gone.errors;
    EXPECT_EQ(play({"list"}).output, "No plugin is registered.\n");
}

TEST_F(Register, ListsAsJson) {
    ASSERT_EQ(play({"register", "plugin", path_of("plugin.dll")}).code, ExitCode::Good);
    write_expandable(L"odd");
    const auto json = nlohmann::json::parse(play({"list", "--json"}).output);
    EXPECT_EQ(json.at("schema"), 1);
    ASSERT_EQ(json.at("plugins").size(), 2u);
    // The registry's order is its own; Wine sorts.
    const bool odd_is_first = json.at("plugins").at(0).at("name") == "odd";
    const auto& plugin = json.at("plugins").at(odd_is_first ? 1 : 0);
    const auto& odd = json.at("plugins").at(odd_is_first ? 0 : 1);
    EXPECT_EQ(plugin.at("name"), "plugin");
    EXPECT_EQ(plugin.at("path"), path_of("plugin.dll"));
    EXPECT_EQ(plugin.at("exists"), true);
    EXPECT_EQ(odd.at("name"), "odd");
    EXPECT_EQ(odd.at("type"), "REG_EXPAND_SZ");
    EXPECT_EQ(odd.at("path"), "%A%");
    EXPECT_EQ(odd.at("loaded_by_wsl"), false);
}

TEST_F(Register, ListRemarksOnMissingFilesAndOtherTypes) {
    ASSERT_EQ(play({"register", "plugin", path_of("plugin.dll")}).code, ExitCode::Good);
    write_expandable(L"odd");
    std::filesystem::remove(folder_.path() / "plugin.dll");
    const Played listed = play({"list"});
    EXPECT_THAT(listed.output, HasSubstr("there is no such file"));
    EXPECT_THAT(listed.output, HasSubstr("WSL skips it: the type is not REG_SZ"));
}

TEST_F(Register, SameRegistrationTwiceIsFine) {
    ASSERT_EQ(play({"register", "plugin", path_of("plugin.dll")}).code, ExitCode::Good);
    EXPECT_EQ(play({"register", "plugin", path_of("plugin.dll")}).code, ExitCode::Good);
}

TEST_F(Register, RefusesABadName) {
    const std::string dll = path_of("plugin.dll");
    expect_refused({"register", "", dll}, ExitCode::Usage, "needs a name");
    expect_refused({"register", "a\nb", dll}, ExitCode::Usage, "control character");
    expect_refused({"register", "a\x7F", dll}, ExitCode::Usage, "control character");
    using namespace std::string_literals;
    expect_refused({"register", "a\0b"s, dll}, ExitCode::Usage, "control character");
}

TEST_F(Register, RefusesABadPath) {
    write_file(folder_.path() / "text.dll", "no program");
    write_file(folder_.path() / "plugin.exe", small_dll(program_characteristics));
    write_file(folder_.path() / "plugin.bin", small_dll());
    const auto refuse = [](const std::string& dll, const char* reason) {
        expect_refused({"register", "plugin", dll}, ExitCode::Usage, reason);
    };
    refuse("plugin.dll", "is not a full path");
    refuse(".\\plugin.dll", "is not a full path");
    refuse("\\plugin.dll", "is not a full path");
    refuse("C:plugin.dll", "is not a full path");
    refuse("", "is not a full path");
    refuse(path_of("none.dll"), "0x80070002 (ERROR_FILE_NOT_FOUND)");
    refuse(platform::utf8_from_path(folder_.path()), "is a folder");
    refuse(path_of("text.dll"), "is not a Windows DLL: 0x800700C1 (ERROR_BAD_EXE_FORMAT)");
    refuse(path_of("plugin.exe"), "is a Windows program, not a DLL");
    refuse(path_of("plugin.bin"), "does not end in '.dll'");
}

TEST_F(Register, RefusesAFileThatIsRegisteredUnderAnotherNameOrSpelling) {
    ASSERT_EQ(play({"register", "first", path_of("plugin.dll")}).code, ExitCode::Good);
    std::string shouted = path_of("plugin.dll");
    shouted.replace(shouted.size() - 10, 10, "PLUGIN.DLL");
    const std::string roundabout = platform::utf8_from_path(folder_.path() / "." / "plugin.dll");
    for (const std::string& spelling : {path_of("plugin.dll"), shouted, roundabout}) {
        expect_refused({"register", "second", spelling},
                       ExitCode::Findings,
                       "is registered already, as 'first'");
        expect_refused({"register", "second", spelling, "--force"},
                       ExitCode::Findings,
                       "is registered already, as 'first'");
    }
}

TEST_F(Register, ReplacesAnotherValueOnlyByForce) {
    ASSERT_EQ(play({"register", "plugin", path_of("plugin.dll")}).code, ExitCode::Good);
    const std::string other = path_of("other.dll");
    expect_refused({"register", "plugin", other}, ExitCode::Findings, "is registered already");
    expect_refused({"register", "PLUGIN", other}, ExitCode::Findings, "is registered already");
    EXPECT_EQ(registered_as("plugin"), path_of("plugin.dll"));
    EXPECT_EQ(play({"register", "plugin", other, "--force"}).code, ExitCode::Good);
    EXPECT_EQ(registered_as("plugin"), other);
}

TEST_F(Register, DryRunsChangeNothing) {
    const Played made = play({"register", "plugin", path_of("plugin.dll"), "--dry-run"});
    EXPECT_EQ(made.code, ExitCode::Good);
    EXPECT_THAT(made.output, HasSubstr("Would register"));
    EXPECT_EQ(registered_as("plugin"), "(none)");
    ASSERT_EQ(play({"register", "plugin", path_of("plugin.dll")}).code, ExitCode::Good);
    const Played gone = play({"unregister", "plugin", "--dry-run"});
    EXPECT_EQ(gone.code, ExitCode::Good);
    EXPECT_THAT(gone.output, HasSubstr("Would unregister"));
    EXPECT_EQ(registered_as("plugin"), path_of("plugin.dll"));
}

TEST_F(Register, UnregisterRefusesWhatIsNotThereOrNotOurs) {
    expect_refused({"unregister", "plugin"}, ExitCode::Findings, "No plugin is registered as");
    ASSERT_EQ(play({"register", "plugin", path_of("plugin.dll")}).code, ExitCode::Good);
    write_expandable(L"odd");
    expect_refused({"unregister", "odd"}, ExitCode::Findings, "REG_EXPAND_SZ");
    EXPECT_EQ(play({"unregister", "odd", "--force"}).code, ExitCode::Good);
    EXPECT_EQ(registered_as("plugin"), path_of("plugin.dll"));
}

TEST_F(Register, RunNamesAnUnknownPlugin) {
    expect_refused({"run", "no-such-plugin"}, ExitCode::Usage, "No plugin is registered as");
    expect_refused({"run"}, ExitCode::Usage, "No plugin is registered");
}

TEST_F(Register, SigningUnderWineNamesTheNativeTool) {
    if (!platform::is_wine()) {
        GTEST_SKIP() << "this is Windows itself, which can sign";
    }
    expect_refused(
        {"sign", path_of("plugin.dll")}, ExitCode::Environment, "Sign with the native wslplugin");
}

}  // namespace
}  // namespace wslplugins::tool::test
