// SPDX-License-Identifier: MIT
/// @file
/// The container slots. This service has no container session, so every session id is unknown and no process
/// handle exists; the real service answers as these do while that is so.
#include "testhost/api_call.hpp"
#include "testhost/api_functions.hpp"

namespace wslplugins::testhost::api_functions {
namespace {

/// Null pointers are refused before the session is looked for, which is never found.
HResult unknown_session(bool has_null) noexcept {
    return has_null ? HResult::null_pointer : HResult::container_session_not_found;
}

HResult unknown_process(CallContext& context, bool has_null) {
    if (!has_null) {
        context.note(
            "no such process handle was ever given out: the real service would crash here");
    }
    return HResult::null_pointer;
}

CallArguments no_arguments(CallArguments list) {
    return list;
}

}  // namespace

abi::HRESULT wslc_mount_folder(abi::WSLCSessionId session,
                               abi::LPCWSTR windows_path,
                               abi::LPCSTR mountpoint,
                               abi::BOOL read_only) {
    return answer(
        {ApiCall::WSLCMountFolder, session},
        [&](CallArguments list) {
            return list.text("windows_path", windows_path, true)
                .text("mountpoint", mountpoint)
                .value("read_only", read_only != 0 ? "true" : "false");
        },
        [&](CallContext&) {
            return unknown_session(windows_path == nullptr || mountpoint == nullptr);
        });
}

abi::HRESULT early_wslc_mount_folder(abi::WSLCSessionId session,
                                     abi::LPCWSTR windows_path,
                                     abi::BOOL read_only,
                                     abi::LPCWSTR name,
                                     char* mountpoint) {
    return answer(
        {ApiCall::WSLCMountFolder, session},
        [&](CallArguments list) {
            return list.text("windows_path", windows_path, true)
                .value("read_only", read_only != 0 ? "true" : "false")
                .text("name", name);
        },
        [&](CallContext&) {
            return unknown_session(windows_path == nullptr || name == nullptr ||
                                   mountpoint == nullptr);
        });
}

abi::HRESULT wslc_unmount_folder(abi::WSLCSessionId session, abi::LPCSTR mountpoint) {
    return answer(
        {ApiCall::WSLCUnmountFolder, session},
        [&](CallArguments list) { return list.text("mountpoint", mountpoint); },
        [&](CallContext&) { return unknown_session(mountpoint == nullptr); });
}

abi::HRESULT wslc_create_process(abi::WSLCSessionId session,
                                 abi::LPCSTR executable,
                                 abi::LPCSTR* /*arguments*/,
                                 abi::LPCSTR* /*environment*/,
                                 abi::WSLCProcessHandle* process,
                                 int* error_number) {
    return answer(
        {ApiCall::WSLCCreateProcess, session},
        [&](CallArguments list) { return list.text("executable", executable); },
        [&](CallContext&) {
            const bool has_null = executable == nullptr || process == nullptr;
            if (!has_null) {
                *process = nullptr;
                if (error_number != nullptr) {
                    *error_number = 0;
                }
            }
            return unknown_session(has_null);
        });
}

abi::HRESULT
wslc_process_get_fd(abi::WSLCProcessHandle process, abi::WSLCProcessFd fd, abi::HANDLE* handle) {
    return answer(
        {ApiCall::WSLCProcessGetFd, std::nullopt},
        [&](CallArguments list) { return list.value("fd", std::to_string(static_cast<int>(fd))); },
        [&](CallContext& context) {
            return unknown_process(context, process == nullptr || handle == nullptr);
        });
}

abi::HRESULT wslc_process_get_exit_event(abi::WSLCProcessHandle process, abi::HANDLE* event) {
    return answer(
        {ApiCall::WSLCProcessGetExitEvent, std::nullopt}, no_arguments, [&](CallContext& context) {
            return unknown_process(context, process == nullptr || event == nullptr);
        });
}

abi::HRESULT wslc_process_get_exit_code(abi::WSLCProcessHandle process, int* exit_code) {
    return answer(
        {ApiCall::WSLCProcessGetExitCode, std::nullopt}, no_arguments, [&](CallContext& context) {
            return unknown_process(context, process == nullptr || exit_code == nullptr);
        });
}

void wslc_release_process(abi::WSLCProcessHandle process) {
    (void)answer(
        {ApiCall::WSLCReleaseProcess, std::nullopt}, no_arguments, [&](CallContext& context) {
            return process == nullptr ? HResult::ok : unknown_process(context, false);
        });
}

}  // namespace wslplugins::testhost::api_functions
