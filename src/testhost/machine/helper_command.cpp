// SPDX-License-Identifier: MIT
#include "testhost/machine/helper_command.hpp"

#include "core/helper_marks.hpp"

#include <algorithm>
#include <charconv>
#include <span>
#include <string_view>

namespace wslplugins::testhost {
namespace {

// Places on the command line; see `helper_marks`.
constexpr std::size_t own_script = 3;
constexpr std::size_t executing_script = 4;
constexpr std::size_t working_folder = 5;
constexpr std::size_t user = 6;
constexpr std::size_t path = 7;
constexpr std::size_t tools = 8;
constexpr std::size_t first_word = 9;

bool needs(std::string_view needed_tools, std::string_view tool) {
    const std::size_t at = needed_tools.find(tool);
    return at != std::string_view::npos && at > 0 && needed_tools[at - 1] == ' ';
}

std::string_view executing_line(std::string_view script) {
    constexpr std::string_view start = "    exec ";
    const std::size_t at = script.rfind(start);
    if (at == std::string_view::npos) {
        return {};
    }
    script.remove_prefix(at + start.size());
    return script.substr(0, script.find('\n'));
}

/// The words of the program's command line, the empty ones included.
std::vector<std::string> words_of(std::string_view line, std::span<const std::string> given) {
    std::vector<std::string> words;
    while (!line.empty()) {
        const std::string_view place = line.substr(0, line.find(' '));
        line.remove_prefix((std::min)(place.size() + 1, line.size()));
        std::size_t number = 0;
        if (place == "\"$@\"") {
            words.insert(words.end(), given.begin(), given.end());
        } else if (place == "''") {
            words.emplace_back();
        } else if (place.starts_with("\"${") &&
                   std::from_chars(place.data() + 3, place.data() + place.size(), number).ec ==
                       std::errc() &&
                   number - 1 < given.size()) {
            words.push_back(given[number - 1]);
        }
    }
    return words;
}

/// Takes the words that prepare the program's environment and name.
std::span<const std::string> take_preparation(std::span<const std::string> words,
                                              std::string_view needed_tools,
                                              ScriptedProgram& program) {
    constexpr std::size_t naming_words = 5;
    if (needs(needed_tools, "env")) {
        while (!words.empty() && words.front() != "--") {
            words = words.subspan(1);
        }
        while (words.size() > 1 && words[1].find('=') != std::string::npos) {
            program.environment.push_back(words[1]);
            words = words.subspan(1);
        }
        words = words.empty() ? words : words.subspan(1);
    }
    return needs(needed_tools, "bash") && words.size() > naming_words ? words.subspan(naming_words)
                                                                      : words;
}

std::string given_or_empty(const std::string& argument) {
    return argument == "-" ? std::string() : argument;
}

ScriptedProgram program_of(const std::vector<std::string>& arguments) {
    ScriptedProgram program;
    program.path = arguments[path];
    program.working_folder = given_or_empty(arguments[working_folder]);
    program.user = given_or_empty(arguments[user]);
    const auto words = words_of(executing_line(arguments[executing_script]),
                                std::span(arguments).subspan(first_word));
    const auto own = take_preparation(words, arguments[tools], program);
    if (!own.empty()) {
        program.arguments.assign(own.begin() + 1, own.end());
    }
    return program;
}

}  // namespace

std::optional<HelperCommand> parse_helper_command(const std::vector<std::string>& arguments) {
    if (arguments.size() <= own_script) {
        return std::nullopt;
    }
    const std::string& script = arguments[own_script];
    if (script.starts_with(helper_marks::to_program)) {
        return HelperCommand{HelperCommand::Part::ToProgram, {}};
    }
    if (script.starts_with(helper_marks::from_program)) {
        return HelperCommand{HelperCommand::Part::FromProgram, {}};
    }
    if (script.starts_with(helper_marks::main) && arguments.size() > first_word) {
        return HelperCommand{HelperCommand::Part::Main, program_of(arguments)};
    }
    return std::nullopt;
}

}  // namespace wslplugins::testhost
