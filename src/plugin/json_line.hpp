// SPDX-License-Identifier: MIT
/// @file
/// One log record as a line of JSON.
#pragma once

#include <wslplugins/core/log.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace wslplugins::detail {

/// The most that a line may need, whatever the record.
inline constexpr std::size_t longest_json_line = 64 * 1024;

/// Without the closing brace and the line end: `finished_json_line` adds them.
[[nodiscard]] std::string begun_json_line(std::chrono::system_clock::time_point time,
                                          const LogRecord& record);

/// @param dropped how many lines before it are missing.
[[nodiscard]] std::string finished_json_line(std::string begun, std::uint64_t dropped);

}  // namespace wslplugins::detail
