// SPDX-License-Identifier: MIT
#include <wslplugins/testhost/finding_report.hpp>

#include <wslplugins/findings/finding.hpp>

#include <algorithm>
#include <tuple>

namespace wslplugins::testhost {
namespace {

std::string argument_of(const JournalEntry& entry, std::string_view name) {
    const auto found = std::ranges::find(entry.arguments, name, &JournalArgument::name);
    return found == entry.arguments.end() ? std::string() : found->value;
}

/// Findings that agree in this say the same.
auto what_it_says(const JournalEntry& entry) {
    return std::tuple(entry.name, entry.plugin, argument_of(entry, "hook"), entry.text);
}

struct Told {
    const JournalEntry* first;
    int times = 1;
};

std::vector<Told> told_once(const std::vector<JournalEntry>& journal) {
    std::vector<Told> all;
    for (const JournalEntry& entry : journal) {
        if (entry.kind != JournalKind::Finding) {
            continue;
        }
        const auto known = std::ranges::find_if(all, [&](const Told& told) {
            return what_it_says(*told.first) == what_it_says(entry);
        });
        if (known == all.end()) {
            all.push_back({&entry});
        } else {
            ++known->times;
        }
    }
    return all;
}

/// Such as `plugin 'guard', OnVMStarted, thread 1, session 0`.
std::string whose(const JournalEntry& entry) {
    const std::string hook = argument_of(entry, "hook");
    return (entry.plugin.empty() ? "no known plugin" : "plugin '" + entry.plugin + "'") +
           (hook.empty() ? ", in no hook" : ", " + hook) + ", thread " +
           std::to_string(entry.thread) +
           (entry.session ? ", session " + std::to_string(*entry.session) : "");
}

std::string text_of(const Told& told) {
    const JournalEntry& entry = *told.first;
    std::string text;
    const findings::Finding* const finding = findings::find_finding(entry.name);
    if (finding != nullptr) {
        text += std::string(name_of(finding->severity)) + ": ";
    }
    text += entry.name + ": " + whose(entry) + '\n';
    text += "    seen: " + entry.text +
            (told.times > 1 ? " (" + std::to_string(told.times) + " times)" : "") + '\n';
    if (finding != nullptr) {
        text += "    " + std::string(finding->title) + ' ' + std::string(finding->meaning) + '\n';
        text += "    what to do: " + std::string(finding->fix) + '\n';
    }
    return text;
}

}  // namespace

std::string findings_text(const std::vector<JournalEntry>& journal) {
    std::string text;
    for (const Told& told : told_once(journal)) {
        text += text_of(told);
    }
    return text.empty() ? text : "Findings:\n" + text;
}

}  // namespace wslplugins::testhost
