// SPDX-License-Identifier: MIT
#include "machine/service_restart.hpp"

#include "machine/wsl_service.hpp"

namespace wslplugins::tool {

WinResult<platform::ServiceStatus> find_wsl_service() {
    const auto status = platform::query_service(wsl_service_name);
    if (!status) {
        return propagate(status.error());
    }
    if (!*status) {
        constexpr HResult service_does_not_exist = HResult::from_win32(1060);
        return failure(service_does_not_exist,
                       "WSL's service, '" + std::string(wsl_service_name) +
                           "', is not installed. Install WSL with 'wsl.exe --install'; the WSL "
                           "that comes with Windows itself loads no plugins");
    }
    return **status;
}

WinResult<> restart_wsl_service(RecordKeeper& keeper) {
    if (WinResult<> noted = keeper.set_service_stopped(true); !noted) {
        return noted;
    }
    if (WinResult<> stopped = platform::stop_service(wsl_service_name, wsl_service_wait);
        !stopped) {
        (void)keeper.set_service_stopped(false);  // else the next call starts it
        return stopped;
    }
    const WinResult<> removed = keeper.remove_leftovers();
    if (WinResult<> started = platform::start_service(wsl_service_name, wsl_service_wait);
        !started) {
        return started;
    }
    if (WinResult<> noted = keeper.set_service_stopped(false); !noted) {
        return noted;
    }
    return removed;
}

}  // namespace wslplugins::tool
