// SPDX-License-Identifier: MIT
/// @file
/// Every way in which a hook can fail, and what comes of it.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cerrno>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace wslplugins::tests {

struct FailureKind {
    const char* name;
    PluginResult<> (*behave)();
    HResult code;
    std::vector<std::string> message;  ///< What a hook that can veto shows to the user.
    const char* logged;
    bool is_refusal = false;  ///< A decision, which a policy about failures does not touch.
};

[[noreturn]] inline void access_failed_plugin_result() {
    const PluginResult<> result = refuse(HResult::access_denied, "Blocked.");
    result.value();
    throw std::logic_error("not reached");
}

[[noreturn]] inline void access_failed_result() {
    const WinResult<int> result = failure(HResult::file_not_found, "No such file");
    (void)result.value();
    throw std::logic_error("not reached");
}

inline const FailureKind failure_kinds[] = {
    {"an error",
     [] { return PluginResult<>(propagate(Error(HResult::timeout, "Too slow"))); },
     HResult::timeout,
     {},
     "Too slow: 0x800705B4 (ERROR_TIMEOUT)"},
    {"value() on a failed result",
     []() -> PluginResult<> { access_failed_result(); },
     HResult::file_not_found,
     {},
     "No such file: 0x80070002"},
    {"value() on a refusal",
     []() -> PluginResult<> { access_failed_plugin_result(); },
     HResult::access_denied,
     {"Blocked."},
     "0x80070005",
     true},
    {"a refusal",
     [] { return PluginResult<>(refuse(HResult::access_denied, "Blocked.")); },
     HResult::access_denied,
     {"Blocked."},
     "0x80070005",
     true},
    {"a system error",
     []() -> PluginResult<> {
         throw std::system_error(std::make_error_code(std::errc::permission_denied), "Opening");
     },
     HResult::access_denied,
     {},
     "Opening"},
    {"a system's error",
     []() -> PluginResult<> {
         // The system counts in errno values, or in Windows' own.
         const std::error_code as_errno(EACCES, std::system_category());
         constexpr int error_access_denied = 5;
         const bool is_errno = as_errno == std::errc::permission_denied;
         throw std::system_error(
             is_errno ? EACCES : error_access_denied, std::system_category(), "Reading");
     },
     HResult::access_denied,
     {},
     "Reading"},
    {"a system error of a category of its own",
     []() -> PluginResult<> {
         throw std::system_error(std::make_error_code(std::io_errc::stream));
     },
     HResult::unhandled_exception,
     {},
     "0x8007023E"},
    {"no memory",
     []() -> PluginResult<> { throw std::bad_alloc(); },
     HResult::out_of_memory,
     {},
     "out of memory: 0x8007000E"},
    {"an exception",
     []() -> PluginResult<> { throw std::runtime_error("The disk is full"); },
     HResult::unhandled_exception,
     {"The disk is full"},
     "The disk is full: 0x8007023E"},
    {"an exception that is none",
     []() -> PluginResult<> { throw 42; },
     HResult::unexpected,
     {},
     "unknown type: 0x8000FFFF"},
};

}  // namespace wslplugins::tests
