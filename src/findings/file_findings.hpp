// SPDX-License-Identifier: MIT
/// @file
/// What `wslplugin inspect` finds in a DLL. A part of the one table, in the order of the ids.
#pragma once

#include <wslplugins/findings/finding.hpp>

#include <array>

namespace wslplugins::findings {

inline constexpr auto file_findings = [] {
    using enum Severity;
    using enum Subject;
    return std::array{
        Finding{"architecture-unsupported",
                Error,
                File,
                "The DLL is for an architecture that has no WSL.",
                "WSL's service runs on x64 and arm64, and loads DLLs of its own architecture only: "
                "ERROR_BAD_EXE_FORMAT for every user.",
                "Build it for x64, for arm64, or once for each."},
        Finding{
            "aslr-missing",
            Warning,
            File,
            "The DLL can only be loaded at one address.",
            "Without address randomisation an attacker knows where the code lies in a process that "
            "runs as SYSTEM.",
            "Link with `/DYNAMICBASE` (MinGW: `-Wl,--dynamicbase`) and keep the relocations."},
        Finding{
            "cfg-missing",
            Note,
            File,
            "The DLL is built without Control Flow Guard.",
            "Windows cannot check where its indirect calls go.",
            "With MSVC and clang-cl, compile and link with `/guard:cf`; MinGW has no such thing."},
        Finding{"dep-missing",
                Note,
                File,
                "The DLL does not say that it works with data execution prevention.",
                "64-bit Windows prevents execution of data all the same.",
                "Link with `/NXCOMPAT` (MinGW: `-Wl,--nxcompat`)."},
        Finding{
            "entry-point-decorated",
            Error,
            File,
            "The entry point is exported under a decorated name.",
            "WSL looks for `WSLPluginAPIV1_EntryPoint` by exactly that name: ERROR_PROC_NOT_FOUND, "
            "and no WSL 2 virtual machine starts.",
            "Declare it `extern \"C\"`; with the framework, use WSLPLUGINS_EXPORT_V1."},
        Finding{
            "entry-point-missing",
            Error,
            File,
            "The DLL does not export `WSLPluginAPIV1_EntryPoint`.",
            "WSL cannot start it: ERROR_PROC_NOT_FOUND, which is shown as 0x8007007f, and no WSL 2 "
            "virtual machine starts.",
            "Export it undecorated; with the framework, put WSLPLUGINS_EXPORT_V1 in a source file "
            "that is linked into the DLL."},
        Finding{
            "entry-point-misspelt",
            Error,
            File,
            "The DLL exports a name that is almost, and not quite, `WSLPluginAPIV1_EntryPoint`.",
            "WSL looks for exactly that name, letter by letter: ERROR_PROC_NOT_FOUND, which is "
            "shown as 0x8007007f, and no WSL 2 virtual machine starts.",
            "Export it as it is spelt here; with the framework, use WSLPLUGINS_EXPORT_V1."},
        Finding{"force-integrity-set",
                Warning,
                File,
                "The DLL asks for Windows' own check of its code's integrity.",
                "Windows then loads it only with a signature that its kernel accepts, which a "
                "development certificate never gives.",
                "Link without `/INTEGRITYCHECK`."},
        Finding{"high-entropy-missing",
                Note,
                File,
                "The DLL is not loaded at addresses past 4 GiB at random.",
                "Its address is easier to guess.",
                "Link with `/HIGHENTROPYVA` (MinGW: `-Wl,--high-entropy-va`)."},
        Finding{
            "image-damaged",
            Error,
            File,
            "A table of the DLL contradicts itself.",
            "Windows may refuse the file or read it in another way than shown here; a file that is "
            "cut off looks like this.",
            "Copy it again and compare its size, or build it again."},
        Finding{
            "import-function-missing",
            Error,
            File,
            "The DLL needs a function that this machine's DLL of that name does not have.",
            "Loading fails with ERROR_PROC_NOT_FOUND, which is shown as 0x8007007f as if the entry "
            "point were missing.",
            "Install the version of the DLL that it was built with, or look the function up when "
            "it is needed."},
        Finding{"import-missing",
                Error,
                File,
                "The DLL needs another one that is not in the system folder.",
                "WSL does not look in the plugin's own folder: ERROR_MOD_NOT_FOUND, and no WSL 2 "
                "virtual machine starts.",
                "Link it statically, or install it into the system folder."},
        Finding{
            "import-missing-later",
            Warning,
            File,
            "The DLL needs another one later that is not in the system folder.",
            "It is loaded when one of its functions is called first; where it is not found then, "
            "an exception ends the service.",
            "Link it statically, or load it by its full path."},
        Finding{"import-not-known",
                Warning,
                File,
                "The DLL needs another one that is not known to be part of Windows.",
                "WSL does not look in the plugin's own folder: where the system folder lacks it, "
                "ERROR_MOD_NOT_FOUND.",
                "Link it statically, or install it into the system folder."},
        Finding{"not-a-dll",
                Error,
                File,
                "The file is not a Windows DLL.",
                "WSL cannot load it: ERROR_BAD_EXE_FORMAT, and no WSL 2 virtual machine starts.",
                "Name the DLL that the build has made."},
        Finding{"not-signed",
                Error,
                File,
                "The DLL is not signed.",
                "Official builds of WSL load only what carries a trusted signature: "
                "TRUST_E_NOSIGNATURE.",
                "Sign it: `wslplugin sign`."},
        Finding{
            "runtime-needs-installing",
            Warning,
            File,
            "The DLL needs a C or C++ runtime that does not come with Windows.",
            "On a computer without that package loading fails with ERROR_MOD_NOT_FOUND.",
            "Link the runtime statically (`/MT`), or install the Visual C++ Redistributable with "
            "the plugin."},
        Finding{
            "runtime-not-in-windows",
            Error,
            File,
            "The DLL needs a C or C++ runtime that only developers' computers have.",
            "Everywhere else loading fails with ERROR_MOD_NOT_FOUND.",
            "Build for release, and link the runtime statically (MSVC: `/MT`; MinGW: `-static`)."},
        Finding{
            "section-writable-and-executable",
            Warning,
            File,
            "A section of the DLL is writable and executable at once.",
            "The service forbids code that can be changed, and may refuse the DLL; where it does "
            "not, the section is a way in.",
            "Find out which tool made it: a packer, a protector, or a linker's option."},
        Finding{"signature-digest-weak",
                Warning,
                File,
                "The signature's digest is one that can be forged.",
                "Windows and policies may refuse it.",
                "Sign with SHA-256."},
        Finding{"signature-not-time-stamped",
                Note,
                File,
                "The signature has no time stamp.",
                "It counts until its certificate ends, and then every computer refuses the DLL.",
                "For releases, sign with a time stamp."},
        Finding{"signature-unreadable",
                Error,
                File,
                "The DLL has a signature that cannot be read.",
                "Windows refuses it.",
                "Sign it again."},
        Finding{"version-resource-missing",
                Note,
                File,
                "The DLL has no version resource.",
                "Nobody can tell which version is installed.",
                "Add a VERSIONINFO resource to the build."},
    };
}();

}  // namespace wslplugins::findings
