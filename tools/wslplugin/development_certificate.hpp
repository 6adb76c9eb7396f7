// SPDX-License-Identifier: MIT
/// @file
/// The development certificates of one folder: made when first needed, re-used while they are valid, and
/// recorded, so that trusting them can be undone.
///
/// Each has a folder of its own, named after its thumbprint and complete from the moment it has that name:
/// `record.json`, `certificate.der` and, where the key is a file, `certificate.pem` and `key.pem`.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::tool {

inline constexpr char certificate_subject[] = "wslplugins development";
inline constexpr int certificate_days = 30;

struct DevelopmentCertificate {
    std::filesystem::path folder;
    std::string subject;
    std::string thumbprint;  ///< SHA-1 of the DER form, upper-case hex, as Windows shows it.
    std::string not_after;   ///< UTC, such as `2026-12-22T21:59:59Z`.
};

/// The recorded certificates, the one that is valid longest first; none when there is no such folder.
[[nodiscard]] WinResult<std::vector<DevelopmentCertificate>>
read_certificates(const std::filesystem::path& folder);

/// The certificate to sign with: valid for another day at least; none when a new one is needed.
[[nodiscard]] std::optional<DevelopmentCertificate>
usable_certificate(const std::vector<DevelopmentCertificate>& certificates);

/// Makes a certificate in `folder`, which is made for its owner alone where it is missing.
/// @return E_ACCESSDENIED when the folder is open to others.
[[nodiscard]] WinResult<DevelopmentCertificate>
make_certificate(const std::filesystem::path& folder);

/// Its DER form.
[[nodiscard]] WinResult<std::vector<std::byte>> read_der(const DevelopmentCertificate& certificate);

}  // namespace wslplugins::tool
