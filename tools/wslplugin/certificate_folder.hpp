// SPDX-License-Identifier: MIT
/// @file
/// The option `--certificate-folder`, which `sign`, `trust` and `untrust` share.
#pragma once

#include "development_certificate.hpp"

namespace CLI {
class App;
}

namespace wslplugins::tool {

void add_certificate_folder(CLI::App& command, std::string& folder);

/// The folder of that name, absolute; the user's own default one for an empty name.
[[nodiscard]] WinResult<std::filesystem::path> certificate_folder(std::string_view name);

/// A folder and what is recorded in it.
struct RecordedCertificates {
    std::filesystem::path folder;
    std::vector<DevelopmentCertificate> certificates;
};

/// @param name as for `certificate_folder`.
[[nodiscard]] WinResult<RecordedCertificates> recorded_certificates(std::string_view name);

}  // namespace wslplugins::tool
