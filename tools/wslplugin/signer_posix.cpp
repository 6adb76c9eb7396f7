// SPDX-License-Identifier: MIT
#include "draft_name.hpp"
#include "signer.hpp"

#include "platform/child_process.hpp"
#include "platform/paths.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sstream>

namespace wslplugins::tool {
namespace {

namespace fs = std::filesystem;

constexpr char pem_file[] = "certificate.pem";
constexpr char key_file[] = "key.pem";

constexpr fs::perms open_to_others = fs::perms::group_all | fs::perms::others_all;

std::string quoted(const fs::path& path) {
    return "'" + platform::utf8_from_path(path) + "'";
}

std::unexpected<Error>
filesystem_failure(const char* what, const fs::path& path, const std::error_code& error) {
    return failure(HResult::from_errno(error.value()),
                   std::string("Could not ") + what + ' ' + quoted(path));
}

/// Runs a program that must succeed. @return what it printed.
WinResult<std::string> run(const std::vector<std::string>& command) {
    WinResult<platform::ProgramOutcome> outcome = platform::run_program(command);
    if (!outcome) {
        return failure(outcome.error().code(),
                       "Could not run '" + command.front() + "' (Debian: apt-get install " +
                           command.front() + ")");
    }
    if (outcome->exit_code != 0) {
        std::replace(outcome->output.begin(), outcome->output.end(), '\n', ' ');
        return failure(HResult::fail,
                       "'" + command.front() + "' ended with exit code " +
                           std::to_string(outcome->exit_code) + " and said: " + outcome->output);
    }
    return std::move(outcome->output);
}

/// A certificate that signs code and nothing else: trusting it lets nobody make others.
WinResult<> write_request(const fs::path& file) {
    std::ofstream stream(file);
    stream << "[req]\n"
              "prompt = no\n"
              "distinguished_name = name\n"
              "x509_extensions = extensions\n"
              "[name]\n"
              "CN = "
           << certificate_subject
           << "\n"
              "[extensions]\n"
              "basicConstraints = critical, CA:FALSE\n"
              "keyUsage = critical, digitalSignature\n"
              "extendedKeyUsage = critical, codeSigning\n"
              "subjectKeyIdentifier = hash\n";
    if (!stream.flush()) {
        return failure(HResult::fail, "Could not write " + quoted(file));
    }
    return {};
}

/// The text behind `key` in openssl's answer, up to the end of the line.
std::string field(const std::string& answer, std::string_view key) {
    std::istringstream lines(answer);
    for (std::string line; std::getline(lines, line);) {
        if (const std::size_t at = line.find(key); at != std::string::npos) {
            return line.substr(at + key.size());
        }
    }
    return {};
}

/// What the record needs of the certificate, as openssl reads it.
WinResult<DevelopmentCertificate> describe(const fs::path& folder) {
    const WinResult<std::string> answer = run({"openssl",
                                               "x509",
                                               "-in",
                                               (folder / pem_file).string(),
                                               "-noout",
                                               "-enddate",
                                               "-dateopt",
                                               "iso_8601",
                                               "-fingerprint",
                                               "-sha1"});
    if (!answer) {
        return propagate(answer.error());
    }
    DevelopmentCertificate certificate{folder,
                                       std::string("CN=") + certificate_subject,
                                       field(*answer, "Fingerprint="),
                                       field(*answer, "notAfter=")};
    std::erase(certificate.thumbprint, ':');
    std::replace(certificate.not_after.begin(), certificate.not_after.end(), ' ', 'T');
    if (certificate.thumbprint.empty() || certificate.not_after.empty()) {
        return failure(HResult::invalid_data, "Could not understand openssl's answer: " + *answer);
    }
    return certificate;
}

}  // namespace

std::optional<std::string> why_unable_to_sign() {
    return std::nullopt;
}

WinResult<fs::path> default_certificate_folder() {
    const fs::path below = fs::path("wslplugins") / "certificates";
    if (const auto data = platform::environment_variable("XDG_DATA_HOME"); data && !data->empty()) {
        return *data / below;
    }
    if (const auto home = platform::environment_variable("HOME"); home && !home->empty()) {
        return fs::path(*home) / ".local" / "share" / below;
    }
    return failure(
        HResult::path_not_found,
        "Neither XDG_DATA_HOME nor HOME is set; name a folder with --certificate-folder");
}

WinResult<> make_private_folder(const fs::path& folder) {
    std::error_code error;
    if (const fs::path parent = folder.parent_path(); !parent.empty()) {
        fs::create_directories(parent, error);
    }
    // One step, so that nobody, another run of this tool included, sees it open to others.
    if (!error && ::mkdir(folder.c_str(), S_IRWXU) == 0) {
        return {};
    }
    if (!error && errno != EEXIST) {
        error.assign(errno, std::generic_category());
    }
    if (error) {
        return filesystem_failure("make the certificate folder", folder, error);
    }
    const fs::file_status found = fs::status(folder, error);
    if (!fs::is_directory(found)) {
        return failure(HResult::path_not_found, quoted(folder) + " is not a folder");
    }
    if ((found.permissions() & open_to_others) != fs::perms::none) {
        return failure(HResult::access_denied,
                       "The certificate folder " + quoted(folder) +
                           " is open to other users, and a key must be its owner's alone; "
                           "name another folder, or close this one with 'chmod 700'");
    }
    return {};
}

WinResult<DevelopmentCertificate> make_self_signed_certificate(const fs::path& folder) {
    const fs::path request = folder / "request.cnf";
    if (WinResult<> written = write_request(request); !written) {
        return propagate(written.error());
    }
    const std::string pem = (folder / pem_file).string();
    const WinResult<std::string> made = run({"openssl",
                                             "req",
                                             "-x509",
                                             "-newkey",
                                             "rsa:3072",
                                             "-sha256",
                                             "-nodes",
                                             "-days",
                                             std::to_string(certificate_days),
                                             "-config",
                                             request.string(),
                                             "-keyout",
                                             (folder / key_file).string(),
                                             "-out",
                                             pem});
    if (!made) {
        return propagate(made.error());
    }
    std::error_code error;
    fs::permissions(folder / key_file, fs::perms::owner_read | fs::perms::owner_write, error);
    if (error) {
        return filesystem_failure("close to other users", folder / key_file, error);
    }
    fs::remove(request, error);
    const WinResult<std::string> converted = run(
        {"openssl", "x509", "-in", pem, "-outform", "DER", "-out", (folder / der_file).string()});
    if (!converted) {
        return propagate(converted.error());
    }
    return describe(folder);
}

WinResult<> sign_file(const fs::path& dll, const DevelopmentCertificate& certificate) {
    std::error_code error;
    // Through a link the file is replaced, not the link.
    const fs::path file = fs::canonical(dll, error);
    if (error) {
        return filesystem_failure("find", dll, error);
    }
    const WinResult<std::string> name = draft_name();
    if (!name) {
        return propagate(name.error());
    }
    const fs::path draft = file.parent_path() / *name;
    const WinResult<std::string> is_signed = run({"osslsigncode",
                                                  "sign",
                                                  "-certs",
                                                  (certificate.folder / pem_file).string(),
                                                  "-key",
                                                  (certificate.folder / key_file).string(),
                                                  "-h",
                                                  "sha256",
                                                  "-in",
                                                  file.string(),
                                                  "-out",
                                                  draft.string()});
    if (is_signed) {
        fs::permissions(draft, fs::status(file).permissions(), error);
        if (!error) {
            fs::rename(draft, file, error);
        }
        if (!error) {
            return {};
        }
    }
    std::error_code ignored;
    fs::remove(draft, ignored);
    if (!is_signed) {
        return propagate(is_signed.error());
    }
    return filesystem_failure("replace", file, error);
}

}  // namespace wslplugins::tool
