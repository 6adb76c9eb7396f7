// SPDX-License-Identifier: MIT
/// @file
/// Two journals side by side.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wslplugins::testhost {

enum class JournalOrder : std::uint8_t {
    AsWritten,
    /// What began outside of everything else may come in any order, as that of several threads does.
    AnyOnTop,
};

/// How two journals differ, in lines for people: `-` for what only the first one has, `+` for the second, with what is
/// around. Either may be in JSON lines' full form; what differs from run to run is left out. A line that is no JSON
/// object stands for itself.
/// @return none where they do not differ.
[[nodiscard]] std::optional<std::string>
journal_difference(std::string_view expected, std::string_view came, JournalOrder order);

}  // namespace wslplugins::testhost
