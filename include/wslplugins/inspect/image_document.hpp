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
    std::optional<std::string> id;                         ///< `sha256:` and the digest.
    std::optional<std::vector<std::string>> repo_tags;     ///< Its names, `name:tag` each.
    std::optional<std::vector<std::string>> repo_digests;  ///< Its names with the digest.
    std::optional<std::string> parent;                     ///< The image that it was made from.
    std::optional<std::string> comment;                    ///< What its maker wrote.
    std::optional<std::string> created;        ///< When it was made, in RFC 3339's form.
    std::optional<std::string> author;         ///< Who made it.
    std::optional<std::string> architecture;   ///< Such as `amd64`.
    std::optional<std::string> os;             ///< Such as `linux`.
    std::optional<std::int64_t> size;          ///< Bytes.
    std::optional<std::string> metadata_json;  ///< What the store knows of it.
    std::optional<std::string> config_json;    ///< What its containers run, unless told otherwise.
    std::optional<std::string> root_fs_json;   ///< Its layers.

    /// Reads the text that WSL passes when an image was created. Takes any bytes.
    /// @return as `ContainerDocument::parse`.
    [[nodiscard]] static WinResult<ImageDocument> parse(std::string_view json);
};

}  // namespace wslplugins::inspect
