// SPDX-License-Identifier: MIT
/// @file
/// What strict mode reports, by id. The words for each stand in the room `findings`, under the same id.
#pragma once

#include <array>
#include <string_view>

namespace wslplugins::testhost::finding_id {

inline constexpr std::string_view borrowed_data = "borrowed-data-used-after-hook";
inline constexpr std::string_view call_beyond_version = "call-beyond-version";
inline constexpr std::string_view empty_argument = "empty-argument-ends-list";
inline constexpr std::string_view exception_left_plugin = "exception-left-plugin";
inline constexpr std::string_view executable_memory = "executable-memory";
inline constexpr std::string_view handle_leaked = "handle-leaked";
inline constexpr std::string_view hook_beyond_version = "hook-beyond-version";
inline constexpr std::string_view hook_running = "hook-still-running";
inline constexpr std::string_view hook_slow = "hook-slow";
inline constexpr std::string_view hook_waits = "hook-waits-for-blocked-call";
inline constexpr std::string_view hooks_written = "hooks-written-after-load";
inline constexpr std::string_view null_crashes = "null-crashes-service";
inline constexpr std::string_view plugin_error_off_thread = "plugin-error-off-thread";
inline constexpr std::string_view plugin_error_then_success = "plugin-error-then-success";
inline constexpr std::string_view plugin_error_unheard = "plugin-error-unheard";
inline constexpr std::string_view process_leaked = "process-leaked";
inline constexpr std::string_view process_stale = "process-used-after-release";
inline constexpr std::string_view process_on_other_thread = "process-used-on-other-thread";
inline constexpr std::string_view session_ended = "session-used-after-end";
inline constexpr std::string_view socket_leaked = "socket-leaked";
inline constexpr std::string_view thread_outlives = "thread-outlives-plugin";

inline constexpr std::array all{borrowed_data,
                                call_beyond_version,
                                empty_argument,
                                exception_left_plugin,
                                executable_memory,
                                handle_leaked,
                                hook_beyond_version,
                                hook_running,
                                hook_slow,
                                hook_waits,
                                hooks_written,
                                null_crashes,
                                plugin_error_off_thread,
                                plugin_error_then_success,
                                plugin_error_unheard,
                                process_leaked,
                                process_stale,
                                process_on_other_thread,
                                session_ended,
                                socket_leaked,
                                thread_outlives};

}  // namespace wslplugins::testhost::finding_id
