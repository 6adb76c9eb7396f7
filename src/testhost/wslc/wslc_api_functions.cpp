// SPDX-License-Identifier: MIT
/// @file
/// The container calls that name a session.
#include "testhost/journal/journal_text.hpp"
#include "testhost/plugins/api_call.hpp"
#include "testhost/plugins/api_functions.hpp"
#include "testhost/thread_mark.hpp"

#include <cstring>

namespace wslplugins::testhost::api_functions {
namespace {

/// Where the earlier `WSLCMountFolder` mounted. Its own rule is not known.
constexpr char early_mount_root[] = "/mnt/";

std::vector<std::string> list_of(abi::LPCSTR* texts) {
    std::vector<std::string> list;
    for (; texts != nullptr && *texts != nullptr; ++texts) {
        list.emplace_back(*texts);
    }
    return list;
}

/// Does `work` with the session that the call names.
template <class Work>
HResult in_session(CallContext& context, abi::WSLCSessionId id, const Work& work) {
    WslcSessionManager* const sessions = context.service.container_sessions();
    if (sessions == nullptr) {
        return HResult::disconnected;
    }
    const auto session = sessions->find(id);
    if (!session && session.error() == HResult::container_session_not_found &&
        sessions->has_had(id)) {
        // In its own last hooks a session is not found either: the plugin could not know better.
        if (StrictMode* const strict = context.service.strict();
            strict != nullptr && strict->session_of_hook() != id) {
            context.report(finding_id::session_ended,
                           "container session " + std::to_string(id) + " has ended");
        }
    }
    return session ? work(**session) : session.error();
}

struct Creation {
    abi::WSLCSessionId session;
    abi::LPCSTR executable;
    abi::LPCSTR* arguments;
    abi::LPCSTR* environment;
    abi::WSLCProcessHandle* process;
    int* error_number;
};

CallArguments describe(CallArguments list, const Creation& creation) {
    list.text("executable", creation.executable);
    if (creation.arguments != nullptr) {
        list.value("arguments", list_text(list_of(creation.arguments)));
    }
    // What the environment holds may be secret: only how much of it there is.
    if (creation.environment != nullptr) {
        list.value("variables", std::to_string(list_of(creation.environment).size()));
    }
    return list;
}

/// What the caller learns of Linux' own reason: -1 where it did not come to executing the program.
void tell_error_number(CallContext& context, const Creation& creation, int number) {
    if (creation.error_number != nullptr) {
        *creation.error_number = number;
        context.results.push_back({"errno", std::to_string(number)});
    }
}

HResult create(CallContext& context, WslcSession& session, const Creation& creation) {
    auto process = session.create_process({.distribution = std::nullopt,
                                           .path = creation.executable,
                                           .arguments = list_of(creation.arguments),
                                           .environment = list_of(creation.environment),
                                           .folder = {}});
    if (!process) {
        tell_error_number(context, creation, process.error().linux_error().value_or(-1));
        return process.error().code();
    }
    *creation.process = context.service.container_sessions()->handles().add(
        {std::move(*process), mark_of_this_thread(), current_plugin()});
    if (StrictMode* const strict = context.service.strict()) {
        strict->gave_process(*creation.process);
    }
    return HResult::ok;
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
        [&](CallContext& context) {
            if (windows_path == nullptr || mountpoint == nullptr) {
                return HResult::null_pointer;
            }
            return in_session(context, session, [&](WslcSession& found) {
                return found.mount_folder(to_utf8_lossy(windows_path), mountpoint, read_only != 0);
            });
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
        [&](CallContext& context) {
            if (windows_path == nullptr || name == nullptr || mountpoint == nullptr) {
                return HResult::null_pointer;
            }
            return in_session(context, session, [&](WslcSession& found) {
                const std::string place = early_mount_root + to_utf8_lossy(name);
                const HResult mounted =
                    found.mount_folder(to_utf8_lossy(windows_path), place, read_only != 0);
                if (mounted.is_success()) {
                    std::memcpy(mountpoint, place.c_str(), place.size() + 1);
                }
                return mounted;
            });
        });
}

abi::HRESULT wslc_unmount_folder(abi::WSLCSessionId session, abi::LPCSTR mountpoint) {
    return answer(
        {ApiCall::WSLCUnmountFolder, session},
        [&](CallArguments list) { return list.text("mountpoint", mountpoint); },
        [&](CallContext& context) {
            if (mountpoint == nullptr) {
                return HResult::null_pointer;
            }
            return in_session(context, session, [&](WslcSession& found) {
                return found.unmount_folder(mountpoint);
            });
        });
}

abi::HRESULT wslc_create_process(abi::WSLCSessionId session,
                                 abi::LPCSTR executable,
                                 abi::LPCSTR* arguments,
                                 abi::LPCSTR* environment,
                                 abi::WSLCProcessHandle* process,
                                 int* error_number) {
    const Creation creation{session, executable, arguments, environment, process, error_number};
    return answer(
        {ApiCall::WSLCCreateProcess, session},
        [&](CallArguments list) { return describe(std::move(list), creation); },
        [&](CallContext& context) {
            if (executable == nullptr || process == nullptr) {
                return HResult::null_pointer;
            }
            *process = nullptr;
            if (error_number != nullptr) {
                *error_number = 0;
            }
            return in_session(context, session, [&](WslcSession& found) {
                return create(context, found, creation);
            });
        });
}

}  // namespace wslplugins::testhost::api_functions
