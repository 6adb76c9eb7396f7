// SPDX-License-Identifier: MIT
#include "platform/file_rights.hpp"

#include "platform/paths.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>

#include <aclapi.h>
#include <sddl.h>

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace wslplugins::platform {
namespace {

constexpr DWORD changing_rights = FILE_WRITE_DATA | FILE_APPEND_DATA | FILE_WRITE_EA |
                                  FILE_WRITE_ATTRIBUTES | FILE_DELETE_CHILD | DELETE | WRITE_DAC |
                                  WRITE_OWNER | GENERIC_WRITE | GENERIC_ALL;

/// The rights of `changing_rights` that suffice to replace what is in a folder.
constexpr DWORD replacing_rights =
    FILE_DELETE_CHILD | DELETE | WRITE_DAC | WRITE_OWNER | GENERIC_ALL;

std::unexpected<Error> failed(const char* what) {
    return failure(HResult::from_win32(::GetLastError()), what);
}

/// A SID in memory of its own.
struct SidBytes {
    alignas(DWORD) std::array<std::byte, SECURITY_MAX_SID_SIZE> bytes{};
    [[nodiscard]] PSID raw() { return bytes.data(); }
};

WinResult<SidBytes> well_known(WELL_KNOWN_SID_TYPE type) {
    SidBytes sid;
    DWORD size = SECURITY_MAX_SID_SIZE;
    if (::CreateWellKnownSid(type, nullptr, sid.raw(), &size) == 0) {
        return failed("Asking for a SID that Windows knows failed");
    }
    return sid;
}

WinResult<SidBytes> of_this_process() {
    HANDLE token = nullptr;
    if (::OpenProcessToken(::GetCurrentProcess(), TOKEN_QUERY, &token) == 0) {
        return failed("Opening the token of this process failed");
    }
    alignas(TOKEN_USER) std::array<std::byte, sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE> user{};
    DWORD size = 0;
    SidBytes sid;
    const bool known =
        ::GetTokenInformation(
            token, TokenUser, user.data(), static_cast<DWORD>(user.size()), &size) != 0 &&
        ::CopySid(SECURITY_MAX_SID_SIZE,
                  sid.raw(),
                  reinterpret_cast<const TOKEN_USER*>(user.data())->User.Sid) != 0;
    WinResult<SidBytes> result =
        known ? WinResult<SidBytes>(sid) : failed("Asking for the user of this process failed");
    (void)::CloseHandle(token);
    return result;
}

/// Windows' own installer, which owns what Windows brings along. No header has its SID.
WinResult<SidBytes> trusted_installer() {
    PSID found = nullptr;
    if (::ConvertStringSidToSidW(L"S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
                                 &found) == 0) {
        return failed("Reading the SID of Windows' own installer failed");
    }
    SidBytes sid;
    const bool is_copied = ::CopySid(SECURITY_MAX_SID_SIZE, sid.raw(), found) != 0;
    (void)::LocalFree(found);
    return is_copied ? WinResult<SidBytes>(sid)
                     : failed("Copying the SID of Windows' own installer failed");
}

/// Those who may change a file.
class Trusted {
public:
    static WinResult<Trusted> find(TrustedUsers users) {
        const bool with_user = users == TrustedUsers::WithThisProcess || is_wine();
        Trusted trusted;
        for (const auto& sid : {well_known(WinLocalSystemSid),
                                well_known(WinBuiltinAdministratorsSid),
                                with_user ? of_this_process() : trusted_installer()}) {
            if (!sid) {
                return propagate(sid.error());
            }
            trusted.sids_.push_back(*sid);
        }
        return trusted;
    }

    [[nodiscard]] bool contain(PSID sid) {
        for (SidBytes& known : sids_) {
            if (::EqualSid(known.raw(), sid) != 0) {
                return true;
            }
        }
        return false;
    }

private:
    std::vector<SidBytes> sids_;
};

/// Entries that deny or only audit give nobody anything; of a kind that is not known here, the worst is assumed.
bool gives_others(DWORD rights, ACL* list, Trusted& trusted) {
    for (DWORD i = 0; i < list->AceCount; ++i) {
        void* raw = nullptr;
        if (::GetAce(list, i, &raw) == 0) {
            return true;
        }
        auto* const entry = static_cast<ACCESS_ALLOWED_ACE*>(raw);
        const BYTE type = entry->Header.AceType;
        if (type == ACCESS_DENIED_ACE_TYPE || (entry->Header.AceFlags & INHERIT_ONLY_ACE) != 0) {
            continue;
        }
        if (type != ACCESS_ALLOWED_ACE_TYPE) {
            return true;
        }
        if ((entry->Mask & rights) != 0 && !trusted.contain(&entry->SidStart)) {
            return true;
        }
    }
    return false;
}

}  // namespace

WinResult<ProtectingDescriptor> ProtectingDescriptor::make() {
    auto user = of_this_process();
    if (!user) {
        return propagate(std::move(user.error()));
    }
    wchar_t* text = nullptr;
    if (::ConvertSidToStringSidW(user->raw(), &text) == 0) {
        return failed("Writing the SID of this process's user failed");
    }
    const WideString description =
        WideString(L"D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;") + text + L")";
    (void)::LocalFree(text);
    return from_text(description.c_str());
}

WinResult<ProtectingDescriptor> ProtectingDescriptor::make_for_administrators() {
    // Wine, which has the rights of Linux behind it, would leave none to the user that runs it.
    return is_wine() ? make()
                     : from_text(L"O:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FRFX;;;BU)");
}

WinResult<ProtectingDescriptor> ProtectingDescriptor::from_text(const wchar_t* description) {
    PSECURITY_DESCRIPTOR made = nullptr;
    if (::ConvertStringSecurityDescriptorToSecurityDescriptorW(
            description, SDDL_REVISION_1, &made, nullptr) == 0) {
        return failed("Making an access list failed");
    }
    return ProtectingDescriptor(made);
}

ProtectingDescriptor::ProtectingDescriptor(ProtectingDescriptor&& other) noexcept
    : raw_(std::exchange(other.raw_, nullptr)) {}

ProtectingDescriptor::~ProtectingDescriptor() {
    if (raw_ != nullptr) {
        (void)::LocalFree(raw_);
    }
}

WinResult<bool>
others_can(FileChange change, TrustedUsers users, abi::HANDLE opened, const std::string& path) {
    auto trusted = Trusted::find(users);
    if (!trusted) {
        return propagate(std::move(trusted.error()));
    }
    PSID owner = nullptr;
    ACL* list = nullptr;
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    const DWORD error = ::GetSecurityInfo(opened,
                                          SE_FILE_OBJECT,
                                          OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
                                          &owner,
                                          nullptr,
                                          &list,
                                          nullptr,
                                          &descriptor);
    if (error != ERROR_SUCCESS) {
        return failure(HResult::from_win32(error), "Asking who may change '" + path + "' failed");
    }
    const DWORD rights = change == FileChange::Any ? changing_rights : replacing_rights;
    // No list at all lets everybody do everything.
    const bool good = owner != nullptr && trusted->contain(owner) && list != nullptr &&
                      !gives_others(rights, list, *trusted);
    (void)::LocalFree(descriptor);
    return !good;
}

WinResult<> check_nobody_else_can_write(abi::HANDLE opened, const std::string& path) {
    const WinResult<bool> is_open =
        others_can(FileChange::Any, TrustedUsers::WithThisProcess, opened, path);
    if (!is_open) {
        return propagate(is_open.error());
    }
    if (*is_open) {
        return failure(HResult::access_denied,
                       "'" + path +
                           "' is not used for a log, because others can change it; remove "
                           "it, or take their rights away");
    }
    return {};
}

}  // namespace wslplugins::platform
