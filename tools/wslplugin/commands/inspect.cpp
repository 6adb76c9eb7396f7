// SPDX-License-Identifier: MIT
#include "commands/inspect.hpp"

#include "inspect_text.hpp"

#include "platform/paths.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace wslplugins::tool {
namespace {

ExitCode report(const Inspected& inspected, bool json, const Context& context) {
    if (json) {
        print_inspect_json(inspected, context.output);
    } else {
        print_inspect_text(inspected, context.output);
    }
    const bool has_error = std::ranges::any_of(inspected.findings, [](const ImageFinding& each) {
        return each.finding->severity == findings::Severity::Error;
    });
    return has_error ? ExitCode::Findings : ExitCode::Good;
}

ExitCode inspect(const std::string& name, bool json, const Context& context) {
    FileBytes bytes(platform::path_from_utf8(name));
    if (const WinResult<> opened = bytes.opened(); !opened) {
        return fail(
            context, ExitCode::Usage, opened.error(), "Name the DLL that the build has made.");
    }
    const WinResult<Image> image = Image::open(bytes);
    if (!image) {
        return report({.name = name,
                       .size = bytes.size(),
                       .image = nullptr,
                       .facts = nullptr,
                       .findings = {no_image_finding("Of it, " + image.error().text() + '.')}},
                      json,
                      context);
    }
    const ImageFacts facts = read_facts(*image);
    return report({.name = name,
                   .size = bytes.size(),
                   .image = &*image,
                   .facts = &facts,
                   .findings = findings_about(facts)},
                  json,
                  context);
}

}  // namespace

void add_inspect(CLI::App& app, Action& action) {
    const auto options = std::make_shared<InspectOptions>();
    CLI::App* const command =
        app.add_subcommand("inspect",
                           "Say what a DLL's file says of it, and what is wrong with that; nothing "
                           "is loaded.");
    command->add_option("dll", options->files, "The file; several are reported one by one")
        ->required();
    command->add_flag("--json", options->json, "As one JSON object on one line for each file");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_inspect(*options, context); };
    });
}

ExitCode run_inspect(const InspectOptions& options, const Context& context) {
    ExitCode worst = ExitCode::Good;
    for (const std::string& file : options.files) {
        if (!options.json && &file != &options.files.front()) {
            context.output << '\n';
        }
        worst = (std::max)(worst, inspect(file, options.json, context));
    }
    return worst;
}

}  // namespace wslplugins::tool
