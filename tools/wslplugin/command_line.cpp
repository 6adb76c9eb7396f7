// SPDX-License-Identifier: MIT
#include "command_line.hpp"

#include "commands/completion.hpp"
#include "commands/doctor.hpp"
#include "commands/explain.hpp"
#include "commands/inspect.hpp"
#include "commands/install.hpp"
#include "commands/list.hpp"
#include "commands/new.hpp"
#include "commands/register.hpp"
#include "commands/reload.hpp"
#include "commands/run.hpp"
#include "commands/sign.hpp"
#include "commands/status.hpp"
#include "commands/trust.hpp"
#include "commands/try.hpp"
#include "commands/uninstall.hpp"
#include "commands/unregister.hpp"
#include "commands/untrust.hpp"
#include "commands/verify.hpp"
#include "help_examples.hpp"
#include "wine/hand_over.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace wslplugins::tool {
namespace {

constexpr const char* description =
    "Makes, inspects, signs, registers, runs and explains plugins of the Windows Subsystem for "
    "Linux.\n"
    "\n"
    "Exit codes: 0 good, 1 findings or a failed run, 2 wrong usage, 3 the environment cannot do "
    "it, "
    "4 internal error.";

void add_commands(CLI::App& app, Action& action) {
    add_new(app, action);
    add_inspect(app, action);
    add_sign(app, action);
    add_verify(app, action);
    add_trust(app, action);
    add_untrust(app, action);
    add_register(app, action);
    add_unregister(app, action);
    add_list(app, action);
    add_install(app, action);
    add_uninstall(app, action);
    add_reload(app, action);
    add_try(app, action);
    add_status(app, action);
    add_doctor(app, action);
    add_run(app, action);
    add_explain(app, action);
    add_completion(app, action);
    for (CLI::App* const command : app.get_subcommands({})) {
        command->footer(help_footer_of(command->get_name()));
    }
}

/// Takes the words behind the first `--` out of the arguments. @return false when there is no `--`.
bool split_trailing_words(std::vector<std::string>& arguments, std::vector<std::string>& words) {
    const auto mark = std::find(arguments.begin(), arguments.end(), "--");
    if (mark == arguments.end()) {
        return false;
    }
    words.assign(mark + 1, arguments.end());
    arguments.erase(mark, arguments.end());
    return true;
}

}  // namespace

std::optional<ExitCode>
parse_command_line(std::vector<std::string> arguments, Context& context, Action& action) {
    CLI::App app(description, "wslplugin");
    app.set_version_flag("--version", std::string(WSLPLUGINS_TOOL_VERSION));
    app.require_subcommand(1);
    add_commands(app, action);

    const bool has_mark = split_trailing_words(arguments, context.trailing_words);
    // CLI11 takes the last argument first.
    std::reverse(arguments.begin(), arguments.end());
    try {
        app.parse(std::move(arguments));
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error, context.output, context.errors);
        return code == 0 ? ExitCode::Good : ExitCode::Usage;
    }
    if (has_mark && !app.got_subcommand("run") && !app.got_subcommand("try")) {
        return fail(
            context, ExitCode::Usage, "Only 'wslplugin run' and 'try' take words behind '--'.");
    }
    action = handed_over(*app.get_subcommands().front(), context.trailing_words, std::move(action));
    return std::nullopt;
}

ExitCode run_command_line(std::vector<std::string> arguments, Context context) {
    Action action;
    context.arguments = arguments;
    const auto ended = parse_command_line(std::move(arguments), context, action);
    return ended ? *ended : action(context);
}

}  // namespace wslplugins::tool
