// SPDX-License-Identifier: MIT
#include "commands/new.hpp"

#include "project/find_framework.hpp"
#include "project/project_name.hpp"
#include "project/write_project.hpp"

#include "platform/paths.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace wslplugins::tool {
namespace {

namespace fs = std::filesystem;

/// What is to be made, and where.
struct Plan {
    fs::path folder;
    std::vector<ProjectFile> files;
    std::string framework;  ///< As CMake wants it; empty: unknown.
};

std::vector<std::string> template_names() {
    std::vector<std::string> names;
    for (const ProjectTemplate& each : project_templates()) {
        names.emplace_back(each.name);
    }
    return names;
}

std::string template_help() {
    std::string help = "What the plugin does at first; 'minimal' without";
    for (const ProjectTemplate& each : project_templates()) {
        help.append("\n").append(each.name).append(": ").append(each.summary);
    }
    return help;
}

WinResult<fs::path> folder_of(const NewOptions& options) {
    std::error_code error;
    const std::string& text = options.folder.empty() ? options.name : options.folder;
    const fs::path folder = fs::absolute(platform::path_from_utf8(text), error).lexically_normal();
    if (error) {
        return failure(HResult::path_not_found, "There is no folder to put '" + text + "' in");
    }
    return folder.has_filename() ? folder : folder.parent_path();
}

/// Where the framework is; empty when nothing says so.
WinResult<std::string> framework_of(const NewOptions& options) {
    if (!options.framework.empty()) {
        const fs::path folder = platform::path_from_utf8(options.framework);
        if (!is_framework(folder)) {
            return failure(HResult::path_not_found,
                           "'" + options.framework +
                               "' is neither the framework's source nor where it is installed: it "
                               "has no include/wslplugins/wslplugins.hpp");
        }
        return cmake_path_of(folder);
    }
    const std::optional<fs::path> found = find_framework();
    return found ? cmake_path_of(*found) : WinResult<std::string>();
}

ProjectFile framework_file(const std::string& framework) {
    return {
        "framework.cmake",
        "# Where this computer has the framework; cmake/framework.cmake reads it. Not committed.\n"
        "set(WSLPLUGINS_FRAMEWORK [=[" +
            framework + "]=])\n"};
}

WinResult<Plan> plan_of(const NewOptions& options) {
    const ProjectTemplate* const chosen = find_project_template(options.project_template);
    if (chosen == nullptr) {
        return failure(HResult::not_found,
                       "There is no template '" + options.project_template + "'");
    }
    WinResult<fs::path> folder = folder_of(options);
    if (!folder) {
        return propagate(folder.error());
    }
    WinResult<std::string> framework = framework_of(options);
    if (!framework) {
        return propagate(framework.error());
    }
    WinResult<std::vector<ProjectFile>> files = project_files(*chosen, options.name);
    if (!files) {
        return propagate(files.error());
    }
    if (!framework->empty()) {
        files->push_back(framework_file(*framework));
    }
    return Plan{std::move(*folder), std::move(*files), std::move(*framework)};
}

void print_plan(const NewOptions& options, const Plan& plan, const Context& context) {
    context.output << "Would make '" << platform::utf8_from_path(plan.folder)
                   << "' from the template '" << options.project_template << "', with\n";
    for (const ProjectFile& file : plan.files) {
        context.output << "  " << file.path << '\n';
    }
}

void print_next(const NewOptions& options, const Plan& plan, const Context& context) {
    context.output << "Made '" << platform::utf8_from_path(plan.folder) << "' from the template '"
                   << options.project_template << "'; its DLL is " << dll_name_of(options.name)
                   << ".dll.\n";
    if (plan.framework.empty()) {
        context.output << "Where the framework is, is not known here: set WSLPLUGINS_FRAMEWORK in "
                          "the environment, as its README.md says.\n";
    } else {
        context.output << "It is built with the framework in '" << plan.framework << "'.\n";
    }
    context.output << "Next, in that folder, the two commands that README.md names.\n";
}

}  // namespace

void add_new(CLI::App& app, Action& action) {
    const auto options = std::make_shared<NewOptions>();
    CLI::App* const command = app.add_subcommand(
        "new", "Make the project of a plugin, with its tests, for Linux and Windows");
    command
        ->add_option(
            "name", options->name, "The project's name; the DLL has it with every '-' made '_'")
        ->required();
    command->add_option("--template", options->project_template, template_help())
        ->check(CLI::IsMember(template_names()));
    command->add_option(
        "--folder", options->folder, "The project's folder; NAME in this folder without");
    command->add_option("--framework",
                        options->framework,
                        "The framework's source, or where it is installed; found from where this "
                        "program is without");
    command->add_flag("--dry-run", options->dry_run, "Say what would be made, and make nothing");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_new(*options, context); };
    });
}

ExitCode run_new(const NewOptions& options, const Context& context) {
    if (const auto complaint = complaint_about_project_name(options.name)) {
        return fail(context, ExitCode::Usage, *complaint);
    }
    const WinResult<Plan> plan = plan_of(options);
    if (!plan) {
        const bool is_own_mistake = plan.error().code() == HResult::invalid_data;
        return fail(context, is_own_mistake ? ExitCode::Internal : ExitCode::Usage, plan.error());
    }
    if (const auto complaint = complaint_about_project_folder(plan->folder)) {
        return fail(context, ExitCode::Usage, *complaint);
    }
    if (options.dry_run) {
        print_plan(options, *plan, context);
        return ExitCode::Good;
    }
    if (const WinResult<> written = write_project(plan->folder, plan->files); !written) {
        return fail(context, ExitCode::Environment, written.error(), "Nothing was made.");
    }
    print_next(options, *plan, context);
    return ExitCode::Good;
}

}  // namespace wslplugins::tool
