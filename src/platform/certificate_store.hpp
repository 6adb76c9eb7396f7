// SPDX-License-Identifier: MIT
/// @file
/// The machine's store of trusted root certificates (LocalMachine\Root). Only Windows and Wine have one;
/// elsewhere every function answers ERROR_NOT_SUPPORTED.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstddef>
#include <span>

namespace wslplugins::platform {

/// Adds a DER-encoded certificate; one that is there already is fine.
[[nodiscard]] WinResult<> trust_root_certificate(std::span<const std::byte> der);

/// Whether it is there.
[[nodiscard]] WinResult<bool> has_root_certificate(std::span<const std::byte> der);

/// Takes it away again. @return ERROR_NOT_FOUND when the store does not have it.
[[nodiscard]] WinResult<> untrust_root_certificate(std::span<const std::byte> der);

}  // namespace wslplugins::platform
