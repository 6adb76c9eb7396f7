// SPDX-License-Identifier: MIT
/// @file
/// `Fault`: something that goes wrong on demand, so that a test sees what a plugin makes of it.
#pragma once

#include <wslplugins/core/result.hpp>
#include <wslplugins/core/slot_table.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wslplugins::testhost {

/// What can go wrong on demand.
enum class FaultKind : std::uint8_t {
    Fail,         ///< The call does nothing and answers `code`.
    OutOfMemory,  ///< The call does nothing and answers E_OUTOFMEMORY.
    Slow,         ///< The call is served after `delay`.
    ResetSocket,  ///< The call's socket is reset once it has carried `after_bytes` to the plugin.
    EndSocket,    ///< So it ends, as if Linux had closed it: what the plugin reads is cut off.
    ByteByByte,  ///< The call's socket carries a byte at a time to the plugin, `delay` between them.
    GuestDies,   ///< The session's virtual machine dies, `delay` after the call or the hook began.
    RegistryDenies,  ///< The plugins key, or the value of `plugin`, cannot be read: `code`.
};

/// One fault, which happens at every call that fits, or at the nth one. Of several that fit one call, all happen; the
/// code is that of the first one that has any.
struct Fault {
    FaultKind kind = FaultKind::Fail;  ///< What goes wrong.

    /// Which call. None: every one that the fault can happen to. A socket's: ExecuteBinary,
    /// ExecuteBinaryInDistribution, WSLCProcessGetFd. WSLCReleaseProcess, which answers nothing, does not fail;
    /// `GuestDies` needs a call or a hook, and one that names a session.
    std::optional<ApiCall> call{};
    std::optional<Hook> hook{};  ///< Of `GuestDies` alone: before this hook is called.
    std::string plugin{};        ///< Whose calls or hooks; empty: any plugin's.

    /// Only the nth, from 1, of those that fit, counted since the service was started; 0: every one.
    std::uint32_t nth = 0;
    HResult code = HResult::fail;  ///< Of `Fail` and `RegistryDenies`; a failure.
    std::chrono::milliseconds
        delay{};                    ///< How long a call, the guest's end or the next byte waits.
    std::uint64_t after_bytes = 0;  ///< Of the sockets' faults: what gets through.
};

/// Reads a fault's short form: the kind, a colon and what belongs to it, such as
/// `fail:call=ExecuteBinary,nth=2,code=E_ACCESSDENIED`. docs/faults.md lists all.
/// @return ERROR_INVALID_DATA with a sentence that begins with the position, in characters from 1.
[[nodiscard]] WinResult<Fault> parse_fault(std::string_view text);

/// The short form; parsing it gives the same fault.
[[nodiscard]] std::string to_string(const Fault& fault);

}  // namespace wslplugins::testhost
