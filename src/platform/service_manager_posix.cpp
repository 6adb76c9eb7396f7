// SPDX-License-Identifier: MIT
#include "platform/service_manager.hpp"

namespace wslplugins::platform {
namespace {

std::unexpected<Error> no_manager() {
    return failure(HResult::not_supported, "There is no service manager on this system");
}

}  // namespace

WinResult<std::optional<ServiceStatus>> query_service(std::string_view) {
    return no_manager();
}

WinResult<> start_service(std::string_view, std::chrono::milliseconds) {
    return no_manager();
}

WinResult<> stop_service(std::string_view, std::chrono::milliseconds) {
    return no_manager();
}

WinResult<std::vector<std::string>> loaded_modules(std::uint32_t) {
    return no_manager();
}

}  // namespace wslplugins::platform
