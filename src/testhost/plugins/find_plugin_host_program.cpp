// SPDX-License-Identifier: MIT
#include "platform/paths.hpp"

#include <wslplugins/testhost/service.hpp>

#include <system_error>

namespace wslplugins::testhost {
namespace {

constexpr char variable[] = "WSLPLUGINS_PLUGIN_HOST";

#if defined(_WIN32)
constexpr char program[] = "wslplugins-plugin-host.exe";
#else
constexpr char program[] = "wslplugins-plugin-host";
#endif

bool is_file(const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored);
}

}  // namespace

WinResult<std::string> find_plugin_host_program() {
    if (auto named = platform::environment_variable(variable)) {
        if (is_file(platform::path_from_utf8(*named))) {
            return std::move(*named);
        }
        return failure(HResult::file_not_found,
                       std::string(variable) + " names '" + *named +
                           "', which is no file; set it to the path of the program that hosts a "
                           "plugin");
    }
    const auto executable = platform::executable_path();
    if (!executable) {
        return propagate(executable.error());
    }
    const std::filesystem::path folder = executable->parent_path();
    std::string tried;
    for (const auto& place :
         {folder / program, folder / ".." / "libexec" / "wslplugins" / program}) {
        const auto path = place.lexically_normal();
        if (is_file(path)) {
            return platform::utf8_from_path(path);
        }
        tried += (tried.empty() ? "'" : ", '") + platform::utf8_from_path(path) + "'";
    }
    return failure(HResult::file_not_found,
                   "The program that hosts a plugin was not found; looked for " + tried + ". Set " +
                       variable + " to its path");
}

}  // namespace wslplugins::testhost
