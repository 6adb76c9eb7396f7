// SPDX-License-Identifier: MIT
// Not yet run: this needs PowerShell, which Wine does not have.
#include "draft_name.hpp"
#include "signer.hpp"

#include "platform/child_process.hpp"
#include "platform/paths.hpp"

#include <sstream>

namespace wslplugins::tool {
namespace {

namespace fs = std::filesystem;

/// A PowerShell string literal.
std::string literal(std::string_view text) {
    std::string quoted = "'";
    for (const char character : text) {
        quoted += character;
        if (character == '\'') {
            quoted += character;
        }
    }
    return quoted + "'";
}

std::string path_literal(const fs::path& path) {
    return literal(platform::utf8_from_path(path));
}

WinResult<std::string> run_script(const std::string& script) {
    WinResult<platform::ProgramOutcome> outcome =
        platform::run_program({"powershell.exe",
                               "-NoProfile",
                               "-NonInteractive",
                               "-Command",
                               "$ErrorActionPreference = 'Stop'; " + script});
    if (!outcome) {
        return failure(outcome.error().code(), "Could not run 'powershell.exe'");
    }
    if (outcome->exit_code != 0) {
        return failure(HResult::fail, "PowerShell failed and said: " + outcome->output);
    }
    return std::move(outcome->output);
}

}  // namespace

std::optional<std::string> why_unable_to_sign() {
    if (platform::is_wine()) {
        return "Wine cannot sign: it has no PowerShell. Sign with the native wslplugin, on Linux.";
    }
    return std::nullopt;
}

WinResult<fs::path> default_certificate_folder() {
    if (const auto data = platform::environment_variable("LOCALAPPDATA"); data && !data->empty()) {
        return platform::path_from_utf8(*data) / "wslplugins" / "certificates";
    }
    return failure(HResult::path_not_found,
                   "LOCALAPPDATA is not set; name a folder with --certificate-folder");
}

WinResult<> make_private_folder(const fs::path& folder) {
    // No key lies in it: that stays in the user's own store and cannot be exported.
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        return failure(HResult::from_win32(static_cast<std::uint32_t>(error.value())),
                       "Could not make the certificate folder '" +
                           platform::utf8_from_path(folder) + "'");
    }
    return {};
}

WinResult<DevelopmentCertificate> make_self_signed_certificate(const fs::path& folder) {
    const std::string subject = std::string("CN=") + certificate_subject;
    const WinResult<std::string> answer = run_script(
        "$c = New-SelfSignedCertificate -Type CodeSigningCert -Subject " + literal(subject) +
        " -KeyAlgorithm RSA -KeyLength 3072 -HashAlgorithm SHA256 -KeyExportPolicy NonExportable" +
        " -NotAfter (Get-Date).AddDays(" + std::to_string(certificate_days) +
        ") -CertStoreLocation Cert:\\CurrentUser\\My; $null = Export-Certificate -Cert $c "
        "-FilePath " +
        path_literal(folder / der_file) +
        "; $c.Thumbprint; $c.NotAfter.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')");
    if (!answer) {
        return propagate(answer.error());
    }
    DevelopmentCertificate certificate{folder, subject, {}, {}};
    std::istringstream(*answer) >> certificate.thumbprint >> certificate.not_after;
    if (certificate.thumbprint.empty() || certificate.not_after.empty()) {
        return failure(HResult::invalid_data,
                       "Could not understand PowerShell's answer: " + *answer);
    }
    return certificate;
}

WinResult<> sign_file(const fs::path& dll, const DevelopmentCertificate& certificate) {
    const WinResult<std::string> name = draft_name();
    if (!name) {
        return propagate(name.error());
    }
    // PowerShell chooses the kind of signature by the extension.
    const fs::path draft = dll.parent_path() / platform::path_from_utf8(*name + ".dll");
    std::error_code error;
    fs::copy_file(dll, draft, error);
    if (error) {
        return failure(HResult::from_win32(static_cast<std::uint32_t>(error.value())),
                       "Could not copy '" + platform::utf8_from_path(dll) + "'");
    }
    // A root that is not trusted yet is reported as a status other than Valid, and the file is signed.
    const WinResult<std::string> is_signed = run_script(
        "$s = Set-AuthenticodeSignature -HashAlgorithm SHA256 -FilePath " + path_literal(draft) +
        " -Certificate (Get-Item Cert:\\CurrentUser\\My\\" + certificate.thumbprint +
        "); if ($null -eq $s.SignerCertificate) { throw $s.StatusMessage }");
    if (is_signed) {
        fs::rename(draft, dll, error);
        if (!error) {
            return {};
        }
    }
    std::error_code ignored;
    fs::remove(draft, ignored);
    if (!is_signed) {
        return propagate(is_signed.error());
    }
    return failure(HResult::from_win32(static_cast<std::uint32_t>(error.value())),
                   "Could not replace '" + platform::utf8_from_path(dll) + "'");
}

}  // namespace wslplugins::tool
