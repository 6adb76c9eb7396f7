// SPDX-License-Identifier: MIT
/// @file
/// Whether a DLL is part of Windows: WSL's service loads a plugin without looking beside it for what it needs, so that
/// only Windows' own folders count.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace wslplugins::tool {

enum class Presence : std::uint8_t {
    InWindows,  ///< In the system folder of this machine; without one, in a table of what every Windows has.
    Missing,  ///< Not in the system folder of this machine.
    NotKnown  ///< There is no system folder here, and the table does not have it.
};

/// "in-windows", "missing", "not-known".
[[nodiscard]] std::string_view name_of(Presence presence) noexcept;

/// @param name as the loader takes it: ASCII letters in any case, without ".dll" where it has no extension.
///        Sets of functions that Windows resolves by a table of its own ("api-ms-win-...") are always there.
[[nodiscard]] Presence presence_of_library(std::string_view name);

/// The file of that library in the system folder; none where there is none or no system folder, and for a set of
/// functions.
[[nodiscard]] std::optional<std::filesystem::path> system_library_file(std::string_view name);

/// Lower-case, with ".dll" where the name has no extension.
[[nodiscard]] std::string comparable_library_name(std::string_view name);

/// Windows' own folder for 64-bit DLLs, as Windows or Wine gives it; empty elsewhere.
[[nodiscard]] std::filesystem::path system_folder();

}  // namespace wslplugins::tool
