// SPDX-License-Identifier: MIT
/// @file
/// Making a certificate and signing with it: with openssl and osslsigncode on Linux, with PowerShell on
/// Windows. The Windows half is written from documentation and not yet run.
#pragma once

#include "development_certificate.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace wslplugins::tool {

inline constexpr char der_file[] = "certificate.der";

/// Why this build cannot sign here, and what can; none where it can.
[[nodiscard]] std::optional<std::string> why_unable_to_sign();

/// The user's own folder for certificates; the error says what to name instead.
[[nodiscard]] WinResult<std::filesystem::path> default_certificate_folder();

/// Makes the folder for its owner alone; one that is there already must be so.
[[nodiscard]] WinResult<> make_private_folder(const std::filesystem::path& folder);

/// Makes a self-signed code-signing certificate (RSA with 3072 bits, SHA-256) in an empty folder: its DER
/// form, and its key where that is a file.
[[nodiscard]] WinResult<DevelopmentCertificate>
make_self_signed_certificate(const std::filesystem::path& folder);

/// Signs `dll` in place; a signature that it has already is replaced. The file is at every moment either
/// the old one or the new one, complete.
[[nodiscard]] WinResult<> sign_file(const std::filesystem::path& dll,
                                    const DevelopmentCertificate& certificate);

}  // namespace wslplugins::tool
