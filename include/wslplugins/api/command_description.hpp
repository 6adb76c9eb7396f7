// SPDX-License-Identifier: MIT
/// @file
/// What `Command` collects. For `Command` and `PreparedCommand` only.
#pragma once

#include <wslplugins/abi/api_v1.hpp>
#include <wslplugins/api/distribution_target.hpp>
#include <wslplugins/api/session_id.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace wslplugins::detail {

struct CommandDescription {
    const abi::WSLPluginAPIV1* api;
    SessionId session;
    std::string path;
    std::optional<std::string> arg0{};
    std::vector<std::string> arguments{};
    DistributionTarget target = DistributionTarget::root_namespace();

    // What only the helper can do.
    std::vector<std::string> variables{};  ///< NAME=value
    bool clears_environment = false;
    std::optional<std::string> folder{};
    std::optional<std::string> user{};
    std::string input{};

    std::chrono::milliseconds time_limit{};
    std::size_t output_limit = 0;
};

}  // namespace wslplugins::detail
