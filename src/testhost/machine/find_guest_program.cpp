// SPDX-License-Identifier: MIT
#include "platform/paths.hpp"
#include "testhost/machine/host_path.hpp"

#include <wslplugins/testhost/service.hpp>

#include <utility>

namespace wslplugins::testhost {
namespace {

constexpr char variable[] = "WSLPLUGINS_GUEST";
constexpr char program[] = "wslplugins-guest";

}  // namespace

WinResult<std::string> find_guest_program() {
    if (const auto named = platform::environment_variable(variable)) {
        if (is_linux_file(*named)) {
            return *named;
        }
        return failure(HResult::file_not_found,
                       std::string(variable) + " names '" + *named +
                           "', which is no file; set it to the guest program's Linux path");
    }
    const auto executable = platform::executable_path();
    if (!executable) {
        return propagate(executable.error());
    }
    const std::filesystem::path folder = executable->parent_path();
    std::string tried;
    for (const auto& place :
         {folder / program, folder / ".." / "libexec" / "wslplugins" / program}) {
        const std::string path = platform::utf8_from_path(place.lexically_normal());
        auto on_linux = platform::linux_path_of(path);
        // Wine has no Linux path for what lies in a folder that does not exist.
        if (!on_linux && on_linux.error().code() != HResult::path_not_found) {
            return propagate(on_linux.error());
        }
        if (on_linux && is_linux_file(*on_linux)) {
            return on_linux;
        }
        tried += (tried.empty() ? "'" : ", '") + (on_linux ? *on_linux : path) + "'";
    }
    return failure(HResult::file_not_found,
                   "The guest program was not found; looked for " + tried + ". Set " + variable +
                       " to its Linux path");
}

}  // namespace wslplugins::testhost
