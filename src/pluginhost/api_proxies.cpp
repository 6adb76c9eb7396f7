// SPDX-License-Identifier: MIT
#include "pluginhost/api_proxies.hpp"

#include "platform/exit_event.hpp"
#include "pluginhost/plugin_process.hpp"

#include <cstring>
#include <new>

namespace wslplugins::pluginhost {
namespace {

protocol::Text text_of(abi::LPCSTR text) {
    return text == nullptr ? protocol::Text() : protocol::Text(text);
}

protocol::WideText text_of(abi::LPCWSTR text) {
    return text == nullptr ? protocol::WideText() : protocol::WideText(text);
}

protocol::TextList list_of(abi::LPCSTR* texts) {
    if (texts == nullptr) {
        return std::nullopt;
    }
    std::vector<std::string> list;
    for (; *texts != nullptr; ++texts) {
        list.emplace_back(*texts);
    }
    return list;
}

std::uint64_t number_of(abi::WSLCProcessHandle process) noexcept {
    return reinterpret_cast<std::uintptr_t>(process);
}

/// Asks the service, and lets `take` have what came back. Nothing but a code leaves it.
template <class Take>
abi::HRESULT ask(protocol::Request request, const Take& take) noexcept {
    try {
        CallOutcome outcome = PluginProcess::only().call(std::move(request));
        take(outcome);
        return HResult::from_bits(outcome.answer.result).value();
    } catch (const std::bad_alloc&) {
        return HResult::out_of_memory.value();
    }
}

void take_nothing(CallOutcome&) {}

/// Takes the handle that came, if one did, and says so.
abi::HANDLE taken_handle(CallOutcome& outcome) {
    const abi::HANDLE handle = outcome.handle->release();
    PluginProcess::only().handle_taken(outcome.answer.call);
    return handle;
}

abi::HRESULT mount_folder(abi::WSLSessionId session,
                          abi::LPCWSTR windows_path,
                          abi::LPCWSTR linux_path,
                          abi::BOOL read_only,
                          abi::LPCWSTR name) {
    return ask(protocol::MountFolder{session,
                                     text_of(windows_path),
                                     text_of(linux_path),
                                     static_cast<std::uint32_t>(read_only),
                                     text_of(name)},
               take_nothing);
}

auto take_socket(abi::SOCKET* socket) {
    return [socket](CallOutcome& outcome) {
        if (outcome.handle && socket != nullptr) {
            *socket = platform::socket_of(taken_handle(outcome));
        }
    };
}

auto take_handle(abi::HANDLE* handle) {
    return [handle](CallOutcome& outcome) {
        if (outcome.handle && handle != nullptr) {
            *handle = taken_handle(outcome);
        }
    };
}

abi::HRESULT execute_binary(abi::WSLSessionId session,
                            abi::LPCSTR path,
                            abi::LPCSTR* arguments,
                            abi::SOCKET* socket) {
    return ask(
        protocol::ExecuteBinary{session, text_of(path), list_of(arguments), socket != nullptr},
        take_socket(socket));
}

abi::HRESULT plugin_error(abi::LPCWSTR message) {
    return ask(protocol::PluginError{text_of(message)}, take_nothing);
}

abi::HRESULT execute_in_distribution(abi::WSLSessionId session,
                                     const abi::GUID* distribution,
                                     abi::LPCSTR path,
                                     abi::LPCSTR* arguments,
                                     abi::SOCKET* socket) {
    std::optional<Guid> id;
    if (distribution != nullptr) {
        id.emplace(*distribution);
    }
    return ask(
        protocol::ExecuteInDistribution{
            id, {session, text_of(path), list_of(arguments), socket != nullptr}},
        take_socket(socket));
}

abi::HRESULT wslc_mount_folder(abi::WSLCSessionId session,
                               abi::LPCWSTR windows_path,
                               abi::LPCSTR mountpoint,
                               abi::BOOL read_only) {
    return ask(protocol::WslcMountFolder{session,
                                         text_of(windows_path),
                                         text_of(mountpoint),
                                         static_cast<std::uint32_t>(read_only)},
               take_nothing);
}

abi::HRESULT early_wslc_mount_folder(abi::WSLCSessionId session,
                                     abi::LPCWSTR windows_path,
                                     abi::BOOL read_only,
                                     abi::LPCWSTR name,
                                     char* mountpoint) {
    return ask(protocol::EarlyWslcMountFolder{session,
                                              text_of(windows_path),
                                              static_cast<std::uint32_t>(read_only),
                                              text_of(name),
                                              mountpoint != nullptr},
               [mountpoint](CallOutcome& outcome) {
                   if (const auto& text = outcome.answer.text; text && mountpoint != nullptr) {
                       std::memcpy(mountpoint, text->c_str(), text->size() + 1);
                   }
               });
}

abi::HRESULT wslc_unmount_folder(abi::WSLCSessionId session, abi::LPCSTR mountpoint) {
    return ask(protocol::WslcUnmountFolder{session, text_of(mountpoint)}, take_nothing);
}

abi::HRESULT wslc_create_process(abi::WSLCSessionId session,
                                 abi::LPCSTR executable,
                                 abi::LPCSTR* arguments,
                                 abi::LPCSTR* environment,
                                 abi::WSLCProcessHandle* process,
                                 int* error_number) {
    protocol::WslcCreateProcess request{
        session, text_of(executable), list_of(arguments), list_of(environment), {}, {}};
    if (process != nullptr) {
        request.process = number_of(*process);
    }
    if (error_number != nullptr) {
        request.error_number = static_cast<std::uint32_t>(*error_number);
    }
    return ask(std::move(request), [&](CallOutcome& outcome) {
        if (process != nullptr && outcome.answer.process) {
            *process = reinterpret_cast<abi::WSLCProcessHandle>(
                static_cast<std::uintptr_t>(*outcome.answer.process));
        }
        if (error_number != nullptr && outcome.answer.number) {
            *error_number = static_cast<int>(*outcome.answer.number);
        }
    });
}

abi::HRESULT get_fd(abi::WSLCProcessHandle process, abi::WSLCProcessFd fd, abi::HANDLE* handle) {
    return ask(
        protocol::WslcGetFd{number_of(process), static_cast<std::uint32_t>(fd), handle != nullptr},
        take_handle(handle));
}

abi::HRESULT get_exit_event(abi::WSLCProcessHandle process, abi::HANDLE* event) {
    return ask(protocol::WslcGetExitEvent{number_of(process), event != nullptr},
               take_handle(event));
}

abi::HRESULT get_exit_code(abi::WSLCProcessHandle process, int* exit_code) {
    protocol::WslcGetExitCode request{number_of(process), {}};
    if (exit_code != nullptr) {
        request.exit_code = static_cast<std::uint32_t>(*exit_code);
    }
    return ask(request, [exit_code](CallOutcome& outcome) {
        if (exit_code != nullptr && outcome.answer.number) {
            *exit_code = static_cast<int>(*outcome.answer.number);
        }
    });
}

void release_process(abi::WSLCProcessHandle process) {
    (void)ask(protocol::WslcRelease{number_of(process)}, take_nothing);
}

}  // namespace

testhost::ApiFunctions api_proxies() noexcept {
    return {{{},
             &mount_folder,
             &execute_binary,
             &plugin_error,
             &execute_in_distribution,
             &wslc_mount_folder,
             &wslc_unmount_folder,
             &wslc_create_process,
             &get_fd,
             &get_exit_event,
             &get_exit_code,
             &release_process},
            &early_wslc_mount_folder};
}

}  // namespace wslplugins::pluginhost
