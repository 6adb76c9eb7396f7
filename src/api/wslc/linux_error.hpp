// SPDX-License-Identifier: MIT
/// @file
/// What Linux' error numbers mean, for those with which starting a program fails. They are Linux' own numbers:
/// <cerrno> has those of the system that the plugin is built for.
#pragma once

#include <wslplugins/core/hresult.hpp>

#include <string>

namespace wslplugins::detail {

/// @return E_FAIL for a number without a Windows meaning.
[[nodiscard]] HResult code_of_linux_error(int number) noexcept;

/// `errno 2 (ENOENT): there is no such program, or what it needs to be loaded is missing`.
[[nodiscard]] std::string text_of_linux_error(int number);

}  // namespace wslplugins::detail
