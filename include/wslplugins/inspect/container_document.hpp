// SPDX-License-Identifier: MIT
/// @file
/// `ContainerDocument`: what WSL says of a container that has started, as values.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::inspect {

struct ContainerState {
    std::optional<std::string>
        status;  ///< Such as `running`; a short program may have `exited` already.
    std::optional<bool> running;
    std::optional<std::int64_t> exit_code;
    std::optional<std::string> started_at;
    std::optional<std::string> finished_at;
    std::optional<std::string> health_json;
};

struct ContainerHostConfig {
    std::optional<std::string> network_mode;
    std::optional<std::int64_t> memory;  ///< Bytes.
    std::optional<std::int64_t> nano_cpus;
    std::optional<std::string> ulimits_json;
};

struct ContainerConfig {
    std::optional<std::vector<std::string>> env;  ///< `NAME=value` each.
    std::optional<std::vector<std::string>> cmd;
    std::optional<std::vector<std::string>> entrypoint;
    std::optional<std::string> user;
    std::optional<std::string> working_dir;
    std::optional<std::int64_t> stop_timeout;  ///< Seconds.
    std::optional<std::string> healthcheck_json;
    std::optional<std::map<std::string, std::string>> labels;
};

struct ContainerMount {
    std::optional<std::string> type;
    std::optional<std::string> source;
    std::optional<std::string> destination;
    std::optional<bool> read_write;
};

/// The members have the document's names. Text is UTF-8 and may hold any character, NUL included.
///
/// A member that is missing, null or of another type is none; a list or map with one wrong element is none as
/// a whole, so that a policy does not decide on a part of it. Of a name that stands twice the last counts.
/// A policy that refuses what it does not know treats none as a reason to refuse. Members whose shape WSL
/// does not fix are given as JSON text (`…_json`).
struct ContainerDocument {
    std::optional<std::string> id;
    std::optional<std::string> name;
    std::optional<std::string> created;
    std::optional<std::string> image;
    ContainerState state;
    ContainerHostConfig host_config;
    ContainerConfig config;
    std::optional<std::string> ports_json;
    std::optional<std::vector<ContainerMount>> mounts;
    std::optional<std::map<std::string, std::string>> labels;
    std::optional<std::map<std::string, std::string>>
        networks_json;  ///< By network, JSON text each.

    /// Reads the text that WSL passes when a container has started. Takes any bytes.
    /// @return ERROR_INVALID_DATA for what is no JSON object in UTF-8, has a number beyond the range of a
    ///         double, is longer than 16 MiB or nested deeper than 128.
    [[nodiscard]] static WinResult<ContainerDocument> parse(std::string_view json);
};

}  // namespace wslplugins::inspect
