// SPDX-License-Identifier: MIT
/// @file
/// `HResult`: the code with which Windows, WSL and a plugin tell each other how a call went.
#pragma once

#include <wslplugins/abi/codes.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wslplugins {

/// A Windows HRESULT as a type of its own, so that it cannot be mixed up with a count or a boolean.
///
/// The named constants are those that the plugin API itself answers with or that a plugin is likely to
/// return; any other code is built with `from_bits` or `from_win32`.
class HResult {
public:
    /// Success (`S_OK`).
    constexpr HResult() noexcept = default;

    /// Any value, a success too.
    constexpr explicit HResult(abi::HRESULT value) noexcept : value_(value) {}

    /// The code with these 32 bits, as documentation and messages print it.
    [[nodiscard]] static constexpr HResult from_bits(std::uint32_t bits) noexcept {
        return HResult(static_cast<abi::HRESULT>(bits));
    }

    /// The HRESULT form of a Win32 or Winsock error; `0` becomes success.
    [[nodiscard]] static constexpr HResult from_win32(std::uint32_t error) noexcept {
        return error == 0 ? HResult() : from_bits(0x80070000u | (error & 0xFFFFu));
    }

    /// The HRESULT that stands for a POSIX `errno` value; one without a Windows meaning becomes `fail`.
    [[nodiscard]] static HResult from_errno(int error) noexcept;

    /// The number as WSL has it.
    [[nodiscard]] constexpr abi::HRESULT value() const noexcept { return value_; }
    /// The same bits without a sign, as codes are printed.
    [[nodiscard]] constexpr std::uint32_t bits() const noexcept {
        return static_cast<std::uint32_t>(value_);
    }

    /// True for every non-negative code: `S_FALSE` is a success, to WSL too.
    [[nodiscard]] constexpr bool is_success() const noexcept { return value_ >= 0; }
    /// Whether it stands for a failure; every other value is a success.
    [[nodiscard]] constexpr bool is_failure() const noexcept { return value_ < 0; }

    /// The same number.
    friend constexpr bool operator==(HResult, HResult) noexcept = default;

    static const HResult ok;                           ///< S_OK
    static const HResult fail;                         ///< E_FAIL
    static const HResult unexpected;                   ///< E_UNEXPECTED
    static const HResult aborted;                      ///< E_ABORT
    static const HResult access_denied;                ///< E_ACCESSDENIED
    static const HResult invalid_argument;             ///< E_INVALIDARG
    static const HResult null_pointer;                 ///< E_POINTER
    static const HResult not_implemented;              ///< E_NOTIMPL
    static const HResult out_of_memory;                ///< E_OUTOFMEMORY
    static const HResult illegal_state_change;         ///< E_ILLEGAL_STATE_CHANGE
    static const HResult illegal_method_call;          ///< E_ILLEGAL_METHOD_CALL
    static const HResult invalid_state;                ///< ERROR_INVALID_STATE (E_NOT_VALID_STATE)
    static const HResult invalid_data;                 ///< ERROR_INVALID_DATA
    static const HResult file_not_found;               ///< ERROR_FILE_NOT_FOUND
    static const HResult path_not_found;               ///< ERROR_PATH_NOT_FOUND
    static const HResult already_exists;               ///< ERROR_ALREADY_EXISTS
    static const HResult not_found;                    ///< ERROR_NOT_FOUND
    static const HResult not_supported;                ///< ERROR_NOT_SUPPORTED
    static const HResult timeout;                      ///< ERROR_TIMEOUT
    static const HResult no_unicode_translation;       ///< ERROR_NO_UNICODE_TRANSLATION
    static const HResult unhandled_exception;          ///< ERROR_UNHANDLED_EXCEPTION
    static const HResult module_not_found;             ///< ERROR_MOD_NOT_FOUND
    static const HResult procedure_not_found;          ///< ERROR_PROC_NOT_FOUND
    static const HResult bad_executable_format;        ///< ERROR_BAD_EXE_FORMAT
    static const HResult sharing_violation;            ///< ERROR_SHARING_VIOLATION
    static const HResult dll_initialization_failed;    ///< ERROR_DLL_INIT_FAILED
    static const HResult disconnected;                 ///< RPC_E_DISCONNECTED
    static const HResult wrong_thread;                 ///< RPC_E_WRONG_THREAD
    static const HResult no_signature;                 ///< TRUST_E_NOSIGNATURE
    static const HResult bad_digest;                   ///< TRUST_E_BAD_DIGEST
    static const HResult untrusted_root;               ///< CERT_E_UNTRUSTEDROOT
    static const HResult plugin_requires_update;       ///< WSL_E_PLUGIN_REQUIRES_UPDATE
    static const HResult distribution_not_found;       ///< WSL_E_DISTRO_NOT_FOUND
    static const HResult distribution_not_running;     ///< WSL_E_VM_MODE_INVALID_STATE
    static const HResult wsl2_needed;                  ///< WSL_E_WSL2_NEEDED
    static const HResult container_vm_not_running;     ///< WSLC_E_VM_NOT_RUNNING
    static const HResult container_session_not_found;  ///< WSLC_E_SESSION_NOT_FOUND

private:
    abi::HRESULT value_ = 0;
};

inline constexpr HResult HResult::ok{};
inline constexpr HResult HResult::fail = from_bits(0x80004005u);
inline constexpr HResult HResult::unexpected = from_bits(0x8000FFFFu);
inline constexpr HResult HResult::aborted = from_bits(0x80004004u);
inline constexpr HResult HResult::access_denied = from_bits(0x80070005u);
inline constexpr HResult HResult::invalid_argument = from_bits(0x80070057u);
inline constexpr HResult HResult::null_pointer = from_bits(0x80004003u);
inline constexpr HResult HResult::not_implemented = from_bits(0x80004001u);
inline constexpr HResult HResult::out_of_memory = from_bits(0x8007000Eu);
inline constexpr HResult HResult::illegal_state_change = from_bits(0x8000000Du);
inline constexpr HResult HResult::illegal_method_call = from_bits(0x8000000Eu);
inline constexpr HResult HResult::invalid_state = from_bits(0x8007139Fu);
inline constexpr HResult HResult::invalid_data = from_bits(0x8007000Du);
inline constexpr HResult HResult::file_not_found = from_bits(0x80070002u);
inline constexpr HResult HResult::path_not_found = from_bits(0x80070003u);
inline constexpr HResult HResult::already_exists = from_bits(0x800700B7u);
inline constexpr HResult HResult::not_found = from_bits(0x80070490u);
inline constexpr HResult HResult::not_supported = from_bits(0x80070032u);
inline constexpr HResult HResult::timeout = from_bits(0x800705B4u);
inline constexpr HResult HResult::no_unicode_translation = from_bits(0x80070459u);
inline constexpr HResult HResult::unhandled_exception = from_bits(0x8007023Eu);
inline constexpr HResult HResult::module_not_found = from_bits(0x8007007Eu);
inline constexpr HResult HResult::procedure_not_found = from_bits(0x8007007Fu);
inline constexpr HResult HResult::bad_executable_format = from_bits(0x800700C1u);
inline constexpr HResult HResult::sharing_violation = from_bits(0x80070020u);
inline constexpr HResult HResult::dll_initialization_failed = from_bits(0x8007045Au);
inline constexpr HResult HResult::disconnected = from_bits(0x80010108u);
inline constexpr HResult HResult::wrong_thread = from_bits(0x8001010Eu);
inline constexpr HResult HResult::no_signature = from_bits(0x800B0100u);
inline constexpr HResult HResult::bad_digest = from_bits(0x80096010u);
inline constexpr HResult HResult::untrusted_root = from_bits(0x800B0109u);
inline constexpr HResult HResult::plugin_requires_update{abi::plugin_requires_update};
inline constexpr HResult HResult::distribution_not_found = from_bits(0x80040302u);
inline constexpr HResult HResult::distribution_not_running = from_bits(0x80040313u);
inline constexpr HResult HResult::wsl2_needed = from_bits(0x8004031Cu);
inline constexpr HResult HResult::container_vm_not_running{abi::wslc_vm_not_running};
inline constexpr HResult HResult::container_session_not_found = from_bits(0x8004060Fu);

/// The name that Windows' or WSL's own headers give the code, such as `E_ACCESSDENIED`; none for a
/// code that is not in this project's table. Where a value has several names, the one that WSL prints.
[[nodiscard]] std::optional<std::string_view> name_of(HResult code) noexcept;

/// How `wsl.exe` prints the code behind `Error code: `: by its name if WSL's own name table has it,
/// else as `0x` and lower-case hex digits.
[[nodiscard]] std::string as_wsl_prints(HResult code);

/// The code for messages of this project: `0x80070005 (E_ACCESSDENIED)`, or the hex digits alone.
[[nodiscard]] std::string to_string(HResult code);

}  // namespace wslplugins
