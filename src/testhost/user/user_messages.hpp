// SPDX-License-Identifier: MIT
/// @file
/// What `wsl.exe` prints (English texts; WSL localises them).
#pragma once

#include "testhost/error_collector.hpp"

#include <wslplugins/core/error.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace wslplugins::testhost {

/// WSL_E_DEFAULT_DISTRO_NOT_FOUND
inline constexpr HResult default_distribution_not_found = HResult::from_bits(0x80040301u);

/// What commands print that have nothing else to say (inferred).
inline constexpr char success_text[] = "The operation completed successfully.\n";

/// Why no virtual machine starts: a plugin could not be loaded.
[[nodiscard]] std::string load_failure_message(std::string_view plugin, HResult code);

/// A hook that can veto failed; `text` is what the plugin gave to PluginError.
[[nodiscard]] std::string plugin_failure_message(std::string_view plugin,
                                                 const std::optional<std::string>& text);

/// The recorded message, or WSL's text for the code where it is known, and a line end; then
/// `Error code: <contexts>/<name or hex>` and a line end. Where WSL's text for a code is not known here, the
/// first line is left out (inferred: the real one may print the system's text).
[[nodiscard]] std::string failure_output(const RecordedError& error);

/// As `failure_output`, of `wslc.exe`, which prints no contexts.
[[nodiscard]] std::string wslc_failure_output(const Error& error);

}  // namespace wslplugins::testhost
