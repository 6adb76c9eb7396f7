// SPDX-License-Identifier: MIT
#include "platform/service_manager.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>
// windows.h first: tlhelp32.h needs its types.
#include <tlhelp32.h>

#include <memory>
#include <type_traits>

namespace wslplugins::platform {
namespace {

using Clock = std::chrono::steady_clock;

/// How often a service is asked that changes its state. NotifyServiceStatusChange would want an alertable wait and a new
/// registration for each state, for what takes seconds and happens once.
constexpr DWORD poll_milliseconds = 50;

struct CloseService {
    void operator()(SC_HANDLE handle) const noexcept { ::CloseServiceHandle(handle); }
};
using ServiceHandle = std::unique_ptr<std::remove_pointer_t<SC_HANDLE>, CloseService>;

struct CloseAny {
    void operator()(HANDLE handle) const noexcept { ::CloseHandle(handle); }
};
using Handle = std::unique_ptr<std::remove_pointer_t<HANDLE>, CloseAny>;

std::unexpected<Error> failed(const std::string& what, DWORD error = ::GetLastError()) {
    return failure(HResult::from_win32(error), what);
}

std::string in_quotes(std::string_view name) {
    return "the service '" + std::string(name) + "'";
}

/// Null, and no error, where no such service is installed.
WinResult<ServiceHandle> find_service(std::string_view name, DWORD access) {
    const auto wide = to_utf16_for_wsl(name);
    if (!wide) {
        return propagate(wide.error());
    }
    const ServiceHandle manager(::OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CONNECT));
    if (!manager) {
        return failed("Could not reach the service manager");
    }
    ServiceHandle service(::OpenServiceW(manager.get(), wide->c_str(), access));
    if (!service && ::GetLastError() != ERROR_SERVICE_DOES_NOT_EXIST) {
        return failed("Could not open " + in_quotes(name));
    }
    return service;
}

WinResult<ServiceHandle> open_service(std::string_view name, DWORD access) {
    WinResult<ServiceHandle> service = find_service(name, access);
    if (service && !*service) {
        return failed("Could not open " + in_quotes(name), ERROR_SERVICE_DOES_NOT_EXIST);
    }
    return service;
}

WinResult<SERVICE_STATUS_PROCESS> ask(SC_HANDLE service, std::string_view name) {
    SERVICE_STATUS_PROCESS status{};
    DWORD needed = 0;
    if (::QueryServiceStatusEx(service,
                               SC_STATUS_PROCESS_INFO,
                               reinterpret_cast<BYTE*>(&status),
                               sizeof status,
                               &needed) == 0) {
        return failed("Could not ask what " + in_quotes(name) + " does");
    }
    return status;
}

ServiceState state_of(DWORD state) noexcept {
    switch (state) {
        case SERVICE_START_PENDING: return ServiceState::Starting;
        case SERVICE_RUNNING:
        case SERVICE_CONTINUE_PENDING: return ServiceState::Running;
        case SERVICE_STOP_PENDING: return ServiceState::Stopping;
        case SERVICE_PAUSED:
        case SERVICE_PAUSE_PENDING: return ServiceState::Paused;
        default: return ServiceState::Stopped;
    }
}

/// When the process began; none where Windows does not tell.
std::optional<std::int64_t> start_of_process(const Handle& process) {
    FILETIME created{};
    FILETIME unused{};
    if (!process || ::GetProcessTimes(process.get(), &created, &unused, &unused, &unused) == 0) {
        return std::nullopt;
    }
    // Windows counts hundreds of nanoseconds since 1601.
    constexpr std::uint64_t per_millisecond = 10'000;
    constexpr std::int64_t from_1601_to_1970 = 11'644'473'600'000;
    const std::uint64_t ticks =
        (std::uint64_t{created.dwHighDateTime} << 32) | created.dwLowDateTime;
    return static_cast<std::int64_t>(ticks / per_millisecond) - from_1601_to_1970;
}

Handle open_process_of(const SERVICE_STATUS_PROCESS& status) {
    constexpr DWORD access = SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION;
    return Handle(status.dwProcessId == 0 ? nullptr
                                          : ::OpenProcess(access, FALSE, status.dwProcessId));
}

/// A process that was ended, or ended itself, without a word to the service manager. That one may never notice (Wine's
/// does not), or only later.
struct Death {
    DWORD exit_code = 0;
};

/// @return none while it runs, and where Windows does not tell.
std::optional<Death> death_of(const Handle& process) {
    DWORD code = 0;
    if (!process || ::GetExitCodeProcess(process.get(), &code) == 0 || code == STILL_ACTIVE) {
        return std::nullopt;
    }
    return Death{code};
}

/// What a service was found doing, and whether its process was there for that.
struct Found {
    SERVICE_STATUS_PROCESS status{};
    std::optional<Death> death;
};

/// Waits until the service has left the state that it is passing through, or its process has ended in that state.
WinResult<Found>
wait_while(SC_HANDLE service, std::string_view name, DWORD passing, Clock::time_point deadline) {
    Found found;
    Handle process;
    for (;;) {
        const WinResult<SERVICE_STATUS_PROCESS> status = ask(service, name);
        if (!status) {
            return propagate(status.error());
        }
        found.status = *status;
        if (status->dwCurrentState != passing) {
            found.death.reset();
            return found;
        }
        if (found.death) {
            return found;
        }
        if (Clock::now() >= deadline) {
            return failed("Waiting for " + in_quotes(name) +
                              (passing == SERVICE_START_PENDING ? " to start" : " to stop") +
                              " took too long",
                          ERROR_TIMEOUT);
        }
        if (!process && status->dwProcessId != 0) {
            process = open_process_of(*status);
        }
        found.death = death_of(process);
        if (!found.death) {
            ::Sleep(poll_milliseconds);
        }
    }
}

/// The service is stopped before its process has ended, and only then are its DLLs free.
WinResult<> wait_for_end(const Handle& process, std::string_view name, Clock::time_point deadline) {
    if (!process) {
        return {};
    }
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (::WaitForSingleObject(process.get(), left > 0 ? static_cast<DWORD>(left) : 0) !=
        WAIT_OBJECT_0) {
        return failed("Waiting for the process of " + in_quotes(name) + " to end took too long",
                      ERROR_TIMEOUT);
    }
    return {};
}

/// Lets a service that is stopping come to its end, its process included. @return its state then.
WinResult<DWORD> let_stop(SC_HANDLE service,
                          std::string_view name,
                          const Handle& process,
                          Clock::time_point deadline) {
    const WinResult<Found> found = wait_while(service, name, SERVICE_STOP_PENDING, deadline);
    if (!found) {
        return propagate(found.error());
    }
    if (found->status.dwCurrentState != SERVICE_STOPPED && !found->death) {
        return found->status.dwCurrentState;
    }
    if (WinResult<> ended = wait_for_end(process, name, deadline); !ended) {
        return propagate(ended.error());
    }
    return SERVICE_STOPPED;
}

/// Without it an administrator may not look into a process of the system's. Failing is no matter: the one who needs
/// it is told so by what needs it.
void ask_for_debug_privilege() noexcept {
    HANDLE opened = nullptr;
    if (::OpenProcessToken(::GetCurrentProcess(), TOKEN_ADJUST_PRIVILEGES | TOKEN_QUERY, &opened) ==
        0) {
        return;
    }
    const Handle token(opened);
    TOKEN_PRIVILEGES wanted{};
    wanted.PrivilegeCount = 1;
    wanted.Privileges[0].Attributes = SE_PRIVILEGE_ENABLED;
    if (::LookupPrivilegeValueW(nullptr, L"SeDebugPrivilege", &wanted.Privileges[0].Luid) != 0) {
        (void)::AdjustTokenPrivileges(token.get(), FALSE, &wanted, 0, nullptr, nullptr);
    }
}

}  // namespace

WinResult<std::optional<ServiceStatus>> query_service(std::string_view name) {
    const WinResult<ServiceHandle> service = find_service(name, SERVICE_QUERY_STATUS);
    if (!service) {
        return propagate(service.error());
    }
    if (!*service) {
        return std::nullopt;
    }
    const WinResult<SERVICE_STATUS_PROCESS> asked = ask(service->get(), name);
    if (!asked) {
        return propagate(asked.error());
    }
    ServiceStatus status;
    const Handle process(
        ::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, asked->dwProcessId));
    if (asked->dwCurrentState != SERVICE_STOPPED && !death_of(process)) {
        status.state = state_of(asked->dwCurrentState);
        status.process_id = asked->dwProcessId;
        status.started = start_of_process(process);
    }
    return status;
}

WinResult<> start_service(std::string_view name, std::chrono::milliseconds limit) {
    const Clock::time_point deadline = Clock::now() + limit;
    const auto service = open_service(name, SERVICE_START | SERVICE_QUERY_STATUS);
    if (!service) {
        return propagate(service.error());
    }
    // One that is still stopping is not started, and counts as running.
    const auto before = ask(service->get(), name);
    const auto stopped = before ? let_stop(service->get(), name, open_process_of(*before), deadline)
                                : propagate(before.error());
    if (!stopped) {
        return propagate(stopped.error());
    }
    if (::StartServiceW(service->get(), 0, nullptr) == 0 &&
        ::GetLastError() != ERROR_SERVICE_ALREADY_RUNNING) {
        return failed("Could not start " + in_quotes(name));
    }
    const auto found = wait_while(service->get(), name, SERVICE_START_PENDING, deadline);
    if (!found) {
        return propagate(found.error());
    }
    if (found->death) {
        return failed("Could not start " + in_quotes(name) + ": its process ended with code " +
                          std::to_string(found->death->exit_code),
                      ERROR_PROCESS_ABORTED);
    }
    if (found->status.dwCurrentState != SERVICE_RUNNING) {
        const DWORD error = found->status.dwWin32ExitCode;
        return failed("Could not start " + in_quotes(name) + ": it ended again",
                      error == NO_ERROR ? ERROR_SERVICE_NOT_ACTIVE : error);
    }
    return {};
}

WinResult<> stop_service(std::string_view name, std::chrono::milliseconds limit) {
    const Clock::time_point deadline = Clock::now() + limit;
    const auto service = open_service(name, SERVICE_STOP | SERVICE_QUERY_STATUS);
    if (!service) {
        return propagate(service.error());
    }
    // A service that is still starting takes no order.
    const auto before = wait_while(service->get(), name, SERVICE_START_PENDING, deadline);
    if (!before) {
        return propagate(before.error());
    }
    if (before->death) {
        return {};
    }
    const Handle process = open_process_of(before->status);
    if (death_of(process)) {
        return {};
    }
    SERVICE_STATUS ignored{};
    if (::ControlService(service->get(), SERVICE_CONTROL_STOP, &ignored) == 0) {
        const DWORD error = ::GetLastError();
        const bool is_ending =
            error == ERROR_SERVICE_NOT_ACTIVE || error == ERROR_SERVICE_CANNOT_ACCEPT_CTRL;
        if (!is_ending) {
            return failed("Could not stop " + in_quotes(name), error);
        }
    }
    const auto after = let_stop(service->get(), name, process, deadline);
    if (!after) {
        return propagate(after.error());
    }
    if (*after != SERVICE_STOPPED) {
        return failed("Could not stop " + in_quotes(name) + ": it goes on running",
                      ERROR_SERVICE_CANNOT_ACCEPT_CTRL);
    }
    return {};
}

WinResult<std::vector<std::string>> loaded_modules(std::uint32_t process_id) {
    ask_for_debug_privilege();
    HANDLE taken = INVALID_HANDLE_VALUE;
    do {
        // The list may change while it is read; Windows then asks to be asked again.
        taken = ::CreateToolhelp32Snapshot(TH32CS_SNAPMODULE, process_id);
    } while (taken == INVALID_HANDLE_VALUE && ::GetLastError() == ERROR_BAD_LENGTH);
    if (taken == INVALID_HANDLE_VALUE) {
        return failed("Could not ask which DLLs process " + std::to_string(process_id) + " has");
    }
    const Handle snapshot(taken);
    std::vector<std::string> paths;
    MODULEENTRY32W entry{};
    entry.dwSize = sizeof entry;
    for (BOOL found = ::Module32FirstW(snapshot.get(), &entry); found != 0;
         found = ::Module32NextW(snapshot.get(), &entry)) {
        paths.push_back(to_utf8_lossy(entry.szExePath));
    }
    return paths;
}

}  // namespace wslplugins::platform
