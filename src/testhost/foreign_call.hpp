// SPDX-License-Identifier: MIT
/// @file
/// `call_plugin`: a call into a plugin, which may let a C++ exception out.
#pragma once

#include <wslplugins/core/hresult.hpp>

#include <exception>
#include <string>

namespace wslplugins::testhost {

/// What came back from a plugin: its code, or ERROR_UNHANDLED_EXCEPTION and what the exception said.
struct ForeignResult {
    HResult code;
    bool escaped = false;  ///< An exception came instead of a code.
    std::string what;
};

/// The service catches what comes out of a plugin and goes on with ERROR_UNHANDLED_EXCEPTION. (The real one tells a
/// few kinds of exception apart; which, is not established.)
template <class Function>
[[nodiscard]] ForeignResult call_plugin(const Function& function) {
    try {
        return {HResult(function()), false, {}};
    } catch (const std::exception& exception) {
        return {HResult::unhandled_exception, true, exception.what()};
    } catch (...) {
        return {HResult::unhandled_exception, true, "not a std::exception"};
    }
}

}  // namespace wslplugins::testhost
