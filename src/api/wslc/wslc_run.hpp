// SPDX-License-Identifier: MIT
/// @file
/// Running a container program to its end.
#pragma once

#include "api/wslc/wslc_process_state.hpp"

#include <wslplugins/api/command_output.hpp>
#include <wslplugins/api/wslc/wslc_process.hpp>

#include <chrono>
#include <cstddef>
#include <string_view>

namespace wslplugins::detail {

/// A program that was just started, and what its end is waited for with.
struct WslcRun {
    const WslcProcessState& streams;
    const WslcProcess& process;
    std::string_view input;
    std::chrono::milliseconds time_limit;
    std::size_t output_limit;
};

/// Writes the input and reads both outputs at once, so that none waits for another.
[[nodiscard]] WinResult<CommandOutput> run_to_end(const WslcRun& run);

}  // namespace wslplugins::detail
