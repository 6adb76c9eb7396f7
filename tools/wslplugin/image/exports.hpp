// SPDX-License-Identifier: MIT
/// @file
/// What a DLL exports.
#pragma once

#include "image/image.hpp"

#include <functional>

namespace wslplugins::tool {

struct Export {
    std::uint32_t ordinal = 0;
    std::optional<std::string> name;  ///< None for what is exported by its ordinal alone.
    /// "library.function" or "library.#ordinal" where the export stands for another DLL's.
    std::optional<std::string> forwarder;
};

/// Hands out each export by itself, the named ones first, so that none has to be kept.
/// @return ERROR_INVALID_DATA with the reason where the table contradicts itself; what came before was handed out.
[[nodiscard]] WinResult<> read_exports(const Image& image,
                                       const std::function<void(const Export&)>& visit);

}  // namespace wslplugins::tool
