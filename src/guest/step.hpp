// SPDX-License-Identifier: MIT
/// @file
/// `Step`: the outcome of one thing that the guest does, as it is told to the host.
#pragma once

#include "guest/protocol/messages.hpp"

#include <cerrno>
#include <cstring>
#include <expected>
#include <string>

namespace wslplugins::guest {

template <class T = protocol::Done>
using Step = protocol::Reply<T>;

/// Fails with an `errno` value: "<what> failed: No such file or directory (errno 2)".
[[nodiscard]] inline std::unexpected<protocol::Failure> failed_with(int error, std::string what) {
    what +=
        std::string(" failed: ") + std::strerror(error) + " (errno " + std::to_string(error) + ")";
    return std::unexpected(
        protocol::Failure{.error = static_cast<std::uint32_t>(error), .text = std::move(what)});
}

/// Fails with the current `errno`.
[[nodiscard]] inline std::unexpected<protocol::Failure> failed(std::string what) {
    const int error = errno;
    return failed_with(error, std::move(what));
}

}  // namespace wslplugins::guest
