// SPDX-License-Identifier: MIT
/// @file
/// A run that was written down with its scenario, to be played again. `docs/scenario.md` describes the file.
#pragma once

#include <wslplugins/testhost/scenario.hpp>

namespace wslplugins::testhost {

/// The version of the file's form.
inline constexpr int recording_schema = 1;

/// A run that was written down.
struct Recording {
    Scenario scenario;    ///< What was played.
    std::string journal;  ///< JSON lines.
};

/// The file: the scenario on the first line, the journal on those behind it.
[[nodiscard]] std::string to_recording(const Scenario& scenario,
                                       const std::vector<JournalEntry>& journal);

/// @return ERROR_INVALID_DATA as `parse_scenario`.
[[nodiscard]] WinResult<Recording> parse_recording(std::string_view text, std::string_view file);

/// Reads a file and parses it. @return also what reading fails with.
[[nodiscard]] WinResult<Recording> read_recording(std::string_view file);

/// How a run differs from the recorded one, in lines for people; none where their canonical journals are equal. Where
/// steps run at the same time, the order of what they did does not count.
[[nodiscard]] std::optional<std::string> difference_from(const Recording& recording,
                                                         const std::vector<JournalEntry>& journal);

}  // namespace wslplugins::testhost
