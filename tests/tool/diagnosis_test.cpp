// SPDX-License-Identifier: MIT
// What `doctor` says of the files of registered plugins, on any system: the survey is written by hand, the DLLs are read.
#include "tool/small_dll.hpp"
#include "tool/written_dll.hpp"

#include "machine/diagnosis.hpp"

#include "platform/machine_architecture.hpp"
#include "platform/paths.hpp"
#include "platform/registry.hpp"

#include <wslplugins/core/plugin_record.hpp>

#include <gmock/gmock.h>

namespace wslplugins::tool::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr char entry_point[] = "WSLPluginAPIV1_EntryPoint";

WrittenDll healthy_dll() {
    WrittenDll dll;
    dll.set_machine(platform::native_machine());
    (void)dll.reserve(sizeof(detail::PluginRecordLayout));
    dll.add_exports({entry_point});
    dll.add_imports({{"KERNEL32.dll", {"GetLastError"}}});
    return dll;
}

WrittenDll dll_with_record(const detail::PluginRecordLayout& layout) {
    WrittenDll dll = healthy_dll();
    dll.set_section(".wslplug", 0x40000040);
    for (std::uint32_t i = 0; i < sizeof layout; ++i) {
        dll.put(WrittenDll::section_address + i,
                static_cast<std::uint8_t>(reinterpret_cast<const char*>(&layout)[i]),
                1);
    }
    return dll;
}

class DiagnosisOfFiles : public testing::Test {
protected:
    DiagnosisOfFiles() {
        survey_.service = platform::ServiceStatus{
            .state = platform::ServiceState::Running, .process_id = 7, .started = std::nullopt};
        survey_.wsl_version = Version{2, 4, 4};
    }

    [[nodiscard]] std::string path_of(std::string_view file) const {
        return platform::utf8_from_path(folder_.path() / file);
    }

    /// Registers that path under that name.
    void add(const std::string& name, const std::string& path) {
        std::error_code error;
        survey_.plugins.push_back(
            {.value = {.name = name, .type = platform::registry_string_type, .text = path},
             .recorded = std::nullopt,
             .is_plugin = true,
             .exists = std::filesystem::is_regular_file(platform::path_from_utf8(path), error),
             .untrusted = std::nullopt,
             .is_loaded = true});
    }

    std::vector<Diagnosed> found_in(std::string_view content) {
        write_file(folder_.path() / "plugin.dll", content);
        survey_.plugins.clear();
        add("subject", path_of("plugin.dll"));
        return found_on("subject");
    }

    std::vector<Diagnosed> found_on(std::string_view plugin) const {
        std::vector<Diagnosed> found;
        for (const Diagnosed& each : diagnose(survey_)) {
            // Under Wine and on Windows the folder of the test is the user's own, which is another finding.
            if (each.plugin == plugin && each.finding->id != "plugin-open-to-others") {
                found.push_back(each);
            }
        }
        return found;
    }

    static std::vector<std::string> ids(const std::vector<Diagnosed>& found) {
        std::vector<std::string> ids;
        for (const Diagnosed& each : found) {
            ids.emplace_back(each.finding->id);
        }
        return ids;
    }

    TemporaryFolder folder_;
    Survey survey_;
};

TEST_F(DiagnosisOfFiles, FindsNothingInAHealthyPlugin) {
    EXPECT_THAT(ids(found_in(dll_with_record({}).bytes())), IsEmpty());
}

TEST_F(DiagnosisOfFiles, NamesAMissingADecoratedAndAMisspeltEntryPoint) {
    for (const auto& [name, id] : std::vector<std::pair<std::string, std::string>>{
             {"Other", "entry-point-missing"},
             {"?WSLPluginAPIV1_EntryPoint@@YAJPEBX@Z", "entry-point-decorated"},
             {"WSLPluginApiV1_EntryPoint", "entry-point-misspelt"},
             {"WSLPluginAPIV1_Entrypoint_", "entry-point-misspelt"},
             {"WSLPluginAPI_EntryPoint", "entry-point-misspelt"},
             {"WSLPluginAPIV2_EntryPoint", "entry-point-misspelt"},
             {"PluginEntryPoint", "entry-point-missing"}}) {
        WrittenDll dll;
        dll.set_machine(platform::native_machine());
        dll.add_exports({name});
        const std::vector<Diagnosed> found = found_in(dll.bytes());
        EXPECT_THAT(ids(found), Contains(id)) << name;
        if (id != "entry-point-missing") {
            EXPECT_EQ(found.front().detail, "It is '" + name + "'.");
        }
    }
}

TEST_F(DiagnosisOfFiles, NamesAnImportThatWindowsDoesNotHave) {
    WrittenDll dll = healthy_dll();
    dll.add_imports({{"no-such-library.dll", {"Function"}}});
    // The same name beside the plugin is of no use: WSL does not look there.
    write_file(folder_.path() / "no-such-library.dll", healthy_dll().bytes());
    const std::vector<Diagnosed> found = found_in(dll.bytes());
    EXPECT_THAT(ids(found), Contains(StartsWith("import-")));
    EXPECT_THAT(found.front().detail, HasSubstr("'no-such-library.dll'"));
}

TEST_F(DiagnosisOfFiles, NamesAPluginForAnotherProcessor) {
    WrittenDll dll = dll_with_record({});
    dll.set_machine(0x014C);
    const std::vector<Diagnosed> found = found_in(dll.bytes());
    EXPECT_THAT(ids(found), ElementsAre("plugin-for-other-processor"));
    EXPECT_THAT(found.front().detail, HasSubstr("it is for x86"));
}

TEST_F(DiagnosisOfFiles, ComparesWhatAPluginNeedsWithWhatIsInstalled) {
    const std::string needs_newer = dll_with_record({.required_wsl = {2, 4, 5}}).bytes();
    const std::vector<Diagnosed> found = found_in(needs_newer);
    ASSERT_THAT(ids(found), ElementsAre("plugin-needs-newer-wsl"));
    EXPECT_EQ(found.front().detail, "it needs 2.4.5, and 2.4.4 is installed");
    EXPECT_THAT(ids(found_in(dll_with_record({.required_wsl = {2, 4, 4}}).bytes())), IsEmpty());
    survey_.wsl_version.reset();
    EXPECT_THAT(ids(found_in(needs_newer)), ElementsAre("plugin-requirement-unknown"));
    EXPECT_THAT(found_in(needs_newer).front().detail, HasSubstr("it needs 2.4.5"));
}

TEST_F(DiagnosisOfFiles, SaysUnknownOfAPluginWithoutARecord) {
    const std::vector<Diagnosed> found = found_in(healthy_dll().bytes());
    ASSERT_THAT(ids(found), ElementsAre("plugin-requirement-unknown"));
    EXPECT_EQ(found.front().finding->severity, findings::Severity::Note);
    EXPECT_THAT(found.front().detail, HasSubstr("no record"));
}

TEST_F(DiagnosisOfFiles, NamesAHookThatTheInstalledWslDoesNotHave) {
    const std::uint64_t bits = 1u << static_cast<unsigned>(Hook::OnDistributionRegistered) |
                               1u << static_cast<unsigned>(Hook::OnVMStarted);
    const std::string dll = dll_with_record({.hooks = bits}).bytes();
    EXPECT_THAT(ids(found_in(dll)), IsEmpty());
    survey_.wsl_version = Version{2, 1, 1};
    const std::vector<Diagnosed> found = found_in(dll);
    ASSERT_THAT(ids(found), ElementsAre("plugin-hook-never-called"));
    EXPECT_EQ(found.front().detail,
              "OnDistributionRegistered came with 2.1.2, and 2.1.1 is installed");
}

TEST_F(DiagnosisOfFiles, SaysOfAFileThatIsNoDllWhatItIs) {
    EXPECT_THAT(ids(found_in("no DLL at all")), ElementsAre("not-a-dll"));
    EXPECT_THAT(ids(found_in("")), ElementsAre("not-a-dll"));
    EXPECT_THAT(ids(found_in(small_dll(program_characteristics))), Contains("not-a-dll"));
}

TEST_F(DiagnosisOfFiles, LetsNothingInTheFileReachTheTerminal) {
    WrittenDll dll = healthy_dll();
    dll.add_imports({{"evil\x1B[2J\n\xFF.dll", {"Function"}}});
    for (const Diagnosed& found : found_in(dll.bytes())) {
        EXPECT_EQ(found.detail.find_first_of("\x1B\n\xFF"), std::string::npos) << found.finding->id;
    }
    EXPECT_THAT(found_in(dll.bytes()).front().detail, HasSubstr("evil\\x1b[2J"));
}

TEST_F(DiagnosisOfFiles, ReadsAPluginThatIsCutAtAnyByte) {
    const std::string whole = dll_with_record({}).bytes();
    for (std::size_t size = 0; size < 0x600; size += 7) {
        ASSERT_FALSE(found_in(std::string_view(whole).substr(0, size)).empty()) << size;
    }
}

TEST_F(DiagnosisOfFiles, FindsOneFileUnderTwoSpellings) {
    write_file(folder_.path() / "plugin.dll", dll_with_record({}).bytes());
    add("first", path_of("plugin.dll"));
    add("second", platform::utf8_from_path(folder_.path() / "." / "plugin.dll"));
    EXPECT_THAT(ids(found_on("first")), IsEmpty());
    EXPECT_THAT(ids(found_on("second")), ElementsAre("plugin-registered-twice"));
}

TEST_F(DiagnosisOfFiles, FindsTheNewNameOfADllThatABuildHasRenamed) {
    add("gone", path_of("plugin.dll"));
    EXPECT_THAT(ids(found_on("gone")), ElementsAre("plugin-file-missing"));
    write_file(folder_.path() / "other.dll", "");
    EXPECT_THAT(ids(found_on("gone")), ElementsAre("plugin-file-missing"));
    write_file(folder_.path() / "Plugin.dll.old", "");
    const std::vector<Diagnosed> found = found_on("gone");
    ASSERT_THAT(ids(found), ElementsAre("plugin-file-renamed"));
    EXPECT_EQ(found.front().detail, "there is 'Plugin.dll.old'");
}

TEST_F(DiagnosisOfFiles, FindsWhatTheRecordHasLeft) {
    survey_.record.leftovers = {"C:\\Program Files\\WSL Plugins\\old-1"};
    RecordedPlugin vanished;
    vanished.name = "vanished";
    survey_.record.plugins.push_back(vanished);
    survey_.record.pending = PendingChange{.name = "half", .value = {}, .plugin = {}};
    std::vector<std::string> all = ids(diagnose(survey_));
    EXPECT_THAT(all, Contains("files-left-over"));
    EXPECT_THAT(all, Contains("registration-changed-by-others"));
    EXPECT_THAT(all, Contains("change-interrupted"));
    survey_.record = {};
    all = ids(diagnose(survey_));
    EXPECT_THAT(all, Not(Contains("files-left-over")));
}

}  // namespace
}  // namespace wslplugins::tool::test
