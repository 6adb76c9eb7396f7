// SPDX-License-Identifier: MIT
/// @file
/// `ImageDocument`: what WSL says of a container image that was created, as values.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::inspect {

/// Under the rules of `ContainerDocument`.
struct ImageDocument {
    std::optional<std::string> id;  ///< `sha256:` and the digest.
    std::optional<std::vector<std::string>> repo_tags;
    std::optional<std::vector<std::string>> repo_digests;
    std::optional<std::string> parent;
    std::optional<std::string> comment;
    std::optional<std::string> created;
    std::optional<std::string> author;
    std::optional<std::string> architecture;
    std::optional<std::string> os;
    std::optional<std::int64_t> size;  ///< Bytes.
    std::optional<std::string> metadata_json;
    std::optional<std::string> config_json;
    std::optional<std::string> root_fs_json;

    /// Reads the text that WSL passes when an image was created. Takes any bytes.
    /// @return as `ContainerDocument::parse`.
    [[nodiscard]] static WinResult<ImageDocument> parse(std::string_view json);
};

}  // namespace wslplugins::inspect
