// SPDX-License-Identifier: MIT
/// @file
/// Authenticode signatures: the check that the service makes before it loads a plugin.
#pragma once

#include <wslplugins/core/result.hpp>

#include <memory>
#include <string_view>

namespace wslplugins::platform {

/// Keeps the checked file open, so that it can be neither rewritten nor deleted while this lives.
class VerifiedFile {
public:
    VerifiedFile(VerifiedFile&&) noexcept;
    VerifiedFile& operator=(VerifiedFile&&) noexcept;
    ~VerifiedFile();

private:
    friend WinResult<VerifiedFile> verify_signature(std::string_view path);
    struct State;
    explicit VerifiedFile(std::unique_ptr<State> state) noexcept;
    std::unique_ptr<State> state_;
};

/// Whether this platform can check a signature at all: only Windows and Wine can.
[[nodiscard]] bool can_verify_signatures() noexcept;

/// Opens the file as the service does (read, shared for reading only) and asks WinVerifyTrust with the
/// generic action, no user interface and no revocation check; then the chain policy for Authenticode,
/// because Wine's WinVerifyTrust accepts a root that nobody trusts.
/// @return the failing step's code, such as ERROR_FILE_NOT_FOUND, ERROR_SHARING_VIOLATION,
///         TRUST_E_NOSIGNATURE, TRUST_E_BAD_DIGEST or CERT_E_UNTRUSTEDROOT; ERROR_NOT_SUPPORTED where
///         `can_verify_signatures` is false.
[[nodiscard]] WinResult<VerifiedFile> verify_signature(std::string_view path);

}  // namespace wslplugins::platform
