// SPDX-License-Identifier: MIT
/// @file
/// What a DLL needs of other DLLs.
#pragma once

#include "image/image.hpp"

#include <functional>

namespace wslplugins::tool {

struct ImportedLibrary {
    std::string name;
    bool is_delayed = false;  ///< Loaded when one of its functions is called first.
};

struct ImportedFunction {
    std::optional<std::string> name;  ///< None for an import by ordinal.
    std::uint16_t ordinal = 0;        ///< Of an import without a name.
};

/// Hands out each library, and after it what is imported from it, so that nothing has to be kept.
struct ImportVisitor {
    std::function<void(const ImportedLibrary&)> library;
    std::function<void(const ImportedFunction&)> function;
};

/// The libraries that are loaded with the DLL, then the delayed ones.
/// @return ERROR_INVALID_DATA with the reason where a table contradicts itself; what came before was handed out.
[[nodiscard]] WinResult<> read_imports(const Image& image, const ImportVisitor& visitor);

}  // namespace wslplugins::tool
