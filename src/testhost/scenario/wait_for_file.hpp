// SPDX-License-Identifier: MIT
/// @file
/// Waiting for what a plugin writes.
#pragma once

#include <wslplugins/testhost/service.hpp>

#include <chrono>
#include <string>

namespace wslplugins::testhost {

/// Waits until the file contains the text. A file that is not there yet, or not readable, contains nothing.
/// @param path UTF-8.
/// @return exit code 0, or 1 with a sentence when it took too long.
[[nodiscard]] UserOutput
wait_for_file(const std::string& path, const std::string& text, std::chrono::milliseconds limit);

}  // namespace wslplugins::testhost
