// SPDX-License-Identifier: MIT
#include "commands/completion.hpp"

#include "completion_script.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace wslplugins::tool {
namespace {

/// What the value must be, out of `TEXT:{one,another}`, which is all that CLI11 tells of it.
std::vector<std::string> values_of(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    const std::size_t begin = type.find('{');
    const std::size_t end = type.find('}', begin);
    if (begin == std::string::npos || end == std::string::npos) {
        return {};
    }
    return CLI::detail::split(type.substr(begin + 1, end - begin - 1), ',');
}

CompletedCommand described(const CLI::App& app, bool is_command) {
    CompletedCommand command;
    command.name = is_command ? app.get_name() : "";
    for (const CLI::Option* const option : app.get_options()) {
        const bool takes_value = option->get_items_expected_max() > 0;
        if (option->get_positional()) {
            command.words = values_of(*option);
        }
        for (const std::string& name : option->get_lnames()) {
            command.options.push_back({"--" + name, takes_value, values_of(*option)});
        }
    }
    for (const CLI::App* const each : app.get_subcommands({})) {
        command.words.push_back(each->get_name());
    }
    return command;
}

std::string script_for(const std::string& shell, const CLI::App& app) {
    std::vector<CompletedCommand> commands{described(app, false)};
    for (const CLI::App* const each : app.get_subcommands({})) {
        commands.push_back(described(*each, true));
    }
    return shell == "bash" ? bash_completion(commands) : powershell_completion(commands);
}

}  // namespace

void add_completion(CLI::App& app, Action& action) {
    const auto shell = std::make_shared<std::string>();
    CLI::App* const command = app.add_subcommand(
        "completion", "Print a script with which a shell completes this tool's command line");
    command->add_option("shell", *shell, "Which shell")
        ->required()
        ->check(CLI::IsMember({"bash", "powershell"}));
    command->callback([shell, &app, &action] {
        action = [script = script_for(*shell, app)](const Context& context) {
            context.output << script;
            return ExitCode::Good;
        };
    });
}

}  // namespace wslplugins::tool
