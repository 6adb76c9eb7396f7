// SPDX-License-Identifier: MIT
/// @file
/// The journal as files for other programs: a page for browsers, and a trace for timeline viewers.
///
/// `docs/journal.md` describes both.
#pragma once

#include <wslplugins/testhost/journal.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::testhost {

/// One HTML page, UTF-8, that needs no other file and asks no server for anything: a table of all entries, and where
/// scripts run also a timeline and a filter. Nothing in the journal can become markup.
/// @param title UTF-8; what was run.
[[nodiscard]] std::string to_html(const std::vector<JournalEntry>& entries, std::string_view title);

/// The trace-event format (JSON object form), which Perfetto and Chromium's tracing read: a complete event for each
/// entry, below those during which it began on its thread. What was still in progress is an event without an end.
[[nodiscard]] std::string to_trace_events(const std::vector<JournalEntry>& entries);

}  // namespace wslplugins::testhost
