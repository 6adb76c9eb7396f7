// SPDX-License-Identifier: MIT
// The tests' own, literal copy of the ABI's facts, as measured from Microsoft's header: a wrong
// declaration does not compile here.
#include <wslplugins/abi/codes.hpp>
#include <wslplugins/abi/hooks_v1.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace {

using namespace wslplugins::abi;

#define FROZEN_TYPE(type, size, alignment)                                                         \
    static_assert(sizeof(type) == (size) && alignof(type) == (alignment), "ABI moved: " #type)
#define FROZEN_FIELD(type, field, offset, size)                                                    \
    static_assert(offsetof(type, field) == (offset) && sizeof(type::field) == (size),              \
                  "ABI moved: " #type "." #field)

FROZEN_TYPE(HRESULT, 4, 4);
FROZEN_TYPE(BOOL, 4, 4);
FROZEN_TYPE(DWORD, 4, 4);
FROZEN_TYPE(WCHAR, 2, 2);
FROZEN_TYPE(HANDLE, 8, 8);
FROZEN_TYPE(PSID, 8, 8);
FROZEN_TYPE(SOCKET, 8, 8);
FROZEN_TYPE(WSLSessionId, 4, 4);
FROZEN_TYPE(WSLCSessionId, 4, 4);
FROZEN_TYPE(WSLCProcessHandle, 8, 8);
FROZEN_TYPE(WSLUserConfiguration, 4, 4);
FROZEN_TYPE(WSLCProcessFd, 4, 4);

FROZEN_TYPE(WSLVersion, 12, 4);
FROZEN_FIELD(WSLVersion, Major, 0, 4);
FROZEN_FIELD(WSLVersion, Minor, 4, 4);
FROZEN_FIELD(WSLVersion, Revision, 8, 4);

FROZEN_TYPE(WSLVmCreationSettings, 4, 4);
FROZEN_FIELD(WSLVmCreationSettings, CustomConfigurationFlags, 0, 4);

FROZEN_TYPE(WSLSessionInformation, 24, 8);
FROZEN_FIELD(WSLSessionInformation, SessionId, 0, 4);
FROZEN_FIELD(WSLSessionInformation, UserToken, 8, 8);
FROZEN_FIELD(WSLSessionInformation, UserSid, 16, 8);

FROZEN_TYPE(WSLDistributionInformation, 64, 8);
FROZEN_FIELD(WSLDistributionInformation, Id, 0, 16);
FROZEN_FIELD(WSLDistributionInformation, Name, 16, 8);
FROZEN_FIELD(WSLDistributionInformation, PidNamespace, 24, 8);
FROZEN_FIELD(WSLDistributionInformation, PackageFamilyName, 32, 8);
FROZEN_FIELD(WSLDistributionInformation, InitPid, 40, 4);
FROZEN_FIELD(WSLDistributionInformation, Flavor, 48, 8);
FROZEN_FIELD(WSLDistributionInformation, Version, 56, 8);

FROZEN_TYPE(WslOfflineDistributionInformation, 48, 8);
FROZEN_FIELD(WslOfflineDistributionInformation, Id, 0, 16);
FROZEN_FIELD(WslOfflineDistributionInformation, Name, 16, 8);
FROZEN_FIELD(WslOfflineDistributionInformation, PackageFamilyName, 24, 8);
FROZEN_FIELD(WslOfflineDistributionInformation, Flavor, 32, 8);
FROZEN_FIELD(WslOfflineDistributionInformation, Version, 40, 8);

FROZEN_TYPE(WSLCSessionInformation, 40, 8);
FROZEN_FIELD(WSLCSessionInformation, SessionId, 0, 4);
FROZEN_FIELD(WSLCSessionInformation, DisplayName, 8, 8);
FROZEN_FIELD(WSLCSessionInformation, ApplicationPid, 16, 4);
FROZEN_FIELD(WSLCSessionInformation, UserToken, 24, 8);
FROZEN_FIELD(WSLCSessionInformation, UserSid, 32, 8);

FROZEN_TYPE(GUID, 16, 4);
FROZEN_FIELD(GUID, Data1, 0, 4);
FROZEN_FIELD(GUID, Data2, 4, 2);
FROZEN_FIELD(GUID, Data3, 6, 2);
FROZEN_FIELD(GUID, Data4, 8, 8);

FROZEN_TYPE(WSLPluginAPIV1, 104, 8);
FROZEN_FIELD(WSLPluginAPIV1, Version, 0, 12);
FROZEN_FIELD(WSLPluginAPIV1, MountFolder, 16, 8);
FROZEN_FIELD(WSLPluginAPIV1, ExecuteBinary, 24, 8);
FROZEN_FIELD(WSLPluginAPIV1, PluginError, 32, 8);
FROZEN_FIELD(WSLPluginAPIV1, ExecuteBinaryInDistribution, 40, 8);
FROZEN_FIELD(WSLPluginAPIV1, WSLCMountFolder, 48, 8);
FROZEN_FIELD(WSLPluginAPIV1, WSLCUnmountFolder, 56, 8);
FROZEN_FIELD(WSLPluginAPIV1, WSLCCreateProcess, 64, 8);
FROZEN_FIELD(WSLPluginAPIV1, WSLCProcessGetFd, 72, 8);
FROZEN_FIELD(WSLPluginAPIV1, WSLCProcessGetExitEvent, 80, 8);
FROZEN_FIELD(WSLPluginAPIV1, WSLCProcessGetExitCode, 88, 8);
FROZEN_FIELD(WSLPluginAPIV1, WSLCReleaseProcess, 96, 8);

FROZEN_TYPE(WSLPluginHooksV1, 112, 8);
FROZEN_FIELD(WSLPluginHooksV1, OnVMStarted, 0, 8);
FROZEN_FIELD(WSLPluginHooksV1, OnVMStopping, 8, 8);
FROZEN_FIELD(WSLPluginHooksV1, OnDistributionStarted, 16, 8);
FROZEN_FIELD(WSLPluginHooksV1, OnDistributionStopping, 24, 8);
FROZEN_FIELD(WSLPluginHooksV1, OnDistributionRegistered, 32, 8);
FROZEN_FIELD(WSLPluginHooksV1, OnDistributionUnregistered, 40, 8);
FROZEN_FIELD(WSLPluginHooksV1, OnSessionCreated, 48, 8);
FROZEN_FIELD(WSLPluginHooksV1, OnSessionStopping, 56, 8);
FROZEN_FIELD(WSLPluginHooksV1, ContainerStarted, 64, 8);
FROZEN_FIELD(WSLPluginHooksV1, ContainerStopping, 72, 8);
FROZEN_FIELD(WSLPluginHooksV1, ImageCreated, 80, 8);
FROZEN_FIELD(WSLPluginHooksV1, ImageDeleted, 88, 8);
FROZEN_FIELD(WSLPluginHooksV1, WslcVmStarted, 96, 8);
FROZEN_FIELD(WSLPluginHooksV1, WslcVmStopping, 104, 8);

#undef FROZEN_TYPE
#undef FROZEN_FIELD

// Names that are keywords of the contract: spelt and valued as Microsoft's header does.
static_assert(None == 0);
static_assert(WSLUserConfigurationCustomKernel == 1);
static_assert(WSLUserConfigurationCustomKernelCommandLine == 2);
static_assert(WSLCProcessFdStdin == 0 && WSLCProcessFdStdout == 1 && WSLCProcessFdStderr == 2);

template <class Function>
constexpr bool returns_nothing = std::is_void_v<std::invoke_result_t<Function, WSLCProcessHandle>>;
static_assert(returns_nothing<WSLCPluginAPI_ReleaseProcess>);
static_assert(
    std::is_same_v<
        std::invoke_result_t<WSLPluginAPI_EntryPointV1, const WSLPluginAPIV1*, WSLPluginHooksV1*>,
        HRESULT>);

TEST(Abi, CodesHaveTheBitsOfMicrosoftsHeader) {
    EXPECT_EQ(0x8004032Au, static_cast<std::uint32_t>(plugin_requires_update));
    EXPECT_EQ(0x80040610u, static_cast<std::uint32_t>(wslc_vm_not_running));
}

TEST(Abi, TheEntryPointHasItsUndecoratedName) {
    EXPECT_EQ("WSLPluginAPIV1_EntryPoint", std::string_view(entry_point_name));
}

}  // namespace
