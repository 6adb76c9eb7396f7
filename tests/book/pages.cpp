// SPDX-License-Identifier: MIT
#include "book/pages.hpp"

#include "tool/played_tool.hpp"

#include <wslplugins/core/capability.hpp>
#include <wslplugins/findings/code_explanation.hpp>
#include <wslplugins/findings/finding.hpp>

#include <algorithm>
#include <set>
#include <sstream>

namespace wslplugins::tests {
namespace {

using findings::CodeExplanation;
using findings::Finding;

std::string capability_table() {
    std::string text = "| capability | since WSL |\n| --- | --- |\n";
    for (const CapabilityRow& row : capability_rows) {
        text += "| `" + std::string(row.name) + "` | " + to_string(row.since) + " |\n";
    }
    return text;
}

std::string age(const Version& since) {
    return since == first_version ? "the first release" : to_string(since);
}

std::string hook_table() {
    std::string text =
        "| hook | place in WSL's table | used from | can veto |\n| --- | --- | --- | --- |\n";
    for (const HookSlot& slot : hook_slots) {
        text += "| `" + std::string(slot.name) + "` | " + std::to_string(slot.offset) + ", since " +
                age(slot.slot_since) + " | " + age(slot.since) + " | " +
                (slot.can_veto ? "yes" : "no") + " |\n";
    }
    return text;
}

std::string call_table() {
    std::string text = "| call | place in WSL's table | used from |\n| --- | --- | --- |\n";
    for (const ApiSlot& slot : api_slots) {
        text += "| `" + std::string(slot.name) + "` | " + std::to_string(slot.offset) + ", since " +
                age(slot.slot_since) + " | " + age(slot.since) + " |\n";
    }
    return text;
}

/// `e-accessdenied`; the digits for a code without a name.
std::string file_stem(HResult code) {
    std::string stem(name_of(code).value_or(as_wsl_prints(code)));
    std::ranges::transform(stem, stem.begin(), [](char c) {
        return c == '_' ? '-' : (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    });
    return stem;
}

/// Every code with an explanation, once, by its value.
std::vector<HResult> explained_codes() {
    std::vector<HResult> codes;
    for (const CodeExplanation& explanation : findings::all_code_explanations()) {
        codes.push_back(explanation.code);
    }
    std::ranges::sort(codes, {}, &HResult::bits);
    codes.erase(std::ranges::unique(codes).begin(), codes.end());
    return codes;
}

std::string finding_table() {
    std::string text = "| finding | severity | what was seen |\n| --- | --- | --- |\n";
    for (const Finding& finding : findings::all_findings()) {
        const std::string id(finding.id);
        text += "| [" + id + "](" + id + ".md) | " + std::string(name_of(finding.severity)) +
                " | " + std::string(finding.title) + " |\n";
    }
    return text;
}

std::string code_table() {
    std::string text = "| code | where | what happened |\n| --- | --- | --- |\n";
    for (const HResult code : explained_codes()) {
        for (const CodeExplanation& explanation : findings::explanations_of(code)) {
            text += "| [`" + as_wsl_prints(code) + "`](" + file_stem(code) + ".md) | " +
                    std::string(name_of(explanation.place)) + " | " +
                    std::string(explanation.happened) + " |\n";
        }
    }
    return text;
}

std::string page(const std::string& title, const std::string& asked) {
    const tool::test::Played played = tool::test::play({"explain", asked});
    return "<!-- generated page -->\n# " + title + "\n\n`wslplugin explain " + asked +
           "` says:\n\n```text\n" + played.output + "```\n\nBack to [Troubleshooting](index.md).\n";
}

}  // namespace

std::map<std::string, std::string> generated_tables() {
    return {{"capabilities", capability_table()},
            {"hooks", hook_table()},
            {"calls", call_table()},
            {"findings", finding_table()},
            {"codes", code_table()}};
}

std::map<std::string, std::string> generated_pages() {
    std::map<std::string, std::string> pages;
    for (const Finding& finding : findings::all_findings()) {
        const std::string id(finding.id);
        pages["troubleshooting/" + id + ".md"] = page(id, id);
    }
    for (const HResult code : explained_codes()) {
        pages["troubleshooting/" + file_stem(code) + ".md"] =
            page(as_wsl_prints(code), as_wsl_prints(code));
    }
    return pages;
}

}  // namespace wslplugins::tests
