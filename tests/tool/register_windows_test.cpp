// SPDX-License-Identifier: MIT
#include "tool/played_tool.hpp"
#include "tool/small_dll.hpp"

#include "platform/paths.hpp"
#include "platform/registry.hpp"

#include <wslplugins/testhost/plugin_registration.hpp>

#include <wslplugins/core/text.hpp>

#include <windows.h>
// windows.h first: sddl.h needs its types.
#include <sddl.h>

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
        for (const char* const name : {"plugin", "pl\xC3\xBCgin", "first", "second"}) {
            (void)play({"unregister", name, "--force"});
        }
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

    /// A value that this tool knows nothing of.
    static void write_by_others(const wchar_t* name, const char* text) {
        ASSERT_TRUE(
            platform::write_registry_string(testhost::plugins_key, to_utf8_lossy(name), text));
    }

    static void let_everybody_change(const std::filesystem::path& path) {
        PSECURITY_DESCRIPTOR descriptor = nullptr;
        ASSERT_NE(::ConvertStringSecurityDescriptorToSecurityDescriptorW(
                      L"D:P(A;;FA;;;WD)", SDDL_REVISION_1, &descriptor, nullptr),
                  0);
        EXPECT_NE(::SetFileSecurityW(path.c_str(), DACL_SECURITY_INFORMATION, descriptor), 0);
        ::LocalFree(descriptor);
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
    const Played made = play({"register", "pl\xC3\xBCgin", dll, "--dev"});
    EXPECT_EQ(made.code, ExitCode::Good) << made.errors;
    EXPECT_THAT(made.output, HasSubstr("wslplugin reload"));
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
    ASSERT_EQ(play({"register", "plugin", path_of("plugin.dll"), "--dev"}).code, ExitCode::Good);
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
    ASSERT_EQ(play({"register", "plugin", path_of("plugin.dll"), "--dev"}).code, ExitCode::Good);
    write_expandable(L"odd");
    std::filesystem::remove(folder_.path() / "plugin.dll");
    const Played listed = play({"list"});
    EXPECT_THAT(listed.output, HasSubstr("there is no such file"));
    EXPECT_THAT(listed.output, HasSubstr("WSL skips it: the type is not REG_SZ"));
}

TEST_F(Register, SameRegistrationTwiceIsFine) {
    ASSERT_EQ(play({"register", "plugin", path_of("plugin.dll"), "--dev"}).code, ExitCode::Good);
    EXPECT_EQ(play({"register", "plugin", path_of("plugin.dll"), "--dev"}).code, ExitCode::Good);
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
    ASSERT_EQ(play({"register", "first", path_of("plugin.dll"), "--dev"}).code, ExitCode::Good);
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

TEST_F(Register, ReplacesWhatOthersRegisteredOnlyByForceAndBringsItBack) {
    write_by_others(L"plugin", "C:\\theirs.dll");
    const std::string dll = path_of("plugin.dll");
    for (const char* const name : {"plugin", "PLUGIN"}) {
        expect_refused({"register", name, dll, "--dev"},
                       ExitCode::Findings,
                       "REG_SZ 'C:\\theirs.dll', and not by this tool");
    }
    EXPECT_EQ(play({"register", "plugin", dll, "--dev", "--force"}).code, ExitCode::Good);
    EXPECT_EQ(registered_as("plugin"), dll);
    const Played gone = play({"unregister", "plugin"});
    EXPECT_EQ(gone.code, ExitCode::Good) << gone.errors;
    EXPECT_THAT(gone.output, HasSubstr("What was registered before it is back"));
    EXPECT_EQ(registered_as("plugin"), "C:\\theirs.dll");
}

TEST_F(Register, BringsBackAValueOfAnyTypeAsItWas) {
    write_expandable(L"plugin");
    const auto before = platform::read_registry_value(testhost::plugins_key, "plugin").value();
    const std::string dll = path_of("plugin.dll");
    ASSERT_EQ(play({"register", "plugin", dll, "--dev", "--force"}).code, ExitCode::Good);
    ASSERT_EQ(play({"register", "plugin", path_of("other.dll"), "--dev"}).code, ExitCode::Good);
    ASSERT_EQ(play({"unregister", "plugin"}).code, ExitCode::Good);
    const auto after = platform::read_registry_value(testhost::plugins_key, "plugin").value();
    ASSERT_TRUE(before && after);
    EXPECT_EQ(after->type, before->type);
    EXPECT_EQ(after->data, before->data);
}

TEST_F(Register, ReplacesItsOwnValueWithoutForce) {
    ASSERT_EQ(play({"register", "plugin", path_of("plugin.dll"), "--dev"}).code, ExitCode::Good);
    ASSERT_EQ(play({"register", "PLUGIN", path_of("other.dll"), "--dev"}).code, ExitCode::Good);
    EXPECT_EQ(registered_as("plugin"), path_of("other.dll"));
    ASSERT_EQ(play({"unregister", "plugin"}).code, ExitCode::Good);
    EXPECT_EQ(registered_as("plugin"), "(none)");
}

TEST_F(Register, LeavesAloneWhatOthersHaveChangedSince) {
    ASSERT_EQ(play({"register", "plugin", path_of("plugin.dll"), "--dev"}).code, ExitCode::Good);
    write_by_others(L"plugin", "C:\\theirs.dll");
    expect_refused({"unregister", "plugin"}, ExitCode::Findings, "which this tool did not write");
    EXPECT_EQ(registered_as("plugin"), "C:\\theirs.dll");
    EXPECT_EQ(play({"unregister", "plugin", "--force"}).code, ExitCode::Good);
    EXPECT_EQ(registered_as("plugin"), "(none)");
    expect_refused({"unregister", "plugin"}, ExitCode::Findings, "No plugin is registered as");
}

TEST_F(Register, ForgetsWhatOthersHaveRemovedSince) {
    ASSERT_EQ(play({"register", "plugin", path_of("plugin.dll"), "--dev"}).code, ExitCode::Good);
    ASSERT_TRUE(platform::delete_registry_value(testhost::plugins_key, "plugin"));
    const Played gone = play({"unregister", "plugin"});
    EXPECT_EQ(gone.code, ExitCode::Good) << gone.errors;
    EXPECT_THAT(gone.output, HasSubstr("somebody else had removed"));
    expect_refused({"unregister", "plugin"}, ExitCode::Findings, "No plugin is registered as");
}

TEST_F(Register, RefusesADllWithoutASignature) {
    expect_refused({"register", "plugin", path_of("plugin.dll")},
                   ExitCode::Findings,
                   "0x800B0100 (TRUST_E_NOSIGNATURE)");
}

TEST_F(Register, RefusesADllThatOthersCanChange) {
    let_everybody_change(folder_.path() / "plugin.dll");
    expect_refused({"register", "plugin", path_of("plugin.dll")},
                   ExitCode::Findings,
                   "can be changed by users who are no administrators");
    EXPECT_EQ(play({"register", "plugin", path_of("plugin.dll"), "--dev"}).code, ExitCode::Good);
}

TEST_F(Register, RefusesADllInAFolderThatOthersCanChange) {
    let_everybody_change(folder_.path());
    expect_refused({"register", "plugin", path_of("plugin.dll")},
                   ExitCode::Findings,
                   "'" + platform::utf8_from_path(folder_.path()) + "' can be changed");
}

TEST_F(Register, RefusesADllForAnotherProcessorEvenForDevelopment) {
    std::string dll = small_dll();
    dll[0x44] = '\x64';  // IMAGE_FILE_MACHINE_ARM64
    dll[0x45] = '\xAA';
    write_file(folder_.path() / "arm.dll", dll);
    expect_refused({"register", "plugin", path_of("arm.dll"), "--dev"},
                   ExitCode::Findings,
                   "is built for arm64");
}

TEST_F(Register, DryRunsChangeNothing) {
    const Played made = play({"register", "plugin", path_of("plugin.dll"), "--dev", "--dry-run"});
    EXPECT_EQ(made.code, ExitCode::Good);
    EXPECT_THAT(made.output, HasSubstr("Would register"));
    EXPECT_EQ(registered_as("plugin"), "(none)");
    ASSERT_EQ(play({"register", "plugin", path_of("plugin.dll"), "--dev"}).code, ExitCode::Good);
    const Played gone = play({"unregister", "plugin", "--dry-run"});
    EXPECT_EQ(gone.code, ExitCode::Good);
    EXPECT_THAT(gone.output, HasSubstr("Would unregister"));
    EXPECT_EQ(registered_as("plugin"), path_of("plugin.dll"));
}

TEST_F(Register, UnregisterRefusesWhatIsNotThereOrNotOurs) {
    expect_refused({"unregister", "plugin"}, ExitCode::Findings, "No plugin is registered as");
    ASSERT_EQ(play({"register", "plugin", path_of("plugin.dll"), "--dev"}).code, ExitCode::Good);
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
