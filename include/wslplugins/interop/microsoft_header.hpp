// SPDX-License-Identifier: MIT
/// @file
/// Internal: proves that Microsoft's WslPluginApi.h, included before, and this framework agree. Included by
/// <wslplugins/interop_windows.hpp>; alone it has nothing to compare with, and does nothing.
///
/// An older header lacks what came later, and a newer one has more: what both have must be the same.
#pragma once

#include <wslplugins/abi/codes.hpp>
#include <wslplugins/abi/hooks_v1.hpp>

#include <cstddef>
#include <type_traits>

#if defined(WSL_E_PLUGIN_REQUIRES_UPDATE)

namespace wslplugins::detail {

/// Whether two functions take arguments of the same number and sizes, and answer alike.
template <class One, class Other>
inline constexpr bool same_signature = true;  // no functions: their sizes are compared besides

template <class R1, class R2, class... A1, class... A2>
inline constexpr bool same_signature<R1 (*)(A1...), R2 (*)(A2...)> = [] {
    if constexpr (sizeof...(A1) == sizeof...(A2)) {
        return std::is_void_v<R1> == std::is_void_v<R2> && ((sizeof(A1) == sizeof(A2)) && ...);
    }
    return false;
}();

}  // namespace wslplugins::detail

#    define WSLPLUGINS_DETAIL_SAME_OR(Struct, Member, otherwise)                                   \
        static_assert(                                                                             \
            []<class Theirs>(Theirs*) {                                                            \
                using Ours = ::wslplugins::abi::Struct;                                            \
                if constexpr (requires { sizeof(Theirs::Member); }) {                              \
                    return offsetof(Theirs, Member) == offsetof(Ours, Member) &&                   \
                           sizeof(Theirs::Member) == sizeof(Ours::Member) &&                       \
                           ::wslplugins::detail::same_signature<decltype(Theirs::Member),          \
                                                                decltype(Ours::Member)>;           \
                } else {                                                                           \
                    return otherwise;                                                              \
                }                                                                                  \
            }(static_cast<::Struct*>(nullptr)),                                                    \
            "wslplugins: WslPluginApi.h and this framework differ in " #Struct "::" #Member        \
            ". Use the header of WSL 2.9.5 or the one that came with this framework's release.")

// What the first release had must be there; what came later may be missing.
#    define WSLPLUGINS_DETAIL_SAME(Struct, Member) WSLPLUGINS_DETAIL_SAME_OR(Struct, Member, false)
#    define WSLPLUGINS_DETAIL_SAME_IF_THERE(Struct, Member)                                        \
        WSLPLUGINS_DETAIL_SAME_OR(Struct, Member, true)

static_assert(static_cast<wslplugins::abi::HRESULT>(WSL_E_PLUGIN_REQUIRES_UPDATE) ==
                  wslplugins::abi::plugin_requires_update,
              "wslplugins: WslPluginApi.h has another value of WSL_E_PLUGIN_REQUIRES_UPDATE");
#    if defined(WSLC_E_VM_NOT_RUNNING)
static_assert(static_cast<wslplugins::abi::HRESULT>(WSLC_E_VM_NOT_RUNNING) ==
              wslplugins::abi::wslc_vm_not_running);
#    endif

static_assert(sizeof(::WSLUserConfiguration) == sizeof(wslplugins::abi::WSLUserConfiguration));
static_assert(static_cast<int>(::WSLUserConfigurationCustomKernel) ==
              wslplugins::abi::WSLUserConfigurationCustomKernel);
static_assert(static_cast<int>(::WSLUserConfigurationCustomKernelCommandLine) ==
              wslplugins::abi::WSLUserConfigurationCustomKernelCommandLine);

static_assert(sizeof(::WSLSessionId) == sizeof(wslplugins::abi::WSLSessionId));
static_assert(sizeof(::WSLVersion) == sizeof(wslplugins::abi::WSLVersion));
WSLPLUGINS_DETAIL_SAME(WSLVersion, Major);
WSLPLUGINS_DETAIL_SAME(WSLVersion, Minor);
WSLPLUGINS_DETAIL_SAME(WSLVersion, Revision);

WSLPLUGINS_DETAIL_SAME(WSLVmCreationSettings, CustomConfigurationFlags);

WSLPLUGINS_DETAIL_SAME(WSLSessionInformation, SessionId);
WSLPLUGINS_DETAIL_SAME(WSLSessionInformation, UserToken);
WSLPLUGINS_DETAIL_SAME(WSLSessionInformation, UserSid);

WSLPLUGINS_DETAIL_SAME(WSLDistributionInformation, Id);
WSLPLUGINS_DETAIL_SAME(WSLDistributionInformation, Name);
WSLPLUGINS_DETAIL_SAME(WSLDistributionInformation, PidNamespace);
WSLPLUGINS_DETAIL_SAME(WSLDistributionInformation, PackageFamilyName);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLDistributionInformation, InitPid);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLDistributionInformation, Flavor);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLDistributionInformation, Version);

#    if defined(WSLC_E_VM_NOT_RUNNING)
// The containers' types came with this code's header or before it.
static_assert(sizeof(::WSLCProcessFd) == sizeof(wslplugins::abi::WSLCProcessFd));
static_assert(static_cast<int>(::WSLCProcessFdStdin) == wslplugins::abi::WSLCProcessFdStdin);
static_assert(static_cast<int>(::WSLCProcessFdStdout) == wslplugins::abi::WSLCProcessFdStdout);
static_assert(static_cast<int>(::WSLCProcessFdStderr) == wslplugins::abi::WSLCProcessFdStderr);
WSLPLUGINS_DETAIL_SAME(WslOfflineDistributionInformation, Id);
WSLPLUGINS_DETAIL_SAME(WslOfflineDistributionInformation, Name);
WSLPLUGINS_DETAIL_SAME(WslOfflineDistributionInformation, PackageFamilyName);
WSLPLUGINS_DETAIL_SAME(WslOfflineDistributionInformation, Flavor);
WSLPLUGINS_DETAIL_SAME(WslOfflineDistributionInformation, Version);
WSLPLUGINS_DETAIL_SAME(WSLCSessionInformation, SessionId);
WSLPLUGINS_DETAIL_SAME(WSLCSessionInformation, DisplayName);
WSLPLUGINS_DETAIL_SAME(WSLCSessionInformation, ApplicationPid);
WSLPLUGINS_DETAIL_SAME(WSLCSessionInformation, UserToken);
WSLPLUGINS_DETAIL_SAME(WSLCSessionInformation, UserSid);
#    endif

WSLPLUGINS_DETAIL_SAME(WSLPluginAPIV1, Version);
WSLPLUGINS_DETAIL_SAME(WSLPluginAPIV1, MountFolder);
WSLPLUGINS_DETAIL_SAME(WSLPluginAPIV1, ExecuteBinary);
WSLPLUGINS_DETAIL_SAME(WSLPluginAPIV1, PluginError);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginAPIV1, ExecuteBinaryInDistribution);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginAPIV1, WSLCMountFolder);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginAPIV1, WSLCUnmountFolder);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginAPIV1, WSLCCreateProcess);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginAPIV1, WSLCProcessGetFd);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginAPIV1, WSLCProcessGetExitEvent);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginAPIV1, WSLCProcessGetExitCode);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginAPIV1, WSLCReleaseProcess);

WSLPLUGINS_DETAIL_SAME(WSLPluginHooksV1, OnVMStarted);
WSLPLUGINS_DETAIL_SAME(WSLPluginHooksV1, OnVMStopping);
WSLPLUGINS_DETAIL_SAME(WSLPluginHooksV1, OnDistributionStarted);
WSLPLUGINS_DETAIL_SAME(WSLPluginHooksV1, OnDistributionStopping);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginHooksV1, OnDistributionRegistered);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginHooksV1, OnDistributionUnregistered);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginHooksV1, OnSessionCreated);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginHooksV1, OnSessionStopping);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginHooksV1, ContainerStarted);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginHooksV1, ContainerStopping);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginHooksV1, ImageCreated);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginHooksV1, ImageDeleted);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginHooksV1, WslcVmStarted);
WSLPLUGINS_DETAIL_SAME_IF_THERE(WSLPluginHooksV1, WslcVmStopping);

#    undef WSLPLUGINS_DETAIL_SAME
#    undef WSLPLUGINS_DETAIL_SAME_IF_THERE
#    undef WSLPLUGINS_DETAIL_SAME_OR

namespace wslplugins::interop {

/// For an entry point that is declared with Microsoft's types: its tables, as `load_plugin` takes them.
[[nodiscard]] inline const abi::WSLPluginAPIV1* to_abi(const ::WSLPluginAPIV1* api) noexcept {
    return reinterpret_cast<const abi::WSLPluginAPIV1*>(api);
}

[[nodiscard]] inline abi::WSLPluginHooksV1* to_abi(::WSLPluginHooksV1* hooks) noexcept {
    return reinterpret_cast<abi::WSLPluginHooksV1*>(hooks);
}

}  // namespace wslplugins::interop

#endif
