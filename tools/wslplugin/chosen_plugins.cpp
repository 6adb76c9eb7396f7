// SPDX-License-Identifier: MIT
#include "chosen_plugins.hpp"

#include "platform/paths.hpp"

#include <algorithm>

namespace wslplugins::tool {
namespace {

using testhost::PluginRegistration;

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

}  // namespace

WinResult<std::vector<PluginRegistration>>
chosen_plugins(const std::vector<std::string>& arguments) {
    if (arguments.empty()) {
        return testhost::read_plugins_key();
    }
    std::vector<PluginRegistration> plugins;
    for (const std::string& argument : arguments) {
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

}  // namespace wslplugins::tool
