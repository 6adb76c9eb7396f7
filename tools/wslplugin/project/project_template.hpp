// SPDX-License-Identifier: MIT
/// @file
/// The templates of `wslplugin new`: what they are called, and the files that they make.
#pragma once

#include <wslplugins/core/result.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::tool {

/// One row for each folder of `templates/` but `common`, whose files every project has.
struct ProjectTemplate {
    std::string_view name;
    std::string_view summary;  ///< One sentence about the plugin; the DLL's description too.
    std::string_view header;   ///< Of the plugin's class, without its extension.
};

[[nodiscard]] std::span<const ProjectTemplate> project_templates() noexcept;

/// Null when there is none of that name.
[[nodiscard]] const ProjectTemplate* find_project_template(std::string_view name) noexcept;

struct ProjectFile {
    std::string path;  ///< Below the project's folder, with slashes.
    std::string content;
};

/// The project's files in the order of their paths. The line that names the framework's licence is left out: what
/// is made is the author's, under whatever licence.
/// @return as `fill_in`: a mistake in a template.
[[nodiscard]] WinResult<std::vector<ProjectFile>> project_files(const ProjectTemplate& chosen,
                                                                std::string_view project_name);

}  // namespace wslplugins::tool
