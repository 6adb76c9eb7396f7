// SPDX-License-Identifier: MIT
/// @file
/// Which C and C++ runtimes a DLL needs, told by the libraries that it names.
#pragma once

#include <cstdint>
#include <string_view>

namespace wslplugins::tool {

enum class RuntimeOrigin : std::uint8_t {
    Windows,        ///< Part of every Windows.
    Redistributed,  ///< Comes with a package of Microsoft's that many programs install.
    Developers      ///< Only where a compiler is installed.
};

struct CRuntime {
    std::string_view name;  ///< "UCRT", "msvcrt", "VC runtime", "debug runtime", "MinGW runtime".
    RuntimeOrigin origin;
};

/// The runtime that a library belongs to; null for any other library. Its name is one of `comparable_library_name`.
[[nodiscard]] const CRuntime* runtime_of_library(std::string_view comparable_name) noexcept;

}  // namespace wslplugins::tool
