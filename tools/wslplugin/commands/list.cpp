// SPDX-License-Identifier: MIT
#include "commands/list.hpp"

#include "machine_access.hpp"
#include "testhost/journal/journal_text.hpp"

#include "platform/paths.hpp"
#include "platform/registry.hpp"

#include <wslplugins/testhost/plugin_registration.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace wslplugins::tool {
namespace {

/// Of the JSON form; it grows when a reader of the older form could go wrong.
constexpr int list_schema = 1;

using Values = std::vector<platform::RegistryValue>;

bool file_exists(const platform::RegistryValue& value) {
    std::error_code error;
    return std::filesystem::is_regular_file(platform::path_from_utf8(value.text), error);
}

bool is_string(const platform::RegistryValue& value) {
    return value.type == platform::registry_string_type;
}

std::string to_json(const Values& values) {
    nlohmann::ordered_json plugins = nlohmann::ordered_json::array();
    for (const platform::RegistryValue& value : values) {
        plugins.push_back({{"name", value.name},
                           {"type", platform::registry_type_name(value.type)},
                           {"path", value.text},
                           {"exists", file_exists(value)},
                           {"loaded_by_wsl", is_string(value)}});
    }
    return nlohmann::ordered_json{{"schema", list_schema}, {"plugins", plugins}}.dump() + '\n';
}

std::string remark_on(const platform::RegistryValue& value) {
    if (!is_string(value)) {
        return "WSL skips it: the type is not REG_SZ";
    }
    return file_exists(value) ? "" : "there is no such file";
}

std::string to_table(const Values& values) {
    std::size_t name_width = 4;
    std::size_t type_width = 4;
    std::size_t path_width = 4;
    for (const platform::RegistryValue& value : values) {
        name_width = (std::max)(name_width, testhost::one_line(value.name).size());
        type_width = (std::max)(type_width, platform::registry_type_name(value.type).size());
        path_width = (std::max)(path_width, testhost::one_line(value.text).size());
    }
    const auto line = [&](std::string_view name,
                          std::string_view type,
                          std::string_view path,
                          std::string_view remark) {
        std::string text = fmt::format("{:<{}}  {:<{}}  {:<{}}  {}",
                                       name,
                                       name_width,
                                       type,
                                       type_width,
                                       path,
                                       path_width,
                                       remark);
        text.erase(text.find_last_not_of(' ') + 1);
        return text + '\n';
    };
    std::string table = line("NAME", "TYPE", "PATH", "");
    for (const platform::RegistryValue& value : values) {
        table += line(testhost::one_line(value.name),
                      platform::registry_type_name(value.type),
                      testhost::one_line(value.text),
                      remark_on(value));
    }
    return table;
}

}  // namespace

void add_list(CLI::App& app, Action& action) {
    const auto options = std::make_shared<ListOptions>();
    CLI::App* const command = app.add_subcommand("list", "Show which plugins are registered");
    command->add_flag("--json", options->json, "As one JSON object");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_list(*options, context); };
    });
}

ExitCode run_list(const ListOptions& options, const Context& context) {
    const WinResult<Values> values = platform::read_registry_values(testhost::plugins_key);
    if (!values) {
        return fail_on_machine(context, values.error());
    }
    if (options.json) {
        context.output << to_json(*values);
    } else if (values->empty()) {
        context.output << "No plugin is registered.\n";
    } else {
        context.output << to_table(*values);
    }
    return ExitCode::Good;
}

}  // namespace wslplugins::tool
