// SPDX-License-Identifier: MIT
/// @file
/// What the helper's lines mean.
#pragma once

#include <wslplugins/api/exit_status.hpp>
#include <wslplugins/core/result.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace wslplugins::detail {

/// `line` is not what was expected: the error that it stands for. `path` is the program.
[[nodiscard]] std::unexpected<Error> helper_refusal(const std::string& path, std::string_view line);

/// How the program ended, from `ended <status> exited|killed`; none for any other line.
[[nodiscard]] std::optional<ExitStatus> ended_status(std::string_view line);

/// The helper ended without saying how the program did, or before all of its output was through.
[[nodiscard]] std::unexpected<Error> helper_lost(const std::string& path);

}  // namespace wslplugins::detail
