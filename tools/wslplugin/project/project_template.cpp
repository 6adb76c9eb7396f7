// SPDX-License-Identifier: MIT
#include "project/project_template.hpp"

#include "project/fill_in.hpp"
#include "project/project_name.hpp"
#include "project/template_files.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace wslplugins::tool {
namespace {

constexpr std::array<ProjectTemplate, 3> templates{{
    {"minimal", "Logs what starts and stops, and on which kernel.", "start_log"},
    {"policy",
     "Lets only those distributions start whose names stand in a list.",
     "allowed_distributions"},
    {"containers",
     "Keeps containers from running on images whose version is not named.",
     "pinned_images"},
}};

constexpr std::string_view licence_tag = "SPDX-License-Identifier:";

std::string_view without_licence(std::string_view text) {
    const std::size_t end = text.find('\n');
    return text.substr(0, end).find(licence_tag) == std::string_view::npos ? text
                                                                           : text.substr(end + 1);
}

/// The file's path in the project; none where it is another template's.
std::optional<std::string_view> path_in_project(std::string_view file, std::string_view chosen) {
    const std::size_t slash = file.find('/');
    const std::string_view folder = file.substr(0, slash);
    if (folder != "common" && folder != chosen) {
        return std::nullopt;
    }
    return file.substr(slash + 1);
}

}  // namespace

std::span<const ProjectTemplate> project_templates() noexcept {
    return templates;
}

const ProjectTemplate* find_project_template(std::string_view name) noexcept {
    const auto found = std::ranges::find(templates, name, &ProjectTemplate::name);
    return found == templates.end() ? nullptr : &*found;
}

WinResult<std::vector<ProjectFile>> project_files(const ProjectTemplate& chosen,
                                                  std::string_view project_name) {
    const std::string dll = dll_name_of(project_name);
    const std::array<Mark, 4> marks{{{"name", project_name},
                                     {"dll", dll},
                                     {"summary", chosen.summary},
                                     {"header", chosen.header}}};
    std::vector<ProjectFile> files;
    for (const testhost::EmbeddedFile& file : template_files()) {
        const auto path = path_in_project(file.name, chosen.name);
        if (!path) {
            continue;
        }
        WinResult<std::string> content = fill_in(without_licence(file.content), marks);
        if (!content) {
            return failure(content.error().code(),
                           content.error().text() + " in the template " + std::string(file.name));
        }
        files.push_back({std::string(*path), std::move(*content)});
    }
    std::ranges::sort(files, {}, &ProjectFile::path);
    return files;
}

}  // namespace wslplugins::tool
