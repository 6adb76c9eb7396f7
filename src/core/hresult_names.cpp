// SPDX-License-Identifier: MIT
// The one table of result codes with names. `true` marks the names that WSL itself prints behind an error
// path; the others are Windows' own names, which only this project's messages use. Sorted by value.
//
// Four names that WSL knows are left out because their values are not established:
// ERROR_VIRTDISK_PROVIDER_NOT_FOUND, ERROR_VIRTUAL_DISK_LIMITATION, E_INVALID_PROTOCOL_FORMAT and
// VM_E_INVALID_STATE.
#include "core/hresult_by_name.hpp"

#include <algorithm>
#include <array>

namespace wslplugins {
namespace {

struct NameRow {
    std::uint32_t bits;
    std::string_view name;
    bool printed_by_wsl;
};

constexpr auto name_rows = std::to_array<NameRow>({
    {0x00000000u, "S_OK", false},
    {0x00000001u, "S_FALSE", false},
    {0x8000000Bu, "E_BOUNDS", false},
    {0x8000000Du, "E_ILLEGAL_STATE_CHANGE", true},
    {0x8000000Eu, "E_ILLEGAL_METHOD_CALL", false},
    {0x80004001u, "E_NOTIMPL", true},
    {0x80004002u, "E_NOINTERFACE", true},
    {0x80004003u, "E_POINTER", false},
    {0x80004004u, "E_ABORT", true},
    {0x80004005u, "E_FAIL", true},
    {0x8000FFFFu, "E_UNEXPECTED", true},
    {0x80010001u, "RPC_E_CALL_REJECTED", false},
    {0x80010002u, "RPC_E_CALL_CANCELED", true},
    {0x80010007u, "RPC_E_SERVER_DIED", false},
    {0x80010012u, "RPC_E_SERVER_DIED_DNE", false},
    {0x80010108u, "RPC_E_DISCONNECTED", true},
    {0x8001010Eu, "RPC_E_WRONG_THREAD", false},
    {0x80040154u, "REGDB_E_CLASSNOTREG", true},
    {0x800401FDu, "CO_E_OBJNOTCONNECTED", false},
    {0x80040301u, "WSL_E_DEFAULT_DISTRO_NOT_FOUND", true},
    {0x80040302u, "WSL_E_DISTRO_NOT_FOUND", true},
    {0x80040303u, "WSL_E_WSL1_NOT_SUPPORTED", true},
    {0x80040304u, "WSL_E_VM_MODE_NOT_SUPPORTED", true},
    {0x80040305u, "WSL_E_TOO_MANY_DISKS_ATTACHED", true},
    {0x80040306u, "WSL_E_CONSOLE", true},
    {0x80040307u, "WSL_E_CUSTOM_KERNEL_NOT_FOUND", true},
    {0x80040308u, "WSL_E_USER_NOT_FOUND", true},
    {0x80040309u, "WSL_E_INVALID_USAGE", true},
    {0x8004030Au, "WSL_E_EXPORT_FAILED", true},
    {0x8004030Bu, "WSL_E_IMPORT_FAILED", true},
    {0x8004030Cu, "WSL_E_DISTRO_NOT_STOPPED", true},
    {0x8004030Du, "WSL_E_TTY_LIMIT", true},
    {0x8004030Eu, "WSL_E_CUSTOM_SYSTEM_DISTRO_ERROR", true},
    {0x8004030Fu, "WSL_E_LOWER_INTEGRITY", true},
    {0x80040310u, "WSL_E_HIGHER_INTEGRITY", true},
    {0x80040311u, "WSL_E_FS_UPGRADE_NEEDED", true},
    {0x80040312u, "WSL_E_USER_VHD_ALREADY_ATTACHED", true},
    {0x80040313u, "WSL_E_VM_MODE_INVALID_STATE", true},
    {0x80040314u, "WSL_E_VM_MODE_MOUNT_NAME_ALREADY_EXISTS", true},
    {0x80040315u, "WSL_E_ELEVATION_NEEDED_TO_MOUNT_DISK", true},
    {0x80040318u, "WSL_E_DISK_ALREADY_ATTACHED", true},
    {0x80040319u, "WSL_E_DISK_ALREADY_MOUNTED", true},
    {0x8004031Au, "WSL_E_DISK_MOUNT_FAILED", true},
    {0x8004031Bu, "WSL_E_DISK_UNMOUNT_FAILED", true},
    {0x8004031Cu, "WSL_E_WSL2_NEEDED", true},
    {0x8004031Du, "WSL_E_VM_MODE_INVALID_MOUNT_NAME", true},
    {0x8004031Eu, "WSL_E_GUI_APPLICATIONS_DISABLED", true},
    {0x8004031Fu, "WSL_E_DISTRO_ONLY_AVAILABLE_FROM_STORE", true},
    {0x80040320u, "WSL_E_WSL_MOUNT_NOT_SUPPORTED", true},
    {0x80040321u, "WSL_E_WSL_OPTIONAL_COMPONENT_REQUIRED", true},
    {0x80040324u, "WSL_E_VMSWITCH_NOT_FOUND", true},
    {0x80040325u, "WSL_E_VMSWITCH_NOT_SET", true},
    {0x80040326u, "WSL_E_NOT_A_LINUX_DISTRO", true},
    {0x80040327u, "WSL_E_OS_NOT_SUPPORTED", true},
    {0x80040328u, "WSL_E_INSTALL_PROCESS_FAILED", true},
    {0x80040329u, "WSL_E_INSTALL_COMPONENT_FAILED", true},
    {0x8004032Au, "WSL_E_PLUGIN_REQUIRES_UPDATE", true},
    {0x8004032Bu, "WSL_E_DISK_MOUNT_DISABLED", true},
    {0x8004032Cu, "WSL_E_WSL1_DISABLED", true},
    {0x8004032Du, "WSL_E_VIRTUAL_MACHINE_PLATFORM_REQUIRED", true},
    {0x8004032Eu, "WSL_E_LOCAL_SYSTEM_NOT_SUPPORTED", true},
    {0x8004032Fu, "WSL_E_DISK_CORRUPTED", true},
    {0x80040330u, "WSL_E_DISTRIBUTION_NAME_NEEDED", true},
    {0x80040331u, "WSL_E_INVALID_JSON", true},
    {0x80040332u, "WSL_E_VM_CRASHED", true},
    {0x80040601u, "WSLC_E_IMAGE_NOT_FOUND", true},
    {0x80040602u, "WSLC_E_CONTAINER_PREFIX_AMBIGUOUS", true},
    {0x80040603u, "WSLC_E_CONTAINER_NOT_FOUND", true},
    {0x80040604u, "WSLC_E_VOLUME_NOT_FOUND", true},
    {0x80040605u, "WSLC_E_CONTAINER_NOT_RUNNING", true},
    {0x80040606u, "WSLC_E_CONTAINER_IS_RUNNING", true},
    {0x80040607u, "WSLC_E_SESSION_RESERVED", true},
    {0x80040608u, "WSLC_E_INVALID_SESSION_NAME", true},
    {0x80040609u, "WSLC_E_NETWORK_NOT_FOUND", true},
    {0x8004060Au, "WSLC_E_WU_SEARCH_FAILED", true},
    {0x8004060Cu, "WSLC_E_CONTAINER_DISABLED", true},
    {0x8004060Du, "WSLC_E_REGISTRY_BLOCKED_BY_POLICY", true},
    {0x8004060Eu, "WSLC_E_VOLUME_NOT_AVAILABLE", true},
    {0x8004060Fu, "WSLC_E_SESSION_NOT_FOUND", true},
    {0x80040610u, "WSLC_E_VM_NOT_RUNNING", true},
    {0x80070001u, "ERROR_INVALID_FUNCTION", true},
    {0x80070002u, "ERROR_FILE_NOT_FOUND", true},
    {0x80070003u, "ERROR_PATH_NOT_FOUND", true},
    {0x80070004u, "ERROR_TOO_MANY_OPEN_FILES", false},
    {0x80070005u, "E_ACCESSDENIED", true},
    {0x80070006u, "ERROR_INVALID_HANDLE", true},
    {0x8007000Du, "ERROR_INVALID_DATA", true},
    {0x8007000Eu, "E_OUTOFMEMORY", true},
    {0x8007000Fu, "ERROR_INVALID_DRIVE", true},
    {0x80070013u, "ERROR_WRITE_PROTECT", false},
    {0x80070015u, "ERROR_NOT_READY", true},
    {0x8007001Fu, "ERROR_GEN_FAILURE", true},
    {0x80070020u, "ERROR_SHARING_VIOLATION", true},
    {0x80070032u, "ERROR_NOT_SUPPORTED", true},
    {0x80070040u, "ERROR_NETNAME_DELETED", true},
    {0x80070043u, "ERROR_BAD_NET_NAME", true},
    {0x80070050u, "ERROR_FILE_EXISTS", true},
    {0x80070057u, "E_INVALIDARG", true},
    {0x8007006Cu, "ERROR_DRIVE_LOCKED", true},
    {0x8007006Du, "ERROR_BROKEN_PIPE", false},
    {0x8007006Fu, "ERROR_BUFFER_OVERFLOW", false},
    {0x80070070u, "ERROR_DISK_FULL", true},
    {0x80070079u, "ERROR_SEM_TIMEOUT", true},
    {0x8007007Au, "ERROR_INSUFFICIENT_BUFFER", false},
    {0x8007007Bu, "ERROR_INVALID_NAME", true},
    {0x8007007Eu, "ERROR_MOD_NOT_FOUND", true},
    {0x8007007Fu, "ERROR_PROC_NOT_FOUND", false},
    {0x80070091u, "ERROR_DIR_NOT_EMPTY", false},
    {0x800700A1u, "ERROR_BAD_PATHNAME", true},
    {0x800700AAu, "ERROR_BUSY", false},
    {0x800700B7u, "ERROR_ALREADY_EXISTS", true},
    {0x800700C1u, "ERROR_BAD_EXE_FORMAT", true},
    {0x800700CEu, "ERROR_FILENAME_EXCED_RANGE", false},
    {0x800700E7u, "ERROR_PIPE_BUSY", true},
    {0x800700E8u, "ERROR_NO_DATA", true},
    {0x800700E9u, "ERROR_PIPE_NOT_CONNECTED", true},
    {0x800700EAu, "ERROR_MORE_DATA", false},
    {0x8007010Bu, "ERROR_DIRECTORY", false},
    {0x800701B1u, "ERROR_NO_SUCH_DEVICE", true},
    {0x8007023Eu, "ERROR_UNHANDLED_EXCEPTION", true},
    {0x80070241u, "ERROR_INVALID_IMAGE_HASH", false},
    {0x80070299u, "ERROR_FILE_SYSTEM_LIMITATION", true},
    {0x800702E4u, "ERROR_ELEVATION_REQUIRED", true},
    {0x80070309u, "ERROR_VERSION_PARSE_ERROR", true},
    {0x8007030Cu, "ERROR_DISK_REPAIR_DISABLED", true},
    {0x800703E3u, "ERROR_OPERATION_ABORTED", true},
    {0x800703EDu, "ERROR_UNRECOGNIZED_VOLUME", true},
    {0x80070422u, "ERROR_SERVICE_DISABLED", true},
    {0x80070424u, "ERROR_SERVICE_DOES_NOT_EXIST", true},
    {0x80070426u, "ERROR_SERVICE_NOT_ACTIVE", true},
    {0x8007043Cu, "ERROR_NOT_SAFEBOOT_SERVICE", true},
    {0x80070459u, "ERROR_NO_UNICODE_TRANSLATION", false},
    {0x8007045Au, "ERROR_DLL_INIT_FAILED", false},
    {0x8007045Bu, "ERROR_SHUTDOWN_IN_PROGRESS", true},
    {0x80070490u, "ERROR_NOT_FOUND", true},
    {0x800704C7u, "ERROR_CANCELLED", true},
    {0x800704C9u, "ERROR_CONNECTION_REFUSED", false},
    {0x800704D4u, "ERROR_CONNECTION_ABORTED", true},
    {0x800704ECu, "ERROR_ACCESS_DISABLED_BY_POLICY", true},
    {0x80070534u, "ERROR_NONE_MAPPED", false},
    {0x80070539u, "ERROR_INVALID_SID", true},
    {0x8007053Au, "ERROR_INVALID_SECURITY_DESCR", true},
    {0x8007053Cu, "ERROR_BAD_INHERITANCE_ACL", true},
    {0x80070542u, "ERROR_BAD_IMPERSONATION_LEVEL", true},
    {0x80070569u, "ERROR_LOGON_TYPE_NOT_GRANTED", true},
    {0x80070570u, "ERROR_FILE_CORRUPT", true},
    {0x800705AAu, "ERROR_NO_SYSTEM_RESOURCES", true},
    {0x800705AFu, "ERROR_COMMITMENT_LIMIT", true},
    {0x800705B4u, "ERROR_TIMEOUT", true},
    {0x80070642u, "ERROR_INSTALL_USEREXIT", true},
    {0x80070643u, "ERROR_INSTALL_FAILURE", true},
    {0x80070651u, "ERROR_DEVICE_REMOVED", true},
    {0x80070652u, "ERROR_INSTALL_ALREADY_RUNNING", true},
    {0x80070653u, "ERROR_INSTALL_PACKAGE_OPEN_FAILED", true},
    {0x80070656u, "ERROR_INSTALL_LOG_FAILURE", true},
    {0x8007065Eu, "ERROR_UNSUPPORTED_TYPE", true},
    {0x80070669u, "ERROR_SUCCESS_REBOOT_INITIATED", true},
    {0x800706B5u, "RPC_S_UNKNOWN_IF", true},
    {0x800706BAu, "RPC_S_SERVER_UNAVAILABLE", true},
    {0x800706BEu, "RPC_S_CALL_FAILED", true},
    {0x800706BFu, "RPC_S_CALL_FAILED_DNE", true},
    {0x8007070Cu, "ERROR_INVALID_DATATYPE", false},
    {0x8007071Au, "RPC_S_CALL_CANCELLED", true},
    {0x8007072Cu, "RPC_S_SYSTEM_HANDLE_TYPE_MISMATCH", true},
    {0x8007139Fu, "ERROR_INVALID_STATE", true},
    {0x8007271Du, "WSAEACCES", true},
    {0x8007273Du, "WSAEOPNOTSUPP", true},
    {0x80072740u, "WSAEADDRINUSE", true},
    {0x80072741u, "WSAEADDRNOTAVAIL", true},
    {0x80072745u, "WSAECONNABORTED", true},
    {0x80072746u, "WSAECONNRESET", true},
    {0x80072747u, "WSAENOBUFS", true},
    {0x80072749u, "WSAENOTCONN", true},
    {0x8007274Cu, "WSAETIMEDOUT", true},
    {0x8007274Du, "WSAECONNREFUSED", true},
    {0x80072EE2u, "WININET_E_TIMEOUT", true},
    {0x80072EE7u, "WININET_E_NAME_NOT_RESOLVED", true},
    {0x80072EFDu, "WININET_E_CANNOT_CONNECT", true},
    {0x80072EFEu, "WININET_E_CONNECTION_ABORTED", true},
    {0x80072EFFu, "WININET_E_CONNECTION_RESET", true},
    {0x80072F0Du, "WININET_E_INVALID_CA", true},
    {0x80072F78u, "WININET_E_INVALID_SERVER_RESPONSE", true},
    {0x80072F7Du, "WININET_E_SECURITY_CHANNEL_ERROR", true},
    {0x80080005u, "CO_E_SERVER_EXEC_FAILURE", true},
    {0x80092026u, "CRYPT_E_SECURITY_SETTINGS", false},
    {0x80096010u, "TRUST_E_BAD_DIGEST", true},
    {0x800B0001u, "TRUST_E_PROVIDER_UNKNOWN", false},
    {0x800B0003u, "TRUST_E_SUBJECT_FORM_UNKNOWN", false},
    {0x800B0004u, "TRUST_E_SUBJECT_NOT_TRUSTED", false},
    {0x800B0100u, "TRUST_E_NOSIGNATURE", true},
    {0x800B0101u, "CERT_E_EXPIRED", false},
    {0x800B0109u, "CERT_E_UNTRUSTEDROOT", true},
    {0x800B010Au, "CERT_E_CHAINING", false},
    {0x800B010Cu, "CERT_E_REVOKED", false},
    {0x800B0110u, "CERT_E_WRONG_USAGE", false},
    {0x800B0111u, "TRUST_E_EXPLICIT_DISTRUST", false},
    {0x80190193u, "HTTP_E_STATUS_FORBIDDEN", true},
    {0x80190194u, "HTTP_E_STATUS_NOT_FOUND", true},
    {0x801901F6u, "HTTP_E_STATUS_BAD_GATEWAY", true},
    {0x801901F7u, "HTTP_E_STATUS_SERVICE_UNAVAIL", true},
    {0x80310000u, "FVE_E_LOCKED_VOLUME", true},
    {0x80370102u, "HCS_E_HYPERV_NOT_INSTALLED", true},
    {0x80370107u, "HCS_E_TERMINATED", true},
    {0x80370109u, "HCS_E_CONNECTION_TIMEOUT", true},
    {0x8037010Du, "HCS_E_INVALID_JSON", true},
    {0x80370110u, "HCS_E_SYSTEM_ALREADY_STOPPED", true},
    {0x80370114u, "HCS_E_SERVICE_NOT_AVAILABLE", true},
    {0x803B002Fu, "HCN_E_ADDR_INVALID_OR_RESERVED", true},
});

constexpr bool is_sorted_and_unique() {
    for (std::size_t i = 1; i < name_rows.size(); ++i) {
        if (name_rows[i - 1].bits >= name_rows[i].bits) {
            return false;
        }
    }
    return true;
}
static_assert(is_sorted_and_unique(), "name_rows must be sorted by value, each value once");

/// The rows as they stand in a plugin's file: the names in one text, and no pointers, which a loader would have
/// to adjust. Half as large, and every plugin carries it.
struct PackedRow {
    std::uint32_t bits;
    std::uint16_t name_begin;
    std::uint8_t name_size;
    bool printed_by_wsl;
};

constexpr std::size_t names_size = [] {
    std::size_t size = 0;
    for (const NameRow& row : name_rows) {
        size += row.name.size();
    }
    return size;
}();

static_assert(names_size <= 0xFFFF, "PackedRow::name_begin must reach every name");

struct PackedNames {
    std::array<PackedRow, name_rows.size()> rows;
    std::array<char, names_size> names;
};

consteval PackedNames pack() {
    PackedNames packed{};
    std::size_t end = 0;
    for (std::size_t i = 0; i < name_rows.size(); ++i) {
        const NameRow& row = name_rows[i];
        packed.rows[i] = {row.bits,
                          static_cast<std::uint16_t>(end),
                          static_cast<std::uint8_t>(row.name.size()),
                          row.printed_by_wsl};
        end = static_cast<std::size_t>(std::ranges::copy(row.name, packed.names.begin() + end).out -
                                       packed.names.begin());
    }
    return packed;
}

constexpr PackedNames packed_names = pack();

const PackedRow* find(HResult code) noexcept {
    const auto& rows = packed_names.rows;
    const auto row = std::ranges::lower_bound(rows, code.bits(), {}, &PackedRow::bits);
    return row != rows.end() && row->bits == code.bits() ? &*row : nullptr;
}

std::string_view name_of_row(const PackedRow& row) noexcept {
    return {packed_names.names.data() + row.name_begin, row.name_size};
}

enum class Digits { Lower, Upper };

std::string hex(HResult code, Digits digits) {
    const char* const alphabet = digits == Digits::Lower ? "0123456789abcdef" : "0123456789ABCDEF";
    std::string text = "0x";
    for (int shift = 28; shift >= 0; shift -= 4) {
        text += alphabet[(code.bits() >> shift) & 0xFu];
    }
    return text;
}

}  // namespace

std::optional<std::string_view> name_of(HResult code) noexcept {
    const PackedRow* row = find(code);
    return row == nullptr ? std::nullopt : std::optional(name_of_row(*row));
}

std::optional<HResult> hresult_named(std::string_view name) noexcept {
    const auto row = std::ranges::find(packed_names.rows, name, name_of_row);
    return row == packed_names.rows.end() ? std::nullopt
                                          : std::optional(HResult::from_bits(row->bits));
}

std::string as_wsl_prints(HResult code) {
    const PackedRow* row = find(code);
    return row != nullptr && row->printed_by_wsl ? std::string(name_of_row(*row))
                                                 : hex(code, Digits::Lower);
}

std::string to_string(HResult code) {
    std::string text = hex(code, Digits::Upper);
    if (const auto name = name_of(code)) {
        text.append(" (").append(*name).append(")");
    }
    return text;
}

}  // namespace wslplugins
