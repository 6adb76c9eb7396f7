// SPDX-License-Identifier: MIT
#include "commands/run.hpp"

#include "machine_access.hpp"

#include "platform/paths.hpp"

#include <wslplugins/testhost/service.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace wslplugins::tool {
namespace {

using testhost::PluginRegistration;
using testhost::UserOutput;

/// The distribution of `--distribution`: a run has one, so that any identifier is its own.
constexpr std::string_view distribution_id = "{7d6f1c52-0e0b-4f0a-9f5e-5d3c1a6b2e40}";

/// What the user did and saw.
struct Played {
    UserOutput launch;
    UserOutput shutdown;
};

bool names_a_file(const std::string& argument) {
    const std::filesystem::path path = platform::path_from_utf8(argument);
    const std::filesystem::path extension = path.extension();
    return path.has_parent_path() || extension == ".dll" || extension == ".so";
}

/// The registration that stands for a file named on the command line. WSL knows full paths only.
WinResult<PluginRegistration> registration_of_file(const std::string& argument) {
    std::error_code error;
    const std::filesystem::path path =
        std::filesystem::absolute(platform::path_from_utf8(argument), error);
    if (error) {
        return failure(HResult::path_not_found, "Could not find the folder of '" + argument + "'");
    }
    return PluginRegistration{platform::utf8_from_path(path.stem()),
                              platform::utf8_from_path(path.lexically_normal())};
}

WinResult<PluginRegistration> registration_of_name(const std::string& name) {
    const WinResult<std::vector<PluginRegistration>> registered = testhost::read_plugins_key();
    if (!registered) {
        return propagate(registered.error());
    }
    const auto found = std::find_if(registered->begin(),
                                    registered->end(),
                                    [&name](const auto& plugin) { return plugin.name == name; });
    if (found == registered->end()) {
        return failure(HResult::not_found, "No plugin is registered as '" + name + "'");
    }
    return *found;
}

WinResult<std::vector<PluginRegistration>> chosen_plugins(const RunOptions& options) {
    if (options.plugins.empty()) {
        return testhost::read_plugins_key();
    }
    std::vector<PluginRegistration> plugins;
    for (const std::string& argument : options.plugins) {
        WinResult<PluginRegistration> plugin = names_a_file(argument)
                                                   ? registration_of_file(argument)
                                                   : registration_of_name(argument);
        if (!plugin) {
            return propagate(plugin.error());
        }
        plugins.push_back(std::move(*plugin));
    }
    return plugins;
}

WinResult<testhost::ServiceOptions> service_options(const RunOptions& options) {
    testhost::ServiceOptions service;
    if (!options.wsl_version.empty()) {
        const WinResult<Version> version = Version::parse(options.wsl_version);
        if (!version) {
            return failure(version.error().code(),
                           "'" + options.wsl_version + "' is not a version of WSL, such as 2.4.4");
        }
        service.version = *version;
    }
    if (!options.distribution.empty()) {
        const WinResult<Guid> id = Guid::parse(distribution_id);
        if (!id) {
            return propagate(id.error());
        }
        service.distributions.push_back({options.distribution, *id, {}});
    }
    if (options.unofficial) {
        service.signature_check = testhost::SignatureCheck::Unofficial;
    }
    return service;
}

Played play(testhost::Service& service, const RunOptions& options, const Context& context) {
    static const std::vector<std::string> default_command{"echo", "hello"};
    const std::vector<std::string>& command =
        context.trailing_words.empty() ? default_command : context.trailing_words;
    Played played;
    played.launch = service.user().launch(options.distribution, command);
    played.shutdown = service.user().shutdown();
    return played;
}

bool failed_step(const testhost::JournalEntry& entry) {
    return entry.result && entry.result->is_failure();
}

/// Whether this machine could not be WSL's virtual machine: then it is not the plugins' fault.
bool lacks_virtual_machine(const std::vector<testhost::JournalEntry>& journal) {
    return std::any_of(journal.begin(), journal.end(), [](const testhost::JournalEntry& entry) {
        return entry.kind == testhost::JournalKind::Service && entry.name == "start-vm" &&
               failed_step(entry);
    });
}

/// The names of the plugins that failed to load, with their codes.
std::vector<std::string> failed_loads(const std::vector<testhost::JournalEntry>& journal) {
    std::vector<std::string> failed;
    for (const testhost::JournalEntry& entry : journal) {
        if (entry.kind == testhost::JournalKind::Load && entry.name == "load" &&
            failed_step(entry)) {
            failed.push_back("'" + entry.plugin + "' was not loaded: " + to_string(*entry.result));
        }
    }
    return failed;
}

std::string verdict(const Played& played, const std::vector<std::string>& failed) {
    if (!failed.empty()) {
        std::string text = "Failed:";
        for (const std::string& sentence : failed) {
            text += ' ' + sentence + '.';
        }
        return text + '\n';
    }
    if (played.launch.exit_code != 0) {
        return "Failed: the user's command ended with exit code " +
               std::to_string(played.launch.exit_code) + ".\n";
    }
    if (played.shutdown.exit_code != 0) {
        return "Failed: the shutdown ended with exit code " +
               std::to_string(played.shutdown.exit_code) + ".\n";
    }
    return "Good: everything succeeded.\n";
}

void print_what_the_user_saw(const Played& played, const Context& context) {
    const std::string seen = played.launch.text + played.shutdown.text;
    context.output << "\nwsl.exe printed:\n" << seen;
    if (!seen.empty() && !seen.ends_with('\n')) {
        context.output << '\n';
    }
    context.output << '\n';
}

ExitCode report(const testhost::Journal& journal,
                const RunOptions& options,
                const Played& played,
                const Context& context) {
    const std::vector<testhost::JournalEntry> entries = journal.entries();
    const std::vector<std::string> failed = failed_loads(entries);
    if (options.canonical) {
        context.output << to_canonical_json_lines(entries);
    } else if (options.json) {
        context.output << to_json_lines(entries);
    } else {
        context.output << to_table(entries);
        print_what_the_user_saw(played, context);
        context.output << verdict(played, failed);
    }
    if (lacks_virtual_machine(entries)) {
        return fail(
            context,
            ExitCode::Environment,
            "The Linux side did not start, so nothing was tested; what wsl.exe printed says "
            "why.");
    }
    const bool is_good =
        failed.empty() && played.launch.exit_code == 0 && played.shutdown.exit_code == 0;
    return is_good ? ExitCode::Good : ExitCode::Findings;
}

}  // namespace

void add_run(CLI::App& app, Action& action) {
    const auto options = std::make_shared<RunOptions>();
    CLI::App* const command =
        app.add_subcommand("run",
                           "Play a cold start of 'wsl.exe' and its shutdown on the test host, and "
                           "show what happened.\n"
                           "The words behind '--' are the command that runs in the distribution; "
                           "'echo hello' without.\n"
                           "\n"
                           "Example: wslplugin run plugin.dll --wsl-version 2.4.4 -- uname -a");
    command->add_option("plugins",
                        options->plugins,
                        "Registered names, or files with their folder or extension; all registered "
                        "plugins without");
    command->add_option("--wsl-version", options->wsl_version, "The version of WSL to be");
    command->add_option("--distribution", options->distribution, "The distribution's name");
    command->add_flag("--unofficial", options->unofficial, "Check no signatures");
    command->add_flag("--json", options->json, "The journal as JSON lines");
    command->add_flag(
        "--canonical", options->canonical, "As --json, without what differs from run to run");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_run(*options, context); };
    });
}

ExitCode run_run(const RunOptions& options, const Context& context) {
    WinResult<testhost::ServiceOptions> service = service_options(options);
    if (!service) {
        return fail(context, ExitCode::Usage, service.error());
    }
    WinResult<std::vector<PluginRegistration>> plugins = chosen_plugins(options);
    if (!plugins) {
        if (plugins.error().code() == HResult::not_supported) {
            return fail(context,
                        ExitCode::Environment,
                        plugins.error(),
                        "Name the plugin's file, such as ./plugin.so, or run the Windows build of "
                        "this tool.");
        }
        return fail(context, ExitCode::Usage, plugins.error(), "'wslplugin list' shows them.");
    }
    if (plugins->empty()) {
        return fail(context,
                    ExitCode::Usage,
                    "No plugin is registered; register one, or name a plugin's file.");
    }
    service->plugins = std::move(*plugins);
    WinResult<std::unique_ptr<testhost::Service>> started =
        testhost::Service::start(std::move(*service));
    if (!started) {
        return fail(context, ExitCode::Environment, started.error());
    }
    const Played played = play(**started, options, context);
    return report((*started)->journal(), options, played, context);
}

}  // namespace wslplugins::tool
