// SPDX-License-Identifier: MIT
/// @file
/// A journal with everything in it that could break a page.
#pragma once

#include <wslplugins/testhost/journal.hpp>

#include <string>
#include <vector>

namespace wslplugins::testhost {

/// Would end a script, an attribute or a style, and begin an element.
inline constexpr char hostile_text[] =
    R"hostile(</script><img src=x onerror="alert(1)">'"--></style></td>&lt;https://example.org/)hostile";

/// Hooks and calls of two plugins on two threads and two sessions; names and texts with markup, control characters,
/// bytes that are no text, and one word that is longer than a screen is wide.
[[nodiscard]] inline std::vector<JournalEntry> hostile_journal() {
    const std::string controls("\0\x01\x1B[31m\x7F\r\n\t\xFF\xFE", 13);
    std::vector<JournalEntry> entries;
    const auto add = [&entries](JournalKind kind, std::string name, std::uint64_t parent) {
        JournalEntry entry;
        entry.id = entries.size() + 1;
        entry.parent = parent;
        entry.kind = kind;
        entry.name = std::move(name);
        entry.thread = 1;
        entry.time = std::chrono::microseconds(100 * entry.id);
        entry.duration = std::chrono::microseconds(parent == 0 ? 5'000 : 50);
        entries.push_back(std::move(entry));
        return &entries.back();
    };
    add(JournalKind::Service, "launch", 0)->arguments = {{hostile_text, hostile_text}};
    JournalEntry* entry = add(JournalKind::Hook, "OnVMStarted", 1);
    entry->plugin = hostile_text;
    entry->session = 0;
    entry->result = HResult::access_denied;
    entry = add(JournalKind::Call, hostile_text, 2);
    entry->plugin = "plugin" + controls;
    entry->session = 7;
    entry->thread = 2;
    entry->arguments = {{"controls", controls}, {"word", std::string(150, 'w')}};
    entry = add(JournalKind::Log, "debug-output", 3);
    entry->text = hostile_text + controls + std::string(30'000, 'z');
    entry->duration = std::chrono::nanoseconds::zero();
    entry = add(JournalKind::User, "wsl.exe", 1);
    entry->text = "two\nlines " + std::string(hostile_text);
    entry = add(JournalKind::Load, "load", 0);
    entry->plugin = std::string(120, 'n');
    entry = add(JournalKind::KernelLog, "kernel-log", 0);
    entry->duration.reset();
    return entries;
}

}  // namespace wslplugins::testhost
