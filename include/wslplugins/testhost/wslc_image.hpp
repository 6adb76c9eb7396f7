// SPDX-License-Identifier: MIT
/// @file
/// Container images and containers as a test describes them. Text is UTF-8.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wslplugins::testhost {

/// An image: what stands in its configuration. It has no files: a container's root is a throwaway made of the
/// machine's own programs, as a distribution's is.
struct WslcImage {
    std::string reference{};  ///< `name:tag`; without a tag `latest` is meant. Empty: no name.

    /// `NAME=value` each.
    std::vector<std::string> env{
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
    std::vector<std::string> cmd{"/bin/sh"};      ///< What its containers run.
    std::vector<std::string> entrypoint{};        ///< What stands before `cmd`.
    std::string user{};                           ///< Only told: programs run as root.
    std::string working_dir{};                    ///< The folder in which programs start.
    std::map<std::string, std::string> labels{};  ///< By name.
    std::string architecture = "amd64";           ///< As Go names it.
    std::string os = "linux";                     ///< As Go names it.
    std::string author{};                         ///< Only told.
    std::string comment{};                        ///< Only told.
    std::int64_t size = 0;                        ///< Bytes.
};

/// A folder of Windows that a container sees, as `-v <path>:<target>` says it.
struct WslcVolume {
    std::string windows_path{};  ///< Absolute; it must be there when the container starts.
    std::string target{};        ///< An absolute path in the container, made where it is missing.
    bool read_only = false;      ///< `:ro`
};

/// A container to be made: what `wslc run` and `wslc create` are told.
struct WslcContainerOptions {
    std::string image{};                 ///< A reference or an id.
    std::vector<std::string> command{};  ///< In place of the image's `cmd`; empty: that one.
    std::string name{};                  ///< Empty: one is made up.
    std::vector<std::string> env{};      ///< `NAME=value`, behind the image's.
    std::string working_dir{};           ///< Empty: the image's.
    std::string user{};                  ///< Empty: the image's. Only told: programs run as root.
    std::map<std::string, std::string> labels{};  ///< By name.
    std::optional<std::int64_t> stop_timeout{};   ///< Seconds until `stop` kills; none: 10.
    std::int64_t memory = 0;                      ///< Bytes. Only told.
    std::int64_t nano_cpus = 0;                   ///< Only told.
    std::string network_mode = "bridge";          ///< Only told.
    bool remove_when_ended = false;               ///< `--rm`.
    std::vector<WslcVolume> volumes{};            ///< Folders of Windows that it sees.
};

}  // namespace wslplugins::testhost
