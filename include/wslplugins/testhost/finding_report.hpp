// SPDX-License-Identifier: MIT
/// @file
/// What strict mode found in a run, in words: whose it is, what the real service makes of it, and what to do.
#pragma once

#include <wslplugins/testhost/journal.hpp>

#include <string>
#include <vector>

namespace wslplugins::testhost {

/// Each finding with its severity, whose it is, what was seen, what it means and what to do; those that say the same
/// are told once, with their number. Empty where nothing was found.
[[nodiscard]] std::string findings_text(const std::vector<JournalEntry>& journal);

}  // namespace wslplugins::testhost
