// SPDX-License-Identifier: MIT
#include "certificate_folder.hpp"

#include "signer.hpp"

#include "platform/paths.hpp"

#include <CLI/CLI.hpp>

namespace wslplugins::tool {

void add_certificate_folder(CLI::App& command, std::string& folder) {
    command.add_option("--certificate-folder",
                       folder,
                       "Where the certificate is kept; a folder of the user's own data by default");
}

WinResult<std::filesystem::path> certificate_folder(std::string_view name) {
    if (name.empty()) {
        return default_certificate_folder();
    }
    std::error_code error;
    const std::filesystem::path folder =
        std::filesystem::absolute(platform::path_from_utf8(name), error);
    if (error) {
        return failure(HResult::path_not_found,
                       "Could not find the folder '" + std::string(name) + "'");
    }
    const std::filesystem::path normal = folder.lexically_normal();
    return normal.has_filename() ? normal : normal.parent_path();
}

WinResult<RecordedCertificates> recorded_certificates(std::string_view name) {
    WinResult<std::filesystem::path> folder = certificate_folder(name);
    if (!folder) {
        return propagate(std::move(folder.error()));
    }
    WinResult<std::vector<DevelopmentCertificate>> certificates = read_certificates(*folder);
    if (!certificates) {
        return propagate(std::move(certificates.error()));
    }
    return RecordedCertificates{.folder = std::move(*folder),
                                .certificates = std::move(*certificates)};
}

}  // namespace wslplugins::tool
