// SPDX-License-Identifier: MIT
#include "platform/paths.hpp"
#include "testhost/host_path.hpp"

#include <wslplugins/testhost/service.hpp>

#include <utility>

namespace wslplugins::testhost {
namespace {

constexpr char variable[] = "WSLPLUGINS_GUEST";
constexpr char program[] = "wslplugins-guest";

}  // namespace

WinResult<std::string> find_guest_program() {
    std::string tried;
    const auto is_there = [&tried](const std::string& path) {
        tried += (tried.empty() ? "'" : ", '") + path + "'";
        return is_linux_file(path);
    };
    if (const auto named = platform::environment_variable(variable); named && is_there(*named)) {
        return *named;
    }
    const auto executable = platform::executable_path();
    if (!executable) {
        return propagate(executable.error());
    }
    const std::filesystem::path folder = executable->parent_path();
    for (const auto& place :
         {folder / program, folder / ".." / "libexec" / "wslplugins" / program}) {
        const std::string path = platform::utf8_from_path(place.lexically_normal());
        auto on_linux = platform::linux_path_of(path);
        if (!on_linux) {
            return propagate(on_linux.error());
        }
        if (is_there(*on_linux)) {
            return on_linux;
        }
    }
    return failure(HResult::file_not_found,
                   "The guest program was not found; looked for " + tried + ". Set " + variable +
                       " to its Linux path");
}

}  // namespace wslplugins::testhost
