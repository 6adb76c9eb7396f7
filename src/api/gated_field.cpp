// SPDX-License-Identifier: MIT
#include "api/gated_field.hpp"

namespace wslplugins::detail {

std::unexpected<Error>
requires_update(std::string_view what, const Version& since, const Version& running) {
    return failure(HResult::plugin_requires_update,
                   std::string(what) + " exists since WSL " + to_string(since) +
                       ", and this is WSL " + to_string(running) +
                       "; `wsl --update` brings a newer one");
}

std::string named(std::string_view name, const Guid& id) {
    return std::string(name) + " " + to_string(id);
}

}  // namespace wslplugins::detail
