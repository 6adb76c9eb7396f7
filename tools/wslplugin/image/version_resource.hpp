// SPDX-License-Identifier: MIT
/// @file
/// A DLL's version resource: what Explorer shows as its details.
#pragma once

#include "image/image.hpp"

#include <utility>

namespace wslplugins::tool {

struct VersionResource {
    std::string file_version;  ///< Four numbers, such as "1.2.3.4"; empty without the fixed part.
    std::string product_version;
    /// Of the first language: "CompanyName", ... with their texts, UTF-8; at most 64.
    std::vector<std::pair<std::string, std::string>> strings;
};

/// @return none for a DLL without one; ERROR_INVALID_DATA for one that cannot be read.
[[nodiscard]] WinResult<std::optional<VersionResource>> read_version_resource(const Image& image);

}  // namespace wslplugins::tool
