// SPDX-License-Identifier: MIT
#include "platform/signature.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>
// windows.h first: these need its types.
#include <softpub.h>
#include <wincrypt.h>
#include <wintrust.h>

namespace wslplugins::platform {

struct VerifiedFile::State {
    explicit State(HANDLE opened) noexcept : file(opened) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { ::CloseHandle(file); }

    HANDLE file;
};

VerifiedFile::VerifiedFile(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
VerifiedFile::VerifiedFile(VerifiedFile&&) noexcept = default;
VerifiedFile& VerifiedFile::operator=(VerifiedFile&&) noexcept = default;
VerifiedFile::~VerifiedFile() = default;

namespace {

HResult last_error() noexcept {
    return HResult::from_win32(::GetLastError());
}

/// Asks whether the signer's chain ends in a trusted root, for a state that WinVerifyTrust left open.
HResult check_chain(HANDLE trust_state) noexcept {
    CRYPT_PROVIDER_DATA* const data = ::WTHelperProvDataFromStateData(trust_state);
    CRYPT_PROVIDER_SGNR* const signer =
        data == nullptr ? nullptr : ::WTHelperGetProvSignerFromChain(data, 0, FALSE, 0);
    if (signer == nullptr || signer->pChainContext == nullptr) {
        return HResult::no_signature;
    }
    CERT_CHAIN_POLICY_PARA question{};
    question.cbSize = sizeof question;
    CERT_CHAIN_POLICY_STATUS answer{};
    answer.cbSize = sizeof answer;
    if (!::CertVerifyCertificateChainPolicy(
            CERT_CHAIN_POLICY_AUTHENTICODE, signer->pChainContext, &question, &answer)) {
        return last_error();
    }
    return HResult::from_bits(answer.dwError);
}

/// @return what WinVerifyTrust says, then what the chain policy says.
HResult check_signature(const WideString& path, HANDLE file) noexcept {
    WINTRUST_FILE_INFO file_info{};
    file_info.cbStruct = sizeof file_info;
    file_info.pcwszFilePath = path.c_str();
    file_info.hFile = file;
    WINTRUST_DATA data{};
    data.cbStruct = sizeof data;
    data.dwUIChoice = WTD_UI_NONE;
    data.fdwRevocationChecks = WTD_REVOKE_NONE;
    data.dwUnionChoice = WTD_CHOICE_FILE;
    data.pFile = &file_info;
    data.dwStateAction = WTD_STATEACTION_VERIFY;
    GUID action = WINTRUST_ACTION_GENERIC_VERIFY_V2;
    const auto no_window = static_cast<HWND>(INVALID_HANDLE_VALUE);

    HResult result(::WinVerifyTrust(no_window, &action, &data));
    if (result == HResult::ok) {
        result = check_chain(data.hWVTStateData);
    }
    data.dwStateAction = WTD_STATEACTION_CLOSE;
    ::WinVerifyTrust(no_window, &action, &data);
    return result;
}

}  // namespace

bool can_verify_signatures() noexcept {
    return true;
}

WinResult<VerifiedFile> verify_signature(std::string_view path) {
    const WinResult<WideString> wide = to_utf16_for_wsl(path);
    if (!wide) {
        return propagate(wide.error());
    }
    const HANDLE file = ::CreateFileW(wide->c_str(),
                                      GENERIC_READ,
                                      FILE_SHARE_READ,
                                      nullptr,
                                      OPEN_EXISTING,
                                      FILE_ATTRIBUTE_NORMAL,
                                      nullptr);
    if (file == INVALID_HANDLE_VALUE) {
        return failure(last_error(),
                       "Could not open '" + std::string(path) + "' to check its signature");
    }
    auto state = std::make_unique<VerifiedFile::State>(file);
    const HResult result = check_signature(*wide, file);
    if (result != HResult::ok) {
        return failure(result, "The signature of '" + std::string(path) + "' is not accepted");
    }
    return VerifiedFile(std::move(state));
}

}  // namespace wslplugins::platform
