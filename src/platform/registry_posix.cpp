// SPDX-License-Identifier: MIT
#include "platform/registry.hpp"

namespace wslplugins::platform {
namespace {

std::unexpected<Error> no_registry() {
    return failure(HResult::not_supported, "There is no registry on this system");
}

}  // namespace

WinResult<std::vector<RegistryValue>> read_registry_values(std::string_view) {
    return no_registry();
}

WinResult<std::optional<RegistryValue>> read_registry_value(std::string_view, std::string_view) {
    return no_registry();
}

WinResult<> write_registry_string(std::string_view, std::string_view, std::string_view) {
    return no_registry();
}

WinResult<> write_registry_value(std::string_view, const RegistryValue&) {
    return no_registry();
}

WinResult<> delete_registry_value(std::string_view, std::string_view) {
    return no_registry();
}

}  // namespace wslplugins::platform
