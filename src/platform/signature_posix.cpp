// SPDX-License-Identifier: MIT
#include "platform/signature.hpp"

namespace wslplugins::platform {

struct VerifiedFile::State {};

VerifiedFile::VerifiedFile(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
VerifiedFile::VerifiedFile(VerifiedFile&&) noexcept = default;
VerifiedFile& VerifiedFile::operator=(VerifiedFile&&) noexcept = default;
VerifiedFile::~VerifiedFile() = default;

bool can_verify_signatures() noexcept {
    return false;
}

WinResult<VerifiedFile> verify_signature(std::string_view path) {
    return failure(HResult::not_supported,
                   "Could not check the signature of '" + std::string(path) +
                       "': only Windows and Wine can");
}

}  // namespace wslplugins::platform
