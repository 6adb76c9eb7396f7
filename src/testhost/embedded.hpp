// SPDX-License-Identifier: MIT
/// @file
/// Files that are part of the program. The build writes the functions' sources (`wslplugins_embed`).
#pragma once

#include <span>
#include <string_view>

namespace wslplugins::testhost {

struct EmbeddedFile {
    std::string_view name;  ///< Without its folder.
    std::string_view content;
};

/// What the HTML report is made of.
[[nodiscard]] std::span<const EmbeddedFile> report_files() noexcept;

/// The common scenarios, each named after its file.
[[nodiscard]] std::span<const EmbeddedFile> scenario_files() noexcept;

}  // namespace wslplugins::testhost
