/* SPDX-License-Identifier: MIT */
/* Stands in for Microsoft's header in tests: its names and layouts, in words of our own. A test that defines
 * STAND_IN_... gets a header that differs in one place. */
#pragma once

#include <windows.h>

#if defined(STAND_IN_OTHER_CODE)
#    define WSL_E_PLUGIN_REQUIRES_UPDATE MAKE_HRESULT(SEVERITY_ERROR, FACILITY_ITF, 0x032B)
#else
#    define WSL_E_PLUGIN_REQUIRES_UPDATE MAKE_HRESULT(SEVERITY_ERROR, FACILITY_ITF, 0x032A)
#endif

extern "C" {

typedef DWORD WSLSessionId;

struct WSLVersion {
    UINT32 Major, Minor, Revision;
};

enum WSLUserConfiguration {
    None = 0,
    WSLUserConfigurationCustomKernel = 1,
    WSLUserConfigurationCustomKernelCommandLine = 2,
};

struct WSLVmCreationSettings {
    WSLUserConfiguration CustomConfigurationFlags;
};

struct WSLSessionInformation {
    WSLSessionId SessionId;
    HANDLE UserToken;
    PSID UserSid;
};

struct WSLDistributionInformation {
    GUID Id;
    LPCWSTR Name;
    UINT64 PidNamespace;
    LPCWSTR PackageFamilyName;
#if !defined(STAND_IN_OLDEST)
#    if defined(STAND_IN_OTHER_SIZE)
    UINT64 InitPid;
#    else
    UINT32 InitPid;
#    endif
#    if defined(STAND_IN_OTHER_ORDER)
    LPCWSTR Version;
    LPCWSTR Flavor;
#    else
    LPCWSTR Flavor;
    LPCWSTR Version;
#    endif
#endif
};

#if defined(STAND_IN_WITH_CONTAINERS)
#    define WSLC_E_VM_NOT_RUNNING MAKE_HRESULT(SEVERITY_ERROR, FACILITY_ITF, 0x0610)

enum WSLCProcessFd {
    WSLCProcessFdStdin = 0,
    WSLCProcessFdStdout = 1,
    WSLCProcessFdStderr = 2,
};

struct WslOfflineDistributionInformation {
    GUID Id;
    LPCWSTR Name, PackageFamilyName, Flavor, Version;
};

struct WSLCSessionInformation {
    DWORD SessionId;
    LPCWSTR DisplayName;
    DWORD ApplicationPid;
    HANDLE UserToken;
    PSID UserSid;
};
#endif

struct WSLPluginAPIV1 {
    WSLVersion Version;
#if defined(STAND_IN_OTHER_SIGNATURE)
    HRESULT (*MountFolder)(WSLSessionId, LPCWSTR, LPCWSTR, LPCWSTR);
#else
    HRESULT (*MountFolder)(WSLSessionId, LPCWSTR, LPCWSTR, BOOL, LPCWSTR);
#endif
    HRESULT (*ExecuteBinary)(WSLSessionId, LPCSTR, LPCSTR*, SOCKET*);
    HRESULT (*PluginError)(LPCWSTR);
#if !defined(STAND_IN_OLDEST)
    HRESULT (*ExecuteBinaryInDistribution)(WSLSessionId, const GUID*, LPCSTR, LPCSTR*, SOCKET*);
#endif
#if defined(STAND_IN_WITH_CONTAINERS)
    HRESULT (*WSLCMountFolder)(DWORD, LPCWSTR, LPCSTR, BOOL);
    HRESULT (*WSLCUnmountFolder)(DWORD, LPCSTR);
    HRESULT (*WSLCCreateProcess)(DWORD, LPCSTR, LPCSTR*, LPCSTR*, void**, int*);
    HRESULT (*WSLCProcessGetFd)(void*, WSLCProcessFd, HANDLE*);
    HRESULT (*WSLCProcessGetExitEvent)(void*, HANDLE*);
    HRESULT (*WSLCProcessGetExitCode)(void*, int*);
    void (*WSLCReleaseProcess)(void*);
    HRESULT (*AddedByANewerHeader)(void*);
#endif
};

struct WSLPluginHooksV1 {
    HRESULT (*OnVMStarted)(const WSLSessionInformation*, const WSLVmCreationSettings*);
#if !defined(STAND_IN_WITHOUT_A_HOOK)
    HRESULT (*OnVMStopping)(const WSLSessionInformation*);
#endif
    HRESULT (*OnDistributionStarted)(const WSLSessionInformation*,
                                     const WSLDistributionInformation*);
    HRESULT (*OnDistributionStopping)(const WSLSessionInformation*,
                                      const WSLDistributionInformation*);
#if defined(STAND_IN_WITH_CONTAINERS)
    HRESULT (*OnDistributionRegistered)(const WSLSessionInformation*,
                                        const WslOfflineDistributionInformation*);
    HRESULT (*OnDistributionUnregistered)(const WSLSessionInformation*,
                                          const WslOfflineDistributionInformation*);
    HRESULT (*OnSessionCreated)(const WSLCSessionInformation*);
    HRESULT (*OnSessionStopping)(const WSLCSessionInformation*);
    HRESULT (*ContainerStarted)(const WSLCSessionInformation*, LPCSTR);
    HRESULT (*ContainerStopping)(const WSLCSessionInformation*, LPCSTR);
    HRESULT (*ImageCreated)(const WSLCSessionInformation*, LPCSTR);
    HRESULT (*ImageDeleted)(const WSLCSessionInformation*, LPCSTR);
    HRESULT (*WslcVmStarted)(const WSLCSessionInformation*);
    HRESULT (*WslcVmStopping)(const WSLCSessionInformation*);
    HRESULT (*AddedByANewerHeader)(void*);
#endif
};
}
