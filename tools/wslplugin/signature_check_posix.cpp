// SPDX-License-Identifier: MIT
#include "signature_check.hpp"

#include "platform/child_process.hpp"

#include <sstream>

namespace wslplugins::tool {
namespace {

/// TRUST_E_SUBJECT_FORM_UNKNOWN: WinVerifyTrust knows how to sign DLLs and programs, not this.
constexpr HResult subject_form_unknown = HResult::from_bits(0x800B0003u);

SignatureVerdict refused(HResult code, const std::string& why) {
    return {
        .answer = SignatureAnswer::Refused, .code = code, .checked = {why + '.'}, .unchecked = {}};
}

/// The hexadecimal digits behind a label in osslsigncode's answer.
std::string digits_behind(const std::string& answer, std::string_view label) {
    const std::size_t at = answer.find(label);
    std::string digits;
    if (at != std::string::npos) {
        std::istringstream rest(answer.substr(at + label.size(), 256));
        rest.ignore(16, ':') >> digits;
    }
    return digits;
}

void check_digest(SignatureVerdict& verdict,
                  const std::string& calculated,
                  const EmbeddedSignature& signature) {
    if (calculated.empty()) {
        verdict.unchecked.emplace_back(
            "Whether the file is the one that was signed: osslsigncode did not say.");
    } else if (calculated == signature.digest) {
        verdict.checked.emplace_back("The file's digest is the one that was signed.");
    } else {
        verdict.answer = SignatureAnswer::Refused;
        verdict.code = HResult::bad_digest;
        verdict.checked.emplace_back("The file's digest is " + calculated +
                                     ", not the one that was signed.");
    }
}

}  // namespace

SignatureVerdict check_signature(const std::filesystem::path& file,
                                 const WinResult<std::optional<EmbeddedSignature>>& signature) {
    if (!signature && signature.error().code() == HResult::bad_executable_format) {
        return refused(subject_form_unknown, "It is no Windows DLL: " + signature.error().text());
    }
    if (!signature) {
        return {.answer = SignatureAnswer::NotChecked,
                .code = {},
                .checked = {},
                .unchecked = {"What Windows makes of it: here, " + signature.error().text() + '.'}};
    }
    if (!*signature) {
        return refused(HResult::no_signature, "The file has no signature");
    }
    SignatureVerdict verdict;
    const WinResult<platform::ProgramOutcome> outcome =
        platform::run_program({"osslsigncode", "verify", "-in", file.string()});
    if (!outcome) {
        verdict.unchecked.emplace_back("Whether the file is the one that was signed: osslsigncode "
                                       "could not be run (Debian: apt-get install osslsigncode).");
    } else {
        check_digest(
            verdict, digits_behind(outcome->output, "Calculated message digest"), **signature);
    }
    verdict.unchecked.emplace_back(
        outcome && outcome->exit_code == 0
            ? "Whether Windows trusts the chain's root, as this system does: run wslplugin.exe, "
              "the "
              "Windows build of this tool, on Windows or under Wine."
            : "Whether Windows trusts the chain's root, which this system does not: run "
              "wslplugin.exe, the Windows build of this tool, on Windows or under Wine.");
    return verdict;
}

}  // namespace wslplugins::tool
