// SPDX-License-Identifier: MIT
/// @file
/// `journal_step`: something the service does of itself, with how it went.
#pragma once

#include <wslplugins/core/result.hpp>
#include <wslplugins/testhost/journal.hpp>

#include <string_view>
#include <utility>

namespace wslplugins::testhost {

/// Runs `work`, which returns a `WinResult`, as an entry of the journal.
template <class Work>
auto journal_step(Journal& journal, JournalEntry entry, const Work& work) {
    const std::uint64_t id = journal.begin(std::move(entry));
    auto outcome = work();
    if (outcome) {
        journal.end(id, HResult::ok);
    } else {
        // Sentences name files of this machine.
        journal.end(id, outcome.error().code(), {{"error", outcome.error().text(), true}});
    }
    return outcome;
}

/// An entry about what the service does.
[[nodiscard]] inline JournalEntry service_entry(std::string_view name,
                                                std::vector<JournalArgument> arguments = {}) {
    JournalEntry entry;
    entry.kind = JournalKind::Service;
    entry.name = name;
    entry.arguments = std::move(arguments);
    return entry;
}

}  // namespace wslplugins::testhost
