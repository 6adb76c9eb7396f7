// SPDX-License-Identifier: MIT
/// @file
/// Files that only administrators can change, and the folders of the machine that are made for such files. Only
/// Windows and Wine; elsewhere every function answers ERROR_NOT_SUPPORTED.
///
/// Under Wine, whose files all belong to the user that runs it, that user counts as an administrator.
#pragma once

#include <wslplugins/core/result.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace wslplugins::platform {

/// The file or folder, or the one above it, that makes somebody else able to put something else in its place: its
/// owner, or somebody whom its access list lets write, is neither the system nor its installer nor an administrator.
/// Of a folder that is not the last one above it, only rights to replace what is in there count, so that the root of a
/// drive in which everybody may make folders is good.
/// @return its path; none where nobody can.
[[nodiscard]] WinResult<std::optional<std::string>> find_open_to_others(std::string_view path);

/// Makes the folder, which only the system and administrators may change and everybody may read. One that is there
/// already is checked.
/// @return ERROR_ACCESS_DENIED where others could change it, or it is a link.
[[nodiscard]] WinResult<> make_protected_folder(std::string_view path);

/// The machine's folder for data of programs (`C:\ProgramData`).
[[nodiscard]] WinResult<std::string> program_data_folder();

/// The machine's folder for programs (`C:\Program Files`).
[[nodiscard]] WinResult<std::string> program_files_folder();

}  // namespace wslplugins::platform
