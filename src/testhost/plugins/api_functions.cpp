// SPDX-License-Identifier: MIT
#include "testhost/plugins/api_functions.hpp"

#include "testhost/journal/journal_text.hpp"
#include "testhost/plugins/api_call.hpp"

namespace wslplugins::testhost::api_functions {
namespace {

/// The list as the service sends it: strings with a NUL behind each, so that an empty one ends the list.
struct SentArguments {
    std::vector<std::string> sent;
    std::size_t dropped = 0;
};

SentArguments sent_arguments(abi::LPCSTR* arguments) {
    SentArguments list;
    bool has_ended = false;
    for (; *arguments != nullptr; ++arguments) {
        has_ended = has_ended || **arguments == '\0';
        if (has_ended) {
            ++list.dropped;
        } else {
            list.sent.emplace_back(*arguments);
        }
    }
    return list;
}

std::string list_of(abi::LPCSTR* arguments) {
    std::vector<std::string> items;
    for (; *arguments != nullptr; ++arguments) {
        items.emplace_back(*arguments);
    }
    return list_text(items);
}

struct Execution {
    abi::WSLSessionId session;
    std::optional<Guid> distribution;
    abi::LPCSTR path;
    abi::LPCSTR* arguments;
    abi::SOCKET* socket;
};

CallArguments describe(CallArguments list, const Execution& execution) {
    if (execution.distribution) {
        list.value("distribution", to_string(*execution.distribution));
    }
    list.text("path", execution.path);
    if (execution.arguments != nullptr) {
        list.value("arguments", list_of(execution.arguments));
    }
    return list;
}

/// Null for a session that is not there.
std::shared_ptr<UserSession> find_session(const CallContext& context, std::uint32_t id) {
    auto session = context.service.find_session(id);
    // In its own last hooks a session is not found either: the plugin could not know better.
    if (StrictMode* const strict = context.service.strict();
        strict != nullptr && session == nullptr && context.service.has_had_session(id) &&
        strict->session_of_hook() != id) {
        context.report(finding_id::session_ended, "session " + std::to_string(id) + " has ended");
    }
    return session;
}

HResult execute(CallContext& context, const Execution& execution) {
    if (execution.arguments == nullptr || execution.socket == nullptr) {
        return context.would_crash(execution.arguments == nullptr ? "Arguments" : "Socket");
    }
    const auto session = find_session(context, execution.session);
    if (session == nullptr) {
        return HResult::disconnected;
    }
    SentArguments arguments = sent_arguments(execution.arguments);
    if (arguments.dropped > 0) {
        const std::string dropped =
            "the last " + std::to_string(arguments.dropped) + " were dropped";
        context.note("an empty argument ends the list: " + dropped);
        context.report(finding_id::empty_argument, dropped);
    }
    // A missing path is sent as an empty one, which cannot be executed.
    const std::string path = execution.path == nullptr ? "" : execution.path;
    auto stream = session->execute({execution.distribution, path, std::move(arguments.sent)});
    if (!stream) {
        if (!stream.error().text().empty()) {
            context.results.push_back({"error", stream.error().text(), true});
        }
        return stream.error().code();
    }
    auto given = context.service.faults().give(std::move(*stream), context.faults);
    if (!given) {
        return given.error().code();
    }
    *execution.socket = given->release();
    if (StrictMode* const strict = context.service.strict()) {
        strict->gave_socket(*execution.socket, finding_id::socket_leaked);
    }
    return HResult::ok;
}

/// What becomes of a text for the user that nobody looks for.
std::string unshown_text_note(HostModel model) {
    const std::string what = "not shown: WSL looks for it only after a hook that can veto";
    return model == HostModel::InService ? what + "; it stays on this thread and fails the next one"
                                         : what;
}

}  // namespace

abi::HRESULT mount_folder(abi::WSLSessionId session,
                          abi::LPCWSTR windows_path,
                          abi::LPCWSTR linux_path,
                          abi::BOOL read_only,
                          abi::LPCWSTR name) {
    return answer(
        {ApiCall::MountFolder, session},
        [&](CallArguments list) {
            return list.text("windows_path", windows_path, true)
                .text("linux_path", linux_path)
                .value("read_only", read_only != 0 ? "true" : "false")
                .text("name", name);
        },
        [&](CallContext& context) {
            if (windows_path == nullptr || name == nullptr) {
                return context.would_crash(windows_path == nullptr ? "WindowsPath" : "Name");
            }
            const auto found = find_session(context, session);
            if (found == nullptr) {
                return HResult::disconnected;
            }
            return found->mount_folder(to_utf8_lossy(windows_path),
                                       linux_path == nullptr ? "" : to_utf8_lossy(linux_path),
                                       read_only != 0);
        });
}

abi::HRESULT execute_binary(abi::WSLSessionId session,
                            abi::LPCSTR path,
                            abi::LPCSTR* arguments,
                            abi::SOCKET* socket) {
    const Execution execution{session, std::nullopt, path, arguments, socket};
    return answer(
        {ApiCall::ExecuteBinary, session},
        [&](CallArguments list) { return describe(std::move(list), execution); },
        [&](CallContext& context) { return execute(context, execution); });
}

abi::HRESULT plugin_error(abi::LPCWSTR user_message) {
    return answer(
        {ApiCall::PluginError, std::nullopt},
        [&](CallArguments list) { return list.text("message", user_message); },
        [&](CallContext& context) {
            const HResult result = set_pending_error(user_message);
            if (result.is_success() && !PluginContext::current()->can_veto()) {
                context.note(unshown_text_note(context.service.options().host_model));
                context.report(finding_id::plugin_error_unheard, "nobody looks for its text here");
            } else if (result == HResult::illegal_method_call) {
                context.report(finding_id::plugin_error_off_thread, "no hook runs on this thread");
            }
            return result;
        });
}

abi::HRESULT execute_binary_in_distribution(abi::WSLSessionId session,
                                            const abi::GUID* distribution,
                                            abi::LPCSTR path,
                                            abi::LPCSTR* arguments,
                                            abi::SOCKET* socket) {
    std::optional<Guid> id;
    if (distribution != nullptr) {
        id.emplace(*distribution);
    }
    const Execution execution{session, id, path, arguments, socket};
    return answer(
        {ApiCall::ExecuteBinaryInDistribution, session},
        [&](CallArguments list) { return describe(std::move(list), execution); },
        [&](CallContext& context) {
            return distribution == nullptr ? HResult::invalid_argument
                                           : execute(context, execution);
        });
}

ApiFunctions all() noexcept {
    return {{{},
             &mount_folder,
             &execute_binary,
             &plugin_error,
             &execute_binary_in_distribution,
             &wslc_mount_folder,
             &wslc_unmount_folder,
             &wslc_create_process,
             &wslc_process_get_fd,
             &wslc_process_get_exit_event,
             &wslc_process_get_exit_code,
             &wslc_release_process},
            &early_wslc_mount_folder};
}

}  // namespace wslplugins::testhost::api_functions
