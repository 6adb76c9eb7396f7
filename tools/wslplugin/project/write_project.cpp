// SPDX-License-Identifier: MIT
#include "project/write_project.hpp"

#include "draft_name.hpp"

#include "platform/error_code.hpp"
#include "platform/paths.hpp"

#include <fstream>
#include <system_error>

namespace wslplugins::tool {
namespace {

namespace fs = std::filesystem;

constexpr HResult write_fault = HResult::from_win32(29);  // ERROR_WRITE_FAULT

std::string quoted(const fs::path& path) {
    return "'" + platform::utf8_from_path(path) + "'";
}

std::unexpected<Error> failure_of(const std::error_code& error, const std::string& what) {
    return failure(platform::hresult_of(error), what);
}

WinResult<> write_file(const fs::path& path, const std::string& content) {
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) {
        return failure_of(error, "Could not make the folder " + quoted(path.parent_path()));
    }
    std::ofstream stream(path, std::ios::binary | std::ios::trunc);
    stream << content;
    stream.close();
    if (!stream) {
        return failure(write_fault, "Could not write " + quoted(path));
    }
    return {};
}

WinResult<> write_draft(const fs::path& draft, std::span<const ProjectFile> files) {
    for (const ProjectFile& file : files) {
        if (const WinResult<> written =
                write_file(draft / platform::path_from_utf8(file.path), file.content);
            !written) {
            return written;
        }
    }
    return {};
}

bool is_empty_folder(const fs::path& path) {
    std::error_code error;
    return fs::symlink_status(path, error).type() == fs::file_type::directory &&
           fs::is_empty(path, error) && !error;
}

WinResult<> give_name(const fs::path& draft, const fs::path& folder) {
    std::error_code error;
    fs::rename(draft, folder, error);
    if (error && is_empty_folder(folder)) {
        // Windows replaces no folder, not even an empty one.
        fs::remove(folder, error);
        fs::rename(draft, folder, error);
    }
    if (error) {
        return failure_of(error, "Could not give the project the name " + quoted(folder));
    }
    return {};
}

}  // namespace

std::optional<std::string> complaint_about_project_folder(const fs::path& folder) {
    std::error_code error;
    const fs::file_status status = fs::symlink_status(folder, error);
    if (status.type() == fs::file_type::not_found) {
        return fs::is_directory(folder.parent_path(), error)
                   ? std::nullopt
                   : std::optional("There is no folder " + quoted(folder.parent_path()) +
                                   " to make the project in. Make it first.");
    }
    if (status.type() != fs::file_type::directory) {
        return quoted(folder) + " is there already and no folder. Name another with --folder.";
    }
    if (!is_empty_folder(folder)) {
        return "The folder " + quoted(folder) +
               " is there already and not empty, and nothing is overwritten. Name another with "
               "--folder.";
    }
    if (fs::equivalent(folder, fs::current_path(error), error)) {
        return quoted(folder) +
               " is the folder that you are in, which cannot be replaced. Go to the one above, and "
               "name it from there.";
    }
    return std::nullopt;
}

WinResult<> write_project(const fs::path& folder, std::span<const ProjectFile> files) {
    const WinResult<std::string> name = draft_name();
    if (!name) {
        return propagate(name.error());
    }
    const fs::path draft = folder.parent_path() / platform::path_from_utf8(*name);
    WinResult<> written = write_draft(draft, files);
    if (written) {
        written = give_name(draft, folder);
    }
    if (!written) {
        std::error_code error;
        fs::remove_all(draft, error);  // the reason counts, not what became of the draft
    }
    return written;
}

}  // namespace wslplugins::tool
