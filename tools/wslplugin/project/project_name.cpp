// SPDX-License-Identifier: MIT
#include "project/project_name.hpp"

#include <algorithm>
#include <array>

namespace wslplugins::tool {
namespace {

constexpr std::string_view advice =
    "A name has 1 to 64 of the ASCII letters, digits, '-' and '_', and begins with a letter, such "
    "as my-wsl-plugin.";

/// Windows takes them for devices in every folder, whatever the extension.
constexpr std::array<std::string_view, 24> device_names{
    "con",  "prn",  "aux",  "nul",  "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
    "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"};

/// CMake's generators make targets of these names themselves. In lower case.
constexpr std::array<std::string_view, 15> cmake_targets{"all",
                                                         "all_build",
                                                         "check",
                                                         "clean",
                                                         "edit_cache",
                                                         "help",
                                                         "install",
                                                         "list_install_components",
                                                         "none",
                                                         "package",
                                                         "package_source",
                                                         "rebuild_cache",
                                                         "run_tests",
                                                         "test",
                                                         "zero_check"};

bool is_letter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

std::string in_lower_case(std::string_view name) {
    std::string lower(name);
    for (char& character : lower) {
        if (character >= 'A' && character <= 'Z') {
            character = static_cast<char>(character - 'A' + 'a');
        }
    }
    return lower;
}

/// Says which character is at fault, where it can be shown.
std::string complaint_about_character(char character) {
    const auto code = static_cast<unsigned char>(character);
    if (code >= 0x80) {
        return "has a character that is not ASCII, which compilers, archives and registries spell "
               "differently";
    }
    if (code < 0x20 || code == 0x7F) {
        return "has a control character";
    }
    if (character == ' ') {
        return "has a space";
    }
    return std::string("has a '") + character + "'";
}

/// What is wrong, to be put behind the name; empty when nothing is.
std::string fault_of(std::string_view name) {
    if (name.empty()) {
        return "is empty";
    }
    if (const std::size_t part = name.find_first_of("/\\:"); part != std::string_view::npos) {
        return std::string("has a '") + name[part] +
               "', which is part of a path: --folder says where the project is to be";
    }
    const auto is_bad = [](char character) {
        return !is_letter(character) && !is_digit(character) && character != '-' &&
               character != '_';
    };
    if (const auto bad = std::ranges::find_if(name, is_bad); bad != name.end()) {
        return complaint_about_character(*bad);
    }
    if (!is_letter(name.front())) {
        return std::string("begins with '") + name.front() + "'";
    }
    if (name.size() > longest_project_name) {
        return "has " + std::to_string(name.size()) + " characters";
    }
    const std::string lower = in_lower_case(name);
    if (std::ranges::find(device_names, lower) != device_names.end()) {
        return "is the name of a device on Windows";
    }
    if (std::ranges::find(cmake_targets, lower) != cmake_targets.end()) {
        return "is the name of a target of CMake's own";
    }
    if (lower.starts_with("wslplugin")) {
        return "begins as the framework's own targets do";
    }
    return {};
}

}  // namespace

std::optional<std::string> complaint_about_project_name(std::string_view name) {
    const std::string fault = fault_of(name);
    if (fault.empty()) {
        return std::nullopt;
    }
    return "The name '" + std::string(name) + "' " + fault + ". " + std::string(advice);
}

std::string dll_name_of(std::string_view project_name) {
    std::string name(project_name);
    std::ranges::replace(name, '-', '_');
    return name;
}

}  // namespace wslplugins::tool
