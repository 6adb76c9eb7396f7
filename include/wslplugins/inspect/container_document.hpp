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

/// How it goes with the container.
struct ContainerState {
    std::optional<std::string>
        status;                   ///< Such as `running`; a short program may have `exited` already.
    std::optional<bool> running;  ///< Whether its program runs.
    std::optional<std::int64_t> exit_code;   ///< Of a program that has ended.
    std::optional<std::string> started_at;   ///< As in the document, in RFC 3339's form.
    std::optional<std::string> finished_at;  ///< So too.
    std::optional<std::string> health_json;  ///< Its health checks.
};

/// What the container's machine gives it.
struct ContainerHostConfig {
    std::optional<std::string> network_mode;  ///< Such as `bridge`.
    std::optional<std::int64_t> memory;       ///< Bytes.
    std::optional<std::int64_t> nano_cpus;    ///< In billionths of a processor.
    std::optional<std::string> ulimits_json;  ///< The limits of its processes.
};

/// What runs in it, and as whom.
struct ContainerConfig {
    std::optional<std::vector<std::string>> env;  ///< `NAME=value` each.
    std::optional<std::vector<std::string>> cmd;  ///< The program's arguments, or the program.
    std::optional<std::vector<std::string>> entrypoint;  ///< What stands before `cmd`.

    /// A name or number, with a group behind a colon; empty for root.
    std::optional<std::string> user;
    std::optional<std::string> working_dir;       ///< The folder in which the program starts.
    std::optional<std::int64_t> stop_timeout;     ///< Seconds.
    std::optional<std::string> healthcheck_json;  ///< How its health is checked.
    std::optional<std::map<std::string, std::string>> labels;  ///< By name.
};

/// One folder or volume that the container sees.
struct ContainerMount {
    std::optional<std::string> type;         ///< Such as `bind` or `volume`.
    std::optional<std::string> source;       ///< Where it comes from.
    std::optional<std::string> destination;  ///< Where the container sees it.
    std::optional<bool> read_write;          ///< Whether the container may write to it.
};

/// The members have the document's names. Text is UTF-8 and may hold any character, NUL included.
///
/// A member that is missing, null or of another type is none; a list or map with one wrong element is none as
/// a whole, so that a policy does not decide on a part of it. Of a name that stands twice the last counts.
/// A policy that refuses what it does not know treats none as a reason to refuse. Members whose shape WSL
/// does not fix are given as JSON text (`…_json`).
struct ContainerDocument {
    std::optional<std::string> id;                      ///< What tells containers apart.
    std::optional<std::string> name;                    ///< Given, or made up.
    std::optional<std::string> created;                 ///< When it was made, in RFC 3339's form.
    std::optional<std::string> image;                   ///< The image as it was asked for.
    ContainerState state;                               ///< How it goes with it.
    ContainerHostConfig host_config;                    ///< What the machine gives it.
    ContainerConfig config;                             ///< What runs in it.
    std::optional<std::string> ports_json;              ///< Which ports lead to it.
    std::optional<std::vector<ContainerMount>> mounts;  ///< What it sees of elsewhere.
    std::optional<std::map<std::string, std::string>> labels;  ///< By name.
    std::optional<std::map<std::string, std::string>>
        networks_json;  ///< By network, JSON text each.

    /// Reads the text that WSL passes when a container has started. Takes any bytes.
    /// @return ERROR_INVALID_DATA for what is no JSON object in UTF-8, has a number beyond the range of a
    ///         double, is longer than 16 MiB or nested deeper than 128.
    [[nodiscard]] static WinResult<ContainerDocument> parse(std::string_view json);
};

}  // namespace wslplugins::inspect
