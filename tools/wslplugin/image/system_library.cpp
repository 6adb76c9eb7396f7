// SPDX-License-Identifier: MIT
#include "image/system_library.hpp"

#include "platform/paths.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace wslplugins::tool {
namespace {

/// DLLs of every Windows since 10 that WSL 2 runs on; those of other optional features are left out.
constexpr auto windows_libraries = std::to_array<std::string_view>({"activeds.dll",
                                                                    "advapi32.dll",
                                                                    "amsi.dll",
                                                                    "apphelp.dll",
                                                                    "authz.dll",
                                                                    "avrt.dll",
                                                                    "bcrypt.dll",
                                                                    "bcryptprimitives.dll",
                                                                    "cabinet.dll",
                                                                    "cfgmgr32.dll",
                                                                    "clbcatq.dll",
                                                                    "clfsw32.dll",
                                                                    "combase.dll",
                                                                    "comctl32.dll",
                                                                    "comdlg32.dll",
                                                                    "computecore.dll",
                                                                    "computenetwork.dll",
                                                                    "coremessaging.dll",
                                                                    "credui.dll",
                                                                    "crypt32.dll",
                                                                    "cryptbase.dll",
                                                                    "cryptnet.dll",
                                                                    "cryptsp.dll",
                                                                    "cryptui.dll",
                                                                    "cryptxml.dll",
                                                                    "d2d1.dll",
                                                                    "d3d10.dll",
                                                                    "d3d11.dll",
                                                                    "d3d12.dll",
                                                                    "d3d9.dll",
                                                                    "d3dcompiler_47.dll",
                                                                    "dbgcore.dll",
                                                                    "dbgeng.dll",
                                                                    "dbghelp.dll",
                                                                    "dcomp.dll",
                                                                    "devobj.dll",
                                                                    "dhcpcsvc.dll",
                                                                    "dhcpcsvc6.dll",
                                                                    "dnsapi.dll",
                                                                    "dpapi.dll",
                                                                    "dsrole.dll",
                                                                    "dwmapi.dll",
                                                                    "dwrite.dll",
                                                                    "dxcore.dll",
                                                                    "dxgi.dll",
                                                                    "esent.dll",
                                                                    "faultrep.dll",
                                                                    "fltlib.dll",
                                                                    "fwpuclnt.dll",
                                                                    "gdi32.dll",
                                                                    "gdi32full.dll",
                                                                    "gdiplus.dll",
                                                                    "gpapi.dll",
                                                                    "hid.dll",
                                                                    "httpapi.dll",
                                                                    "imagehlp.dll",
                                                                    "imm32.dll",
                                                                    "iphlpapi.dll",
                                                                    "kernel.appcore.dll",
                                                                    "kernel32.dll",
                                                                    "kernelbase.dll",
                                                                    "ktmw32.dll",
                                                                    "loadperf.dll",
                                                                    "logoncli.dll",
                                                                    "mi.dll",
                                                                    "mpr.dll",
                                                                    "mprapi.dll",
                                                                    "msasn1.dll",
                                                                    "msctf.dll",
                                                                    "msi.dll",
                                                                    "msimg32.dll",
                                                                    "msvcp_win.dll",
                                                                    "msvcrt.dll",
                                                                    "mswsock.dll",
                                                                    "msxml3.dll",
                                                                    "msxml6.dll",
                                                                    "ncrypt.dll",
                                                                    "ndfapi.dll",
                                                                    "netapi32.dll",
                                                                    "netutils.dll",
                                                                    "newdev.dll",
                                                                    "normaliz.dll",
                                                                    "ntdll.dll",
                                                                    "ntdsapi.dll",
                                                                    "ntmarta.dll",
                                                                    "odbc32.dll",
                                                                    "ole32.dll",
                                                                    "oleacc.dll",
                                                                    "oleaut32.dll",
                                                                    "opengl32.dll",
                                                                    "pdh.dll",
                                                                    "powrprof.dll",
                                                                    "profapi.dll",
                                                                    "propsys.dll",
                                                                    "psapi.dll",
                                                                    "rasapi32.dll",
                                                                    "resutils.dll",
                                                                    "rpcrt4.dll",
                                                                    "rstrtmgr.dll",
                                                                    "rtutils.dll",
                                                                    "samcli.dll",
                                                                    "samlib.dll",
                                                                    "sechost.dll",
                                                                    "secur32.dll",
                                                                    "setupapi.dll",
                                                                    "sfc.dll",
                                                                    "shcore.dll",
                                                                    "shell32.dll",
                                                                    "shlwapi.dll",
                                                                    "slc.dll",
                                                                    "snmpapi.dll",
                                                                    "srvcli.dll",
                                                                    "sspicli.dll",
                                                                    "tbs.dll",
                                                                    "tdh.dll",
                                                                    "traffic.dll",
                                                                    "ucrtbase.dll",
                                                                    "urlmon.dll",
                                                                    "user32.dll",
                                                                    "userenv.dll",
                                                                    "usp10.dll",
                                                                    "uxtheme.dll",
                                                                    "version.dll",
                                                                    "virtdisk.dll",
                                                                    "vmcompute.dll",
                                                                    "vssapi.dll",
                                                                    "webservices.dll",
                                                                    "wer.dll",
                                                                    "wevtapi.dll",
                                                                    "windowscodecs.dll",
                                                                    "winhttp.dll",
                                                                    "wininet.dll",
                                                                    "winmm.dll",
                                                                    "winscard.dll",
                                                                    "winspool.drv",
                                                                    "winsta.dll",
                                                                    "wintrust.dll",
                                                                    "wkscli.dll",
                                                                    "wldap32.dll",
                                                                    "wofutil.dll",
                                                                    "ws2_32.dll",
                                                                    "wslapi.dll",
                                                                    "wsock32.dll",
                                                                    "wtsapi32.dll",
                                                                    "xmllite.dll"});

bool is_set_of_functions(std::string_view comparable) noexcept {
    return comparable.starts_with("api-ms-") || comparable.starts_with("ext-ms-");
}

/// A name with a folder in it is none that the loader looks up.
/// A name that a library of Windows may have: in ASCII, and without a folder.
bool is_plain_name(std::string_view name) noexcept {
    return !name.empty() && std::ranges::none_of(name, [](char character) {
        return static_cast<unsigned char>(character) > 0x7E || character == '\\' ||
               character == '/' || character == ':' || character == '\0';
    });
}

}  // namespace

std::string_view name_of(Presence presence) noexcept {
    switch (presence) {
        case Presence::InWindows: return "in-windows";
        case Presence::Missing: return "missing";
        case Presence::NotKnown: return "not-known";
    }
    return "unknown";
}

std::string comparable_library_name(std::string_view name) {
    std::string comparable(name);
    std::ranges::transform(comparable, comparable.begin(), [](char character) {
        return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                    : character;
    });
    return comparable.contains('.') ? comparable : comparable + ".dll";
}

Presence presence_of_library(std::string_view name) {
    const std::string comparable = comparable_library_name(name);
    if (is_set_of_functions(comparable)) {
        return Presence::InWindows;
    }
    if (!system_folder().empty()) {
        return system_library_file(name) ? Presence::InWindows : Presence::Missing;
    }
    const bool is_known =
        std::ranges::find(windows_libraries, comparable) != windows_libraries.end();
    return is_known ? Presence::InWindows : Presence::NotKnown;
}

std::optional<std::filesystem::path> system_library_file(std::string_view name) {
    const std::filesystem::path folder = system_folder();
    const std::string comparable = comparable_library_name(name);
    if (folder.empty() || !is_plain_name(comparable) || is_set_of_functions(comparable)) {
        return std::nullopt;
    }
    std::filesystem::path file = folder / platform::path_from_utf8(comparable);
    std::error_code error;
    return std::filesystem::is_regular_file(file, error) ? std::optional(std::move(file))
                                                         : std::nullopt;
}

}  // namespace wslplugins::tool
