// SPDX-License-Identifier: MIT
/// @file
/// What the service's signature check says of a DLL, as far as this system can tell.
#pragma once

#include "image/embedded_signature.hpp"

#include <filesystem>

namespace wslplugins::tool {

enum class SignatureAnswer : std::uint8_t {
    Accepted,   ///< The service would load the DLL.
    Refused,    ///< It would not, with `code`.
    NotChecked  ///< Nothing speaks against it, and only Windows or Wine can say the rest.
};

struct SignatureVerdict {
    SignatureAnswer answer = SignatureAnswer::NotChecked;
    HResult code;                        ///< Of `Refused`.
    std::vector<std::string> checked;    ///< What was found out, a sentence each.
    std::vector<std::string> unchecked;  ///< What was not, and why.
};

/// @param signature what was read of it: none for a file without one, ERROR_BAD_EXE_FORMAT for no DLL or program.
[[nodiscard]] SignatureVerdict
check_signature(const std::filesystem::path& file,
                const WinResult<std::optional<EmbeddedSignature>>& signature);

}  // namespace wslplugins::tool
