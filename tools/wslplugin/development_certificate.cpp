// SPDX-License-Identifier: MIT
#include "development_certificate.hpp"

#include "draft_name.hpp"
#include "platform/paths.hpp"
#include "signer.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <span>
#include <tuple>

namespace wslplugins::tool {
namespace {

namespace fs = std::filesystem;

constexpr int record_schema = 1;
constexpr char record_file[] = "record.json";

/// In the form of `not_after`, so that the two compare as text.
std::string utc_text(std::chrono::system_clock::time_point time) {
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<seconds>(time - day));
    std::array<char, 32> text{};
    std::snprintf(text.data(),
                  text.size(),
                  "%04d-%02u-%02uT%02d:%02d:%02dZ",
                  static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text.data();
}

WinResult<> write_record(const DevelopmentCertificate& certificate) {
    const nlohmann::ordered_json record{{"schema", record_schema},
                                        {"subject", certificate.subject},
                                        {"thumbprint", certificate.thumbprint},
                                        {"not_after", certificate.not_after}};
    const fs::path file = certificate.folder / record_file;
    std::ofstream stream(file, std::ios::binary);
    stream << record.dump(2) << '\n';
    if (!stream.flush()) {
        return failure(HResult::fail, "Could not write '" + platform::utf8_from_path(file) + "'");
    }
    return {};
}

WinResult<DevelopmentCertificate> read_record(const fs::path& folder) {
    const fs::path file = folder / record_file;
    std::ifstream stream(file, std::ios::binary);
    const auto record = nlohmann::json::parse(stream, nullptr, false);
    if (!record.is_object() || record.value("schema", 0) != record_schema) {
        return failure(HResult::invalid_data,
                       "'" + platform::utf8_from_path(file) +
                           "' is not a certificate's record; delete its folder, and sign again");
    }
    return DevelopmentCertificate{folder,
                                  record.value("subject", ""),
                                  record.value("thumbprint", ""),
                                  record.value("not_after", "")};
}

std::unexpected<Error>
filesystem_failure(const char* what, const fs::path& path, const std::error_code& error) {
    return failure(HResult::from_errno(error.default_error_condition().value()),
                   std::string("Could not ") + what + " '" + platform::utf8_from_path(path) + "'");
}

/// Fills `draft` with a new certificate and its record.
WinResult<DevelopmentCertificate> make_draft(const fs::path& draft) {
    if (WinResult<> made = make_private_folder(draft); !made) {
        return propagate(made.error());
    }
    WinResult<DevelopmentCertificate> certificate = make_self_signed_certificate(draft);
    if (!certificate) {
        return certificate;
    }
    if (WinResult<> written = write_record(*certificate); !written) {
        return propagate(written.error());
    }
    return certificate;
}

}  // namespace

WinResult<std::vector<DevelopmentCertificate>> read_certificates(const fs::path& folder) {
    std::vector<DevelopmentCertificate> certificates;
    std::error_code error;
    if (!fs::exists(folder, error)) {
        return certificates;
    }
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code unreadable;
        if (is_draft_name(platform::utf8_from_path(entry->path().filename())) ||
            !fs::exists(entry->path() / record_file, unreadable)) {
            continue;
        }
        WinResult<DevelopmentCertificate> certificate = read_record(entry->path());
        if (!certificate) {
            return propagate(certificate.error());
        }
        certificates.push_back(std::move(*certificate));
    }
    if (error) {
        return filesystem_failure("read the certificate folder", folder, error);
    }
    std::sort(certificates.begin(), certificates.end(), [](const auto& left, const auto& right) {
        return std::tie(left.not_after, left.thumbprint) >
               std::tie(right.not_after, right.thumbprint);
    });
    return certificates;
}

std::optional<DevelopmentCertificate>
usable_certificate(const std::vector<DevelopmentCertificate>& certificates) {
    const std::string tomorrow =
        utc_text(std::chrono::system_clock::now() + std::chrono::hours(24));
    if (certificates.empty() || certificates.front().not_after < tomorrow) {
        return std::nullopt;
    }
    return certificates.front();
}

WinResult<DevelopmentCertificate> make_certificate(const fs::path& folder) {
    if (WinResult<> made = make_private_folder(folder); !made) {
        return propagate(made.error());
    }
    const WinResult<std::string> name = draft_name();
    if (!name) {
        return propagate(name.error());
    }
    const fs::path draft = folder / platform::path_from_utf8(*name);
    WinResult<DevelopmentCertificate> certificate = make_draft(draft);
    std::error_code error;
    if (!certificate) {
        fs::remove_all(draft, error);
        return certificate;
    }
    certificate->folder = folder / platform::path_from_utf8(certificate->thumbprint);
    fs::rename(draft, certificate->folder, error);
    if (error) {
        return filesystem_failure("rename the new certificate to", certificate->folder, error);
    }
    return certificate;
}

WinResult<std::vector<std::byte>> read_der(const DevelopmentCertificate& certificate) {
    const fs::path file = certificate.folder / der_file;
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (text.empty()) {
        return failure(HResult::file_not_found,
                       "Could not read the certificate '" + platform::utf8_from_path(file) + "'");
    }
    const std::span bytes = std::as_bytes(std::span(text));
    return std::vector<std::byte>(bytes.begin(), bytes.end());
}

}  // namespace wslplugins::tool
