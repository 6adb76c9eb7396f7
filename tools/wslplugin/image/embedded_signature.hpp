// SPDX-License-Identifier: MIT
/// @file
/// The Authenticode signature in a DLL, as it describes itself. Nothing is verified here: whether the signature is
/// right, and its root trusted, `wslplugin verify` asks those who know.
#pragma once

#include "image/image.hpp"

namespace wslplugins::tool {

/// Names are "CN=..., O=...", times "2026-01-31T12:00:00Z".
struct SigningCertificate {
    std::string subject;
    std::string issuer;
    std::string serial;  ///< Hexadecimal.
    std::string not_before;
    std::string not_after;
};

struct EmbeddedSignature {
    std::string
        digest_algorithm;  ///< Of the file: "SHA256", or the number of one without a name here.
    std::string digest;    ///< What the file's is said to be; hexadecimal.
    /// The signer's first, then each one's issuer, as far as they come with the signature.
    std::vector<SigningCertificate> chain;
    std::string time_stamp;  ///< When somebody else saw the signature; empty without a time stamp.
    std::string time_stamp_kind;  ///< "RFC 3161" or "Authenticode"; empty without a time stamp.
};

/// @return none for a DLL without a signature; ERROR_INVALID_DATA for one that cannot be read.
[[nodiscard]] WinResult<std::optional<EmbeddedSignature>> read_signature(const Image& image);

}  // namespace wslplugins::tool
