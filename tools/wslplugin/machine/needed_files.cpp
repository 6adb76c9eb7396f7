// SPDX-License-Identifier: MIT
#include "machine/needed_files.hpp"

#include "machine/same_file.hpp"

#include "image/facts.hpp"

#include "platform/paths.hpp"

#include <algorithm>

namespace wslplugins::tool {
namespace {

namespace fs = std::filesystem;

class Search {
public:
    explicit Search(std::vector<std::string> named)
        : dll_(named.front()), found_{.files = std::move(named), .refusal = std::nullopt} {}

    NeededFiles take() {
        look_into(dll_);
        for (std::size_t i = 1; i < found_.files.size() && !found_.refusal; ++i) {
            look_into(std::string(found_.files[i]));
        }
        return std::move(found_);
    }

private:
    void look_into(const std::string& file) {
        FileBytes bytes(platform::path_from_utf8(file));
        if (const WinResult<> opened = bytes.opened(); !opened) {
            refuse(opened.error().to_string() + '.');
            return;
        }
        const WinResult<Image> image = Image::open(bytes);
        if (!image) {
            return;  // the plugin's own data; what is to be a DLL was looked at before
        }
        for (const NeededLibrary& library : read_facts(*image).libraries) {
            if (library.presence != Presence::InWindows) {
                look_for(library, file);
            }
        }
    }

    void look_for(const NeededLibrary& library, const std::string& needed_by) {
        const std::optional<std::string> file = find(comparable_library_name(library.name));
        const std::string what = "'" + platform::utf8_from_path(name_of(needed_by)) + "' needs '" +
                                 library.name + "', which is ";
        if (!file) {
            refuse(what + "neither a part of Windows nor beside it. " + advice());
        } else if (needed_by == dll_ && !library.is_delayed) {
            refuse(what +
                   "no part of Windows. It lies beside it, where WSL does not look when it "
                   "loads a plugin. " +
                   advice());
        } else if (std::ranges::find(found_.files, *file) == found_.files.end()) {
            found_.files.push_back(*file);
        }
    }

    /// The file of that name, in any case of its letters: one that is known already, else one in the plugin's folder.
    [[nodiscard]] std::optional<std::string> find(std::string_view library) const {
        for (const std::string& file : found_.files) {
            if (same_text(platform::utf8_from_path(name_of(file)), library)) {
                return file;
            }
        }
        std::error_code error;
        const fs::path folder = platform::path_from_utf8(dll_).parent_path();
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
             entry.increment(error)) {
            std::error_code unknown;
            if (same_text(platform::utf8_from_path(entry->path().filename()), library) &&
                entry->is_regular_file(unknown)) {
                return platform::utf8_from_path(entry->path());
            }
        }
        return std::nullopt;
    }

    static fs::path name_of(const std::string& file) {
        return platform::path_from_utf8(file).filename();
    }

    void refuse(std::string sentence) {
        found_.refusal = Refusal{ExitCode::Findings, std::move(sentence)};
    }

    static std::string advice() {
        return "Link it statically; 'wslplugin inspect' shows everything that a DLL needs.";
    }

    std::string dll_;
    NeededFiles found_;
};

}  // namespace

NeededFiles find_needed_files(std::vector<std::string> named) {
    return Search(std::move(named)).take();
}

}  // namespace wslplugins::tool
