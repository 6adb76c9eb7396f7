// SPDX-License-Identifier: MIT
#include "tool/played_tool.hpp"
#include "tool/small_dll.hpp"
#include "tool/written_dll.hpp"

#include "image/facts.hpp"
#include "inspect_text.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace wslplugins::tool::test {
namespace {

using nlohmann::json;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr char entry_point[] = "WSLPluginAPIV1_EntryPoint";

/// What both printers say of a file in memory.
struct Report {
    json document;
    std::string text;

    [[nodiscard]] std::vector<std::string> ids() const {
        std::vector<std::string> ids;
        for (const json& each : document["findings"]) {
            ids.push_back(each["id"]);
        }
        return ids;
    }
};

Report inspect(std::string_view content) {
    MemoryBytes bytes(std::as_bytes(std::span(content)));
    const WinResult<Image> image = Image::open(bytes);
    Inspected inspected{.name = "file.dll",
                        .size = bytes.size(),
                        .image = nullptr,
                        .facts = nullptr,
                        .findings = {}};
    ImageFacts facts;
    if (image) {
        facts = read_facts(*image);
        inspected.image = &*image;
        inspected.facts = &facts;
        inspected.findings = findings_about(facts);
    } else {
        inspected.findings = {no_image_finding(image.error().text())};
    }
    std::ostringstream text;
    std::ostringstream line;
    print_inspect_text(inspected, text);
    print_inspect_json(inspected, line);
    return {json::parse(line.str()), text.str()};
}

WrittenDll healthy_dll() {
    WrittenDll dll;
    dll.add_exports({entry_point});
    dll.add_imports({{"KERNEL32.dll", {"GetLastError"}}});
    return dll;
}

TEST(Inspect, ShowsWhatAHealthyDllHas) {
    const Report report = inspect(healthy_dll().bytes());
    const json& image = report.document["image"];
    EXPECT_EQ(image["architecture"], "x64");
    EXPECT_EQ(image["kind"], "dll");
    EXPECT_EQ(image["has_entry_point"], true);
    EXPECT_EQ(image["exports"][0]["name"], entry_point);
    EXPECT_EQ(image["exports"][0]["ordinal"], 1);
    EXPECT_EQ(image["imports"][0]["library"], "KERNEL32.dll");
    EXPECT_EQ(image["imports"][0]["presence"], "in-windows");
    EXPECT_EQ(image["imports"][0]["functions"][0]["name"], "GetLastError");
    EXPECT_EQ(image["hardening"]["aslr"], true);
    EXPECT_THAT(report.ids(), ElementsAre("not-signed", "version-resource-missing"));
    EXPECT_THAT(report.text, HasSubstr("architecture  x64"));
}

TEST(Inspect, TellsAMissingEntryPointFromADecoratedAndAMisspeltOne) {
    WrittenDll missing;
    missing.add_exports({"EntryPoint"});
    EXPECT_THAT(inspect(missing.bytes()).ids(), Contains("entry-point-missing"));
    WrittenDll misspelt;
    misspelt.add_exports({"wslpluginapiv1_entrypoint"});
    EXPECT_THAT(inspect(misspelt.bytes()).ids(), Contains("entry-point-misspelt"));
    misspelt.add_exports({"wslpluginapiv1_entrypoint", entry_point});
    EXPECT_THAT(inspect(misspelt.bytes()).ids(), Not(Contains(testing::StartsWith("entry-point"))));
    WrittenDll decorated;
    decorated.add_exports({"?WSLPluginAPIV1_EntryPoint@@YAJPEBX@Z"});
    const Report report = inspect(decorated.bytes());
    EXPECT_THAT(report.ids(), Contains("entry-point-decorated"));
    EXPECT_THAT(report.ids(), Not(Contains("entry-point-missing")));
    EXPECT_THAT(report.text, HasSubstr("'?WSLPluginAPIV1_EntryPoint@@YAJPEBX@Z'"));
    EXPECT_THAT(inspect(small_dll()).ids(), Contains("entry-point-missing"));
}

TEST(Inspect, ShowsForwardersOrdinalsAndDelayedImports) {
    WrittenDll dll;
    dll.add_exports({entry_point, "Other>ntdll.RtlOther"});
    dll.add_imports({{"ntdll.dll", {"#7"}}});
    dll.add_delayed_imports({{"no-such-library.dll", {"First", "Second"}}});
    const Report report = inspect(dll.bytes());
    const json& image = report.document["image"];
    EXPECT_EQ(image["exports"][1]["forwarder"], "ntdll.RtlOther");
    EXPECT_EQ(image["imports"][0]["functions"][0]["ordinal"], 7);
    EXPECT_EQ(image["imports"][1]["delayed"], true);
    EXPECT_THAT(image["imports"][1]["functions"], SizeIs(2));
    EXPECT_EQ(image["imports"][1]["functions"][1]["name"], "Second");
    EXPECT_THAT(report.text, HasSubstr("delayed"));
}

TEST(Inspect, FindsALibraryThatWindowsDoesNotHave) {
    WrittenDll dll;
    dll.add_exports({entry_point});
    dll.add_imports({{"no-such-library.dll", {"Function"}},
                     {"api-ms-win-crt-heap-l1-1-0.dll", {"malloc"}},
                     {"libstdc++-6.dll", {"f"}},
                     {"VCRUNTIME140.dll", {"memcpy"}}});
    const Report report = inspect(dll.bytes());
    EXPECT_THAT(report.ids(), Contains(testing::StartsWith("import-")));
    EXPECT_THAT(report.ids(), Contains("runtime-not-in-windows"));
    EXPECT_THAT(report.ids(), Contains("runtime-needs-installing"));
    EXPECT_THAT(report.document["image"]["c_runtimes"],
                ElementsAre("UCRT", "MinGW runtime", "VC runtime"));
}

TEST(Inspect, FindsWhatMakesADllWeakOrForeign) {
    WrittenDll dll = healthy_dll();
    dll.set_dll_characteristics(0x0080);
    dll.set_section("packed", 0xE0000020);
    dll.set_machine(0x014C);
    EXPECT_THAT(inspect(dll.bytes()).ids(),
                testing::UnorderedElementsAre("aslr-missing",
                                              "dep-missing",
                                              "cfg-missing",
                                              "force-integrity-set",
                                              "section-writable-and-executable",
                                              "architecture-unsupported",
                                              "not-signed",
                                              "version-resource-missing"));
    EXPECT_THAT(inspect(small_dll(program_characteristics)).ids(), Contains("not-a-dll"));
}

TEST(Inspect, ReadsThePluginRecord) {
    WrittenDll dll = healthy_dll();
    const detail::PluginRecordLayout layout{.required_wsl = {2, 1, 2}, .hooks = 0x100005};
    WrittenDll with_record;
    with_record.set_section(".wslplug", 0x40000040);
    for (std::uint32_t i = 0; i < sizeof layout; ++i) {
        with_record.put(WrittenDll::section_address + i,
                        static_cast<std::uint8_t>(reinterpret_cast<const char*>(&layout)[i]),
                        1);
    }
    const json record = inspect(with_record.bytes()).document["image"]["record"];
    EXPECT_EQ(record["required_wsl"], "2.1.2");
    EXPECT_THAT(record["hooks"], ElementsAre("OnVMStarted", "OnDistributionStarted", "hook 20"));
    EXPECT_TRUE(inspect(dll.bytes()).document["image"]["record"].is_null());
}

TEST(Inspect, OfATextFileSaysThatItIsNoDll) {
    for (const char* const content : {"", "M", "MZ", "This is text where a library is expected."}) {
        const Report report = inspect(content);
        EXPECT_TRUE(report.document["image"].is_null());
        EXPECT_THAT(report.ids(), ElementsAre("not-a-dll"));
    }
}

TEST(Inspect, LetsNothingInTheFileReachTheTerminal) {
    WrittenDll dll;
    dll.add_exports({"evil\x1B[2J\n\xFFname", entry_point});
    const Report report = inspect(dll.bytes());
    EXPECT_THAT(report.text, Not(HasSubstr("\x1B")));
    EXPECT_THAT(report.text, HasSubstr("evil\\x1b[2J"));
}

// Every lie: whatever stands in a field, the reader ends and both printers have a report. ---------------------------

WrittenDll full_dll() {
    WrittenDll dll;
    dll.add_exports({entry_point, "Other>ntdll.RtlOther", "Third"});
    dll.add_imports({{"KERNEL32.dll", {"GetLastError", "#7"}}, {"ntdll.dll", {"NtClose"}}});
    dll.add_delayed_imports({{"user32.dll", {"MessageBoxW"}}});
    return dll;
}

TEST(Inspect, ReadsAFileThatIsCutAtAnyByte) {
    const std::string whole = full_dll().bytes();
    const std::size_t end = whole.find_last_not_of('\0');
    for (std::size_t size = 0; size < end; ++size) {
        const Report report = inspect(std::string_view(whole).substr(0, size));
        ASSERT_FALSE(report.ids().empty()) << size;
    }
}

TEST(Inspect, ReadsAFileOfWhichAnyFieldLies) {
    const std::string honest = full_dll().bytes();
    const std::size_t end = honest.find_last_not_of('\0') + 1;
    for (std::size_t offset = 0; offset + 4 <= end; offset += 4) {
        for (const std::uint32_t lie : {0u,
                                        1u,
                                        0x7Fu,
                                        0x1000u,
                                        0x1010u,
                                        0xFFFFu,
                                        0x7FFFFFFFu,
                                        0x80000000u,
                                        0xFFFFFFF0u,
                                        0xFFFFFFFFu}) {
            std::string content = honest;
            for (std::size_t i = 0; i < 4; ++i) {
                content[offset + i] = static_cast<char>(lie >> (8 * i));
            }
            ASSERT_EQ(inspect(content).document["schema"], 1) << offset << ' ' << lie;
        }
    }
}

TEST(Inspect, FindsTablesThatContradictThemselves) {
    WrittenDll counts = full_dll();
    WrittenDll outside = full_dll();
    outside.set_directory(Table::Import, 0x1FF0, 20);
    WrittenDll far = full_dll();
    far.set_directory(Table::Export, 0xFFFFFFFF, 40);
    WrittenDll certificate = full_dll();
    certificate.set_directory(Table::Certificate, 0xFFFFFFF0, 0x100);
    for (const WrittenDll* const dll : {&outside, &far, &certificate}) {
        EXPECT_THAT(inspect(dll->bytes()).ids(), Contains("image-damaged"));
    }
    EXPECT_THAT(inspect(certificate.bytes()).ids(), Contains("signature-unreadable"));
    EXPECT_THAT(inspect(counts.bytes()).ids(), Not(Contains("image-damaged")));
}

TEST(Inspect, OfTablesThatPointToThemselvesHandsOutNoMoreThanTheFileHolds) {
    // Every descriptor of imports names the same long list of functions, all of one name.
    WrittenDll dll;
    const std::uint32_t name = dll.add(std::string(2, 'n') + std::string(500, 'x'));
    const std::uint32_t functions = dll.reserve(8 * 100);
    for (std::uint32_t i = 0; i < 99; ++i) {
        dll.put(functions + 8 * i, name, 8);
    }
    const std::uint32_t table = dll.reserve(20 * 100);
    for (std::uint32_t i = 0; i < 99; ++i) {
        dll.put(table + 20 * i, functions, 4);
        dll.put(table + 20 * i + 12, name, 4);
        dll.put(table + 20 * i + 16, functions, 4);
    }
    dll.set_directory(Table::Import, table, 20);
    const Report report = inspect(dll.bytes());
    EXPECT_THAT(report.ids(), Contains("image-damaged"));
    EXPECT_LT(report.document.dump().size(), 4 * dll.bytes().size() + (1 << 20));
}

// The command -------------------------------------------------------------------------------------------------------

TEST(InspectCommand, TellsByItsExitCodeWhatItFound) {
    const TemporaryFolder folder;
    const std::string file = (folder.path() / "plugin.dll").string();
    write_file(file, healthy_dll().bytes());
    const Played unsigned_dll = play({"inspect", file});
    EXPECT_EQ(unsigned_dll.code, ExitCode::Findings);
    EXPECT_THAT(unsigned_dll.output, HasSubstr("error    not-signed"));
    EXPECT_EQ(play({"inspect", file + ".none"}).code, ExitCode::Usage);
    EXPECT_EQ(play({"inspect", folder.path().string()}).code, ExitCode::Usage);
}

TEST(InspectCommand, PrintsALineOfJsonForEachFile) {
    const TemporaryFolder folder;
    const std::string first = (folder.path() / "first.dll").string();
    const std::string second = (folder.path() / "second.dll").string();
    write_file(first, healthy_dll().bytes());
    write_file(second, "no DLL");
    const Played played = play({"inspect", "--json", first, second});
    std::istringstream lines(played.output);
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(json::parse(line)["file"], first);
    std::getline(lines, line);
    EXPECT_EQ(json::parse(line)["findings"][0]["id"], "not-a-dll");
    EXPECT_FALSE(std::getline(lines, line));
}

}  // namespace
}  // namespace wslplugins::tool::test
