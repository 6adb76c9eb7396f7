// SPDX-License-Identifier: MIT
#include "wine/windows_words.hpp"

#include "certificate_folder.hpp"
#include "testhost/journal/journal_text.hpp"

#include "platform/paths.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>

namespace wslplugins::tool {
namespace {

constexpr HResult invalid_name = HResult::from_win32(123);

constexpr auto windows_commands = std::to_array<std::string_view>({"doctor",
                                                                   "install",
                                                                   "list",
                                                                   "register",
                                                                   "reload",
                                                                   "status",
                                                                   "trust",
                                                                   "try",
                                                                   "uninstall",
                                                                   "unregister",
                                                                   "untrust"});

/// Options and positional arguments of any command that are always files or folders.
constexpr auto paths = std::to_array<std::string_view>({"dll",
                                                        "--bundle",
                                                        "--certificate-folder",
                                                        "--log",
                                                        "--record",
                                                        "--replay",
                                                        "--report",
                                                        "--trace",
                                                        "--with"});

/// Those of `run` that are files or names. A word that could be a name is one; a file has a folder or an extension.
constexpr auto paths_or_names = std::to_array<std::string_view>({"plugins", "--scenario"});

bool is_drive_letter(char letter) noexcept {
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
}

bool is_windows_path(std::string_view path) noexcept {
    const bool has_drive = path.size() >= 3 && is_drive_letter(path[0]) && path[1] == ':' &&
                           (path[2] == '\\' || path[2] == '/');
    return has_drive || path.starts_with("\\\\");
}

bool names_a_file(std::string_view word) noexcept {
    return word.find_first_of("./\\") != std::string_view::npos;
}

bool is_path(const CLI::Option& option, std::string_view value) {
    const std::string name = option.get_name();
    return std::ranges::find(paths, name) != paths.end() ||
           (std::ranges::find(paths_or_names, name) != paths_or_names.end() && names_a_file(value));
}

/// Its value on the command line; empty without one.
std::vector<std::string> values_of(const CLI::App& command, const char* option) {
    const CLI::Option* const found = command.get_option_no_throw(option);
    return found == nullptr || found->count() == 0 ? std::vector<std::string>() : found->results();
}

/// `run` needs the registry for what is named after its registration, and Wine for DLLs.
Place place_of_run(const CLI::App& command) {
    const std::vector<std::string> plugins = values_of(command, "plugins");
    const bool has_own_plugins =
        !values_of(command, "--replay").empty() ||
        !values_of(command, "--list-scenarios").empty() ||
        std::ranges::any_of(values_of(command, "--scenario"), names_a_file);
    if (plugins.empty()) {
        return has_own_plugins ? Place::Here : Place::Windows;
    }
    const bool all_run_here = std::ranges::all_of(plugins, [](std::string_view plugin) {
        return names_a_file(plugin) && !plugin.ends_with(".dll") && !is_windows_path(plugin);
    });
    return all_run_here ? Place::Here : Place::Windows;
}

/// Appends what was said for one option.
WinResult<> append(std::vector<std::string>& words, const CLI::Option& option) {
    if (option.get_items_expected_max() == 0) {
        words.push_back(option.get_name());
        return {};
    }
    const std::string beginning = option.get_positional() ? "" : option.get_name() + "=";
    for (const std::string& value : option.results()) {
        if (!is_path(option, value)) {
            words.push_back(beginning + value);
            continue;
        }
        const WinResult<std::string> path = windows_path_of(value);
        if (!path) {
            return propagate(path.error());
        }
        words.push_back(beginning + *path);
    }
    return {};
}

/// The certificate that `sign` has made here.
WinResult<> append_certificate_folder(std::vector<std::string>& words) {
    const WinResult<std::filesystem::path> folder = certificate_folder("");
    if (!folder) {
        return propagate(folder.error());
    }
    const WinResult<std::string> path = windows_path_of(platform::utf8_from_path(*folder));
    if (!path) {
        return propagate(path.error());
    }
    words.push_back("--certificate-folder=" + *path);
    return {};
}

}  // namespace

Place place_of(const CLI::App& command) {
    const std::string& name = command.get_name();
    if (std::ranges::find(windows_commands, name) != windows_commands.end()) {
        return Place::Windows;
    }
    if (name == "verify") {
        return Place::Either;
    }
    return name == "run" ? place_of_run(command) : Place::Here;
}

WinResult<std::string> windows_path_of(std::string_view path) {
    if (path.empty() || is_windows_path(path)) {
        return std::string(path);
    }
    std::error_code error;
    const std::filesystem::path full =
        std::filesystem::absolute(platform::path_from_utf8(path), error);
    std::string text =
        error ? std::string(path) : platform::utf8_from_path(full.lexically_normal());
    const bool has_control = std::ranges::any_of(
        text, [](char letter) { return static_cast<unsigned char>(letter) < 0x20; });
    if (error || has_control || !testhost::is_utf8(text) ||
        text.find_first_of("\\:*?\"<>|") != std::string::npos) {
        return failure(invalid_name,
                       "Windows has no spelling for '" + testhost::escape_bytes(text) +
                           "'; copy it to another name");
    }
    std::ranges::replace(text, '/', '\\');
    return "Z:" + text;
}

WinResult<std::vector<std::string>>
words_for_windows(const CLI::App& command, const std::vector<std::string>& trailing_words) {
    std::vector<std::string> words{command.get_name()};
    std::vector<std::string> positional;
    for (const CLI::Option* const option : command.get_options()) {
        if (option->count() == 0) {
            continue;
        }
        if (const auto done = append(option->get_positional() ? positional : words, *option);
            !done) {
            return propagate(done.error());
        }
    }
    if (command.get_name() == "trust" && values_of(command, "--certificate-folder").empty()) {
        if (const auto done = append_certificate_folder(words); !done) {
            return propagate(done.error());
        }
    }
    words.insert(words.end(), positional.begin(), positional.end());
    if (!trailing_words.empty()) {
        words.emplace_back("--");
        words.insert(words.end(), trailing_words.begin(), trailing_words.end());
    }
    return words;
}

}  // namespace wslplugins::tool
