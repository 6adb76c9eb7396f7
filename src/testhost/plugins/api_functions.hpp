// SPDX-License-Identifier: MIT
/// @file
/// The functions behind the API table. They have the ABI's signatures and so no context: each finds the running
/// service by itself, and answers RPC_E_DISCONNECTED where none runs.
///
/// The real service dereferences some pointers without a look and would crash on NULL. Here the call answers
/// E_POINTER, and its entry in the journal says what would have happened.
#pragma once

#include "testhost/plugins/version_tables.hpp"

#include <wslplugins/abi/api_v1.hpp>

namespace wslplugins::testhost::api_functions {

abi::HRESULT mount_folder(abi::WSLSessionId session,
                          abi::LPCWSTR windows_path,
                          abi::LPCWSTR linux_path,
                          abi::BOOL read_only,
                          abi::LPCWSTR name);

abi::HRESULT execute_binary(abi::WSLSessionId session,
                            abi::LPCSTR path,
                            abi::LPCSTR* arguments,
                            abi::SOCKET* socket);

abi::HRESULT plugin_error(abi::LPCWSTR user_message);

abi::HRESULT execute_binary_in_distribution(abi::WSLSessionId session,
                                            const abi::GUID* distribution,
                                            abi::LPCSTR path,
                                            abi::LPCSTR* arguments,
                                            abi::SOCKET* socket);

abi::HRESULT wslc_mount_folder(abi::WSLCSessionId session,
                               abi::LPCWSTR windows_path,
                               abi::LPCSTR mountpoint,
                               abi::BOOL read_only);

/// What lay in the slot of `WSLCMountFolder` from 2.8.7 to 2.8.11. Its checks are inferred from the later one's.
abi::HRESULT early_wslc_mount_folder(abi::WSLCSessionId session,
                                     abi::LPCWSTR windows_path,
                                     abi::BOOL read_only,
                                     abi::LPCWSTR name,
                                     char* mountpoint);

abi::HRESULT wslc_unmount_folder(abi::WSLCSessionId session, abi::LPCSTR mountpoint);

abi::HRESULT wslc_create_process(abi::WSLCSessionId session,
                                 abi::LPCSTR executable,
                                 abi::LPCSTR* arguments,
                                 abi::LPCSTR* environment,
                                 abi::WSLCProcessHandle* process,
                                 int* error_number);

abi::HRESULT
wslc_process_get_fd(abi::WSLCProcessHandle process, abi::WSLCProcessFd fd, abi::HANDLE* handle);

abi::HRESULT wslc_process_get_exit_event(abi::WSLCProcessHandle process, abi::HANDLE* event);

abi::HRESULT wslc_process_get_exit_code(abi::WSLCProcessHandle process, int* exit_code);

void wslc_release_process(abi::WSLCProcessHandle process);

/// All of them, as the service's tables have them.
[[nodiscard]] ApiFunctions all() noexcept;

}  // namespace wslplugins::testhost::api_functions
