// SPDX-License-Identifier: MIT
#include "signature_check.hpp"

#include "platform/paths.hpp"
#include "platform/signature.hpp"

namespace wslplugins::tool {

SignatureVerdict check_signature(const std::filesystem::path& file,
                                 const WinResult<std::optional<EmbeddedSignature>>& /*signature*/) {
    const WinResult<platform::VerifiedFile> verified =
        platform::verify_signature(platform::utf8_from_path(file));
    SignatureVerdict verdict;
    verdict.answer = verified ? SignatureAnswer::Accepted : SignatureAnswer::Refused;
    if (verified) {
        verdict.checked.emplace_back("WinVerifyTrust and the chain's policy accept it.");
    } else {
        verdict.code = verified.error().code();
        verdict.checked.push_back(verified.error().text() + '.');
    }
    return verdict;
}

}  // namespace wslplugins::tool
