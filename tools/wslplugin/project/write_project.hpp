// SPDX-License-Identifier: MIT
/// @file
/// `write_project`: makes a project's folder, whole or not at all.
#pragma once

#include "project/project_template.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace wslplugins::tool {

/// Why the folder cannot be made, one sentence; none when it can. A folder that is there must be empty.
[[nodiscard]] std::optional<std::string>
complaint_about_project_folder(const std::filesystem::path& folder);

/// Writes the files to a draft folder beside, which then gets the folder's name: who is killed meanwhile leaves a draft,
/// and nothing under the name. What has come under the name meanwhile is not touched.
/// @param folder absolute, without a slash at its end.
/// @return the system's code; the draft is removed then.
[[nodiscard]] WinResult<> write_project(const std::filesystem::path& folder,
                                        std::span<const ProjectFile> files);

}  // namespace wslplugins::tool
