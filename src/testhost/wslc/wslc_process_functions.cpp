// SPDX-License-Identifier: MIT
/// @file
/// The container calls that name a process.
#include "testhost/plugins/api_call.hpp"
#include "testhost/plugins/api_functions.hpp"
#include "testhost/thread_mark.hpp"
#include "testhost/wslc/wslc_codes.hpp"

namespace wslplugins::testhost::api_functions {
namespace {

CallArguments no_arguments(CallArguments list) {
    return list;
}

/// The process behind a handle, for the thread that may use it.
std::expected<std::shared_ptr<WslcProcess>, HResult> find(CallContext& context,
                                                          abi::WSLCProcessHandle handle) {
    WslcSessionManager* const sessions = context.service.container_sessions();
    const auto reference = sessions == nullptr ? std::nullopt : sessions->handles().find(handle);
    if (!reference) {
        context.note(
            "no such process handle was ever given out, or it is released: the real service would "
            "crash here");
        context.report(finding_id::process_stale, "the service gave out no such process");
        return std::unexpected(HResult::null_pointer);
    }
    if (reference->thread != mark_of_this_thread()) {
        context.report(finding_id::process_on_other_thread, "another thread started the program");
        return std::unexpected(HResult::wrong_thread);
    }
    if (!reference->process->is_served()) {
        return std::unexpected(server_unavailable);
    }
    return reference->process;
}

/// What a fault that was asked for makes of a stream.
std::expected<abi::HANDLE, HResult> through_faults(CallContext& context,
                                                   std::expected<abi::HANDLE, HResult> stream) {
    if (!stream || !context.faults.socket) {
        return stream;
    }
    auto given = context.service.faults().give(platform::Socket(platform::socket_of(*stream)),
                                               context.faults);
    if (!given) {
        return std::unexpected(given.error().code());
    }
    return platform::handle_of(given->release());
}

/// Hands out what `take` gives of the process.
template <class Take>
HResult hand_out(CallContext& context,
                 abi::WSLCProcessHandle process,
                 abi::HANDLE* handle,
                 const Take& take) {
    if (process == nullptr || handle == nullptr) {
        return HResult::null_pointer;
    }
    const auto found = find(context, process);
    if (!found) {
        return found.error();
    }
    const std::expected<abi::HANDLE, HResult> taken = take(**found);
    if (!taken) {
        return taken.error();
    }
    *handle = *taken;
    return HResult::ok;
}

}  // namespace

abi::HRESULT
wslc_process_get_fd(abi::WSLCProcessHandle process, abi::WSLCProcessFd fd, abi::HANDLE* handle) {
    return answer(
        {ApiCall::WSLCProcessGetFd, std::nullopt},
        [&](CallArguments list) { return list.value("fd", std::to_string(static_cast<int>(fd))); },
        [&](CallContext& context) {
            const HResult result = hand_out(context, process, handle, [&](WslcProcess& found) {
                return through_faults(context, found.take(fd));
            });
            StrictMode* const strict = context.service.strict();
            if (strict != nullptr && result.is_success()) {
                strict->gave_socket(platform::socket_of(*handle), finding_id::handle_leaked);
            }
            return result;
        });
}

abi::HRESULT wslc_process_get_exit_event(abi::WSLCProcessHandle process, abi::HANDLE* event) {
    return answer(
        {ApiCall::WSLCProcessGetExitEvent, std::nullopt}, no_arguments, [&](CallContext& context) {
            const HResult result = hand_out(
                context, process, event, [](WslcProcess& found) { return found.exit_event(); });
            StrictMode* const strict = context.service.strict();
            if (strict != nullptr && result.is_success()) {
                strict->gave_event(*event);
            }
            return result;
        });
}

abi::HRESULT wslc_process_get_exit_code(abi::WSLCProcessHandle process, int* exit_code) {
    return answer(
        {ApiCall::WSLCProcessGetExitCode, std::nullopt}, no_arguments, [&](CallContext& context) {
            if (process == nullptr || exit_code == nullptr) {
                return HResult::null_pointer;
            }
            const auto found = find(context, process);
            if (!found) {
                return found.error();
            }
            const auto code = (*found)->exit_code();
            *exit_code = code.value_or(-1);
            if (code) {
                context.results.push_back({"exit_code", std::to_string(*code)});
            }
            return code ? HResult::ok : HResult::invalid_state;
        });
}

void wslc_release_process(abi::WSLCProcessHandle process) {
    (void)answer(
        {ApiCall::WSLCReleaseProcess, std::nullopt}, no_arguments, [&](CallContext& context) {
            if (process == nullptr) {
                return HResult::ok;
            }
            WslcSessionManager* const sessions = context.service.container_sessions();
            const auto released =
                sessions == nullptr ? std::nullopt : sessions->handles().release(process);
            if (!released) {
                context.note(
                    "no such process handle was ever given out, or it is released: the real "
                    "service's memory would be corrupted here");
                context.report(finding_id::process_stale, "the service gave out no such process");
                return HResult::null_pointer;
            }
            if (StrictMode* const strict = context.service.strict()) {
                strict->process_released(process);
            }
            if (released->thread != mark_of_this_thread()) {
                context.report(finding_id::process_on_other_thread,
                               "another thread started the program");
                context.note(
                    "released on another thread than the one that started the program: the real "
                    "service may not bear that");
            }
            return HResult::ok;
        });
}

}  // namespace wslplugins::testhost::api_functions
