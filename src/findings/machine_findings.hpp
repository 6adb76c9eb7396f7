// SPDX-License-Identifier: MIT
/// @file
/// What `wslplugin doctor` finds on a computer. A part of the one table, in the order of the ids.
#pragma once

#include <wslplugins/findings/finding.hpp>

#include <array>

namespace wslplugins::findings {

inline constexpr auto machine_findings = [] {
    using enum Severity;
    using enum Subject;
    return std::array{
        Finding{
            "change-interrupted",
            Warning,
            Machine,
            "A change of this computer was begun and not finished.",
            "The tool was ended in the middle, and has written down what it was doing.",
            "Run any command that changes something, such as `wslplugin reload`: it completes or "
            "undoes the change first."},
        Finding{"debug-shell-allowed",
                Note,
                Machine,
                "Users may open the debug shell of the virtual machine.",
                "What they do there happens beside the distributions, and no hook is told of it.",
                "Where the plugins must not be got around, set the policy AllowDebugShell to 0."},
        Finding{"files-left-over",
                Note,
                Machine,
                "Files of a plugin that is not installed any more are still there.",
                "The service holds them open until it stops; they do no harm.",
                "Run `wslplugin reload`, which removes them."},
        Finding{"inbox-wsl-allowed",
                Note,
                Machine,
                "Users may run the WSL that Windows brings along.",
                "It loads no plugins.",
                "Where the plugins must not be got around, set the policy AllowInboxWSL to 0."},
        Finding{
            "osslsigncode-missing",
            Warning,
            Machine,
            "osslsigncode is not installed.",
            "On Linux, `wslplugin sign` signs with it, and WSL loads no plugin without a trusted "
            "signature.",
            "Install it; on Debian and Ubuntu, `sudo apt-get install osslsigncode`."},
        Finding{"plugin-file-missing",
                Error,
                Machine,
                "The DLL of a registered plugin does not exist.",
                "Loading it fails, and no virtual machine of any user starts.",
                "Bring the file back, or take the registration away with `wslplugin unregister`."},
        Finding{
            "plugin-file-renamed",
            Error,
            Machine,
            "The DLL of a registered plugin has another name than the one registered.",
            "A build that cannot replace a DLL in use renames it; if it then fails, no file has "
            "the old name, and no virtual machine of any user starts.",
            "Build again or rename the file back; `wslplugin install` keeps the DLL that WSL uses "
            "out of the build folder."},
        Finding{"plugin-file-unreadable",
                Warning,
                Machine,
                "The DLL of a registered plugin cannot be read.",
                "Nothing can be said of it here; the service, which runs as the system, may still "
                "read it.",
                "Run `wslplugin doctor` as an administrator."},
        Finding{
            "plugin-for-development",
            Warning,
            Machine,
            "A plugin is registered with --dev.",
            "Its signature and who may change its file were not looked at: it is fit for a machine "
            "of one's own.",
            "Sign it and use `wslplugin install` before others use this computer."},
        Finding{"plugin-for-other-processor",
                Error,
                Machine,
                "A plugin is built for another processor.",
                "The service cannot load it, and no virtual machine of any user starts.",
                "Build it for the processor of this computer."},
        Finding{
            "plugin-hook-never-called",
            Warning,
            Machine,
            "A plugin has a hook that the installed WSL does not have.",
            "The plugin is loaded, and that hook is not called: a rule that it is to enforce does "
            "not hold.",
            "Update WSL with `wsl.exe --update`, or let the plugin's export name what it needs, so "
            "that it is refused instead."},
        Finding{
            "plugin-needs-newer-wsl",
            Error,
            Machine,
            "A plugin needs a newer WSL than the one that is installed.",
            "Its entry point answers WSL_E_PLUGIN_REQUIRES_UPDATE, and no WSL 2 virtual machine "
            "starts.",
            "Update WSL with `wsl.exe --update`, or take the registration away."},
        Finding{
            "plugin-not-loaded",
            Error,
            Machine,
            "The service runs without a plugin that is registered.",
            "It could not be loaded when the service started, so that no virtual machine of any "
            "user starts.",
            "Look at the other findings of this plugin; `wsl.exe` names the code of the last "
            "plugin that failed, and `wslplugin explain` what it means."},
        Finding{
            "plugin-not-trusted",
            Error,
            Machine,
            "Windows does not trust the signature of a plugin.",
            "WSL loads no plugin without a trusted signature, and no virtual machine of any user "
            "starts.",
            "Sign it with `wslplugin sign`, and trust the certificate with `wslplugin trust`."},
        Finding{"plugin-open-to-others",
                Error,
                Machine,
                "Users who are no administrators can change a plugin, or put another file in its "
                "place.",
                "The service runs the file as the system, so that they can become the system.",
                "Use `wslplugin install`, which copies the DLL to a folder that is protected."},
        Finding{
            "plugin-registered-twice",
            Warning,
            Machine,
            "One DLL is registered under two names.",
            "Under the same spelling WSL skips the second; under another one it loads the plugin "
            "twice, and calls every hook twice.",
            "Take one of the registrations away."},
        Finding{"plugin-requirement-unknown",
                Note,
                Machine,
                "Which version of WSL a plugin needs cannot be compared with the installed one.",
                "Where it needs a newer one, its entry point answers WSL_E_PLUGIN_REQUIRES_UPDATE; "
                "only "
                "plugins of this framework say so beforehand.",
                "Ask the plugin's author, or let the test host be the version that is installed: "
                "`wslplugin run --wsl-version`."},
        Finding{"plugin-value-skipped",
                Warning,
                Machine,
                "A value of the plugins key is no REG_SZ.",
                "WSL skips it without a word.",
                "Register the plugin with `wslplugin register --force`, or remove the value."},
        Finding{"plugin-waits-for-reload",
                Warning,
                Machine,
                "A plugin was registered after the service had started.",
                "WSL loads plugins only when its service starts.",
                "Run `wslplugin reload`, which stops all distributions."},
        Finding{"registration-changed-by-others",
                Warning,
                Machine,
                "A registration that this tool had made is gone or has another value.",
                "Somebody else has changed it, and the tool leaves theirs alone.",
                "Take what is recorded away with `wslplugin unregister --force` or `wslplugin "
                "uninstall`, or register again."},
        Finding{"windows-build-missing",
                Error,
                Machine,
                "The Windows build of this tool, wslplugin.exe, was not found.",
                "On Linux, what needs the registry, Windows' signature check or its certificates "
                "is done by that program under Wine.",
                "Build the framework's source with MinGW-w64 (`cmake --preset mingw`, then `cmake "
                "--build build/mingw`) and install it below this one, in `x86_64-w64-mingw32`, or "
                "name it in the environment variable WSLPLUGINS_WINDOWS_TOOL."},
        Finding{"wine-missing",
                Error,
                Machine,
                "Wine is not installed.",
                "On Linux, what needs the registry, Windows' signature check or its certificates "
                "is done by the Windows build of this tool under Wine.",
                "Install it; on Debian and Ubuntu, `sudo apt-get install wine64`."},
        Finding{"wsl-service-missing",
                Error,
                Machine,
                "WSL's service is not installed.",
                "Nothing loads plugins: the WSL that Windows brings along does not.",
                "Install WSL with `wsl.exe --install`."},
        Finding{"wsl-service-stopped",
                Warning,
                Machine,
                "WSL's service does not run.",
                "Plugins are loaded when it starts, at the latest by the next `wsl.exe`.",
                "Run `wslplugin reload`, which starts it."},
        Finding{"wsl1-allowed",
                Note,
                Machine,
                "Users may have distributions of WSL 1.",
                "They have no virtual machine, and no hook is told of their start.",
                "Where the plugins must not be got around, set the policy AllowWSL1 to 0."},
    };
}();

}  // namespace wslplugins::findings
