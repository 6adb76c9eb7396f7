// SPDX-License-Identifier: MIT
#include <wslplugins/findings/finding.hpp>

#include <algorithm>
#include <array>

namespace wslplugins::findings {
namespace {

using enum Severity;

constexpr std::array findings{
    Finding{"architecture-unsupported",
            Error,
            "The DLL is for an architecture that has no WSL.",
            "WSL's service runs on x64 and arm64, and loads DLLs of its own architecture only: "
            "ERROR_BAD_EXE_FORMAT for every user.",
            "Build it for x64, for arm64, or once for each."},
    Finding{"aslr-missing",
            Warning,
            "The DLL can only be loaded at one address.",
            "Without address randomisation an attacker knows where the code lies in a process that "
            "runs as SYSTEM.",
            "Link with `/DYNAMICBASE` (MinGW: `-Wl,--dynamicbase`) and keep the relocations."},
    Finding{"borrowed-data-used-after-hook",
            Error,
            "The plugin used something of a hook's arguments after the hook had returned.",
            "Sessions, distributions, tokens and texts belong to WSL and are valid during the call "
            "only; later the memory may be anything.",
            "Copy what is needed inside the hook; with the framework, `to_owned()`."},
    Finding{"call-beyond-version",
            Error,
            "The plugin read an entry of the API table that this version of WSL does not have.",
            "The table ends where the version ends, so that the plugin calls whatever lies behind.",
            "Compare the table's version with the call's before reading it, or require the "
            "version when the plugin is loaded."},
    Finding{"cfg-missing",
            Note,
            "The DLL is built without Control Flow Guard.",
            "Windows cannot check where its indirect calls go.",
            "With MSVC and clang-cl, compile and link with `/guard:cf`; MinGW has no such thing."},
    Finding{"change-interrupted",
            Warning,
            "A change of this computer was begun and not finished.",
            "The tool was ended in the middle, and has written down what it was doing.",
            "Run any command that changes something, such as `wslplugin reload`: it completes or "
            "undoes the change first."},
    Finding{"debug-shell-allowed",
            Note,
            "Users may open the debug shell of the virtual machine.",
            "What they do there happens beside the distributions, and no hook is told of it.",
            "Where the plugins must not be got around, set the policy AllowDebugShell to 0."},
    Finding{"dep-missing",
            Note,
            "The DLL does not say that it works with data execution prevention.",
            "64-bit Windows prevents execution of data all the same.",
            "Link with `/NXCOMPAT` (MinGW: `-Wl,--nxcompat`)."},
    Finding{"empty-argument-ends-list",
            Warning,
            "A program was run with an empty argument.",
            "WSL ends the list of arguments there, and the program never sees the rest.",
            "Leave the argument out, or run the program by `/bin/sh -c`."},
    Finding{"entry-point-decorated",
            Error,
            "The entry point is exported under a decorated name.",
            "WSL looks for `WSLPluginAPIV1_EntryPoint` by exactly that name: ERROR_PROC_NOT_FOUND, "
            "and no WSL 2 virtual machine starts.",
            "Declare it `extern \"C\"`; with the framework, use WSLPLUGINS_EXPORT_V1."},
    Finding{"entry-point-missing",
            Error,
            "The DLL does not export `WSLPluginAPIV1_EntryPoint`.",
            "WSL cannot start it: ERROR_PROC_NOT_FOUND, which is shown as 0x8007007f, and no WSL 2 "
            "virtual machine starts.",
            "Export it undecorated; with the framework, put WSLPLUGINS_EXPORT_V1 in a source file "
            "that is linked into the DLL."},
    Finding{"exception-left-plugin",
            Error,
            "A C++ exception came out of a hook or of the entry point.",
            "WSL turns it into ERROR_UNHANDLED_EXCEPTION without the plugin's name; out of a "
            "stopping hook it leaves the virtual machine half stopped.",
            "Catch everything at the border and return a code."},
    Finding{"executable-memory",
            Error,
            "The plugin made memory executable.",
            "The service forbids dynamic code, so that the call fails there.",
            "Do without generated code and without patching in the service's process."},
    Finding{"files-left-over",
            Note,
            "Files of a plugin that is not installed any more are still there.",
            "The service holds them open until it stops; they do no harm.",
            "Run `wslplugin reload`, which removes them."},
    Finding{"force-integrity-set",
            Warning,
            "The DLL asks for Windows' own check of its code's integrity.",
            "Windows then loads it only with a signature that its kernel accepts, which a "
            "development certificate never gives.",
            "Link without `/INTEGRITYCHECK`."},
    Finding{"handle-leaked",
            Warning,
            "A handle that WSL gave to the plugin was never closed.",
            "It stays open for the service's life, which ends with Windows.",
            "Close each stream and exit event, and release each container process."},
    Finding{"high-entropy-missing",
            Note,
            "The DLL is not loaded at addresses past 4 GiB at random.",
            "Its address is easier to guess.",
            "Link with `/HIGHENTROPYVA` (MinGW: `-Wl,--high-entropy-va`)."},
    Finding{"hook-beyond-version",
            Error,
            "The plugin wrote a hook that this version of WSL does not have.",
            "The table ends where the version ends, so that the write destroys what lies behind it "
            "on the service's stack.",
            "Compare the API table's version with the hook's before writing it, or require the "
            "version when the plugin is loaded."},
    Finding{"hook-slow",
            Warning,
            "A hook took longer than ten seconds.",
            "Nothing ends it: the user's command and every other command of that user wait as "
            "long, and WSL reports the plugin.",
            "Give slow work to a thread of the plugin's own, and let the hook return."},
    Finding{"hook-waits-for-blocked-call",
            Error,
            "A hook waits for a thread whose call of WSL waits for the hook.",
            "The session's lock is held while the hook runs, so that neither ever goes on, and no "
            "command of that user returns.",
            "Make the call on the hook's own thread, or do not wait for the other one."},
    Finding{"hooks-written-after-load",
            Error,
            "The plugin wrote to the table of hooks after its entry point had returned.",
            "The table is a local of the service's by then: the write changes no hook, and "
            "destroys something else.",
            "Set every hook in the entry point, and test inside it whether it has anything to do."},
    Finding{"image-damaged",
            Error,
            "A table of the DLL contradicts itself.",
            "Windows may refuse the file or read it in another way than shown here; a file that is "
            "cut off looks like this.",
            "Copy it again and compare its size, or build it again."},
    Finding{"import-function-missing",
            Error,
            "The DLL needs a function that this machine's DLL of that name does not have.",
            "Loading fails with ERROR_PROC_NOT_FOUND, which is shown as 0x8007007f as if the entry "
            "point were missing.",
            "Install the version of the DLL that it was built with, or look the function up when "
            "it is needed."},
    Finding{"import-missing",
            Error,
            "The DLL needs another one that is not in the system folder.",
            "WSL does not look in the plugin's own folder: ERROR_MOD_NOT_FOUND, and no WSL 2 "
            "virtual machine starts.",
            "Link it statically, or install it into the system folder."},
    Finding{"import-missing-later",
            Warning,
            "The DLL needs another one later that is not in the system folder.",
            "It is loaded when one of its functions is called first; where it is not found then, "
            "an exception ends the service.",
            "Link it statically, or load it by its full path."},
    Finding{"import-not-known",
            Warning,
            "The DLL needs another one that is not known to be part of Windows.",
            "WSL does not look in the plugin's own folder: where the system folder lacks it, "
            "ERROR_MOD_NOT_FOUND.",
            "Link it statically, or install it into the system folder."},
    Finding{"inbox-wsl-allowed",
            Note,
            "Users may run the WSL that Windows brings along.",
            "It loads no plugins.",
            "Where the plugins must not be got around, set the policy AllowInboxWSL to 0."},
    Finding{"not-a-dll",
            Error,
            "The file is not a Windows DLL.",
            "WSL cannot load it: ERROR_BAD_EXE_FORMAT, and no WSL 2 virtual machine starts.",
            "Name the DLL that the build has made."},
    Finding{
        "not-signed",
        Error,
        "The DLL is not signed.",
        "Official builds of WSL load only what carries a trusted signature: TRUST_E_NOSIGNATURE.",
        "Sign it: `wslplugin sign`."},
    Finding{"null-crashes-service",
            Error,
            "A call of WSL got NULL where the service reads through the pointer.",
            "The service crashes, and with it every user's WSL.",
            "Pass an empty text, or an empty list that ends with NULL."},
    Finding{"plugin-error-off-thread",
            Warning,
            "PluginError was called on a thread that runs no hook.",
            "WSL answers E_ILLEGAL_METHOD_CALL and shows nothing.",
            "Return the reason to the hook, and call PluginError there."},
    Finding{"plugin-error-then-success",
            Error,
            "A hook called PluginError and then returned success.",
            "WSL fails the operation with E_ILLEGAL_STATE_CHANGE and shows a text about "
            "installing distributions, without the plugin's name.",
            "Return a failure after PluginError, or do not call it."},
    Finding{"plugin-error-unheard",
            Error,
            "PluginError was called where WSL does not look for its text.",
            "The text stays on the thread, and fails or mislabels a later hook of any plugin.",
            "Call it only in the hooks for a VM, a distribution, a container session or a "
            "container that has started."},
    Finding{"plugin-file-missing",
            Error,
            "The DLL of a registered plugin does not exist.",
            "Loading it fails, and no virtual machine of any user starts.",
            "Bring the file back, or take the registration away with `wslplugin unregister`."},
    Finding{"plugin-file-renamed",
            Error,
            "The DLL of a registered plugin has another name than the one registered.",
            "A build that cannot replace a DLL in use renames it; if it then fails, no file has "
            "the old name, and no virtual machine of any user starts.",
            "Build again or rename the file back; `wslplugin install` keeps the DLL that WSL uses "
            "out of the build folder."},
    Finding{"plugin-for-development",
            Warning,
            "A plugin is registered with --dev.",
            "Its signature and who may change its file were not looked at: it is fit for a machine "
            "of one's own.",
            "Sign it and use `wslplugin install` before others use this computer."},
    Finding{"plugin-for-other-processor",
            Error,
            "A plugin is built for another processor.",
            "The service cannot load it, and no virtual machine of any user starts.",
            "Build it for the processor of this computer."},
    Finding{"plugin-not-loaded",
            Error,
            "The service runs without a plugin that is registered.",
            "It could not be loaded when the service started, so that no virtual machine of any "
            "user starts.",
            "Look at the other findings of this plugin; `wsl.exe` names the code of the last "
            "plugin that failed, and `wslplugin explain` what it means."},
    Finding{"plugin-not-trusted",
            Error,
            "Windows does not trust the signature of a plugin.",
            "WSL loads no plugin without a trusted signature, and no virtual machine of any user "
            "starts.",
            "Sign it with `wslplugin sign`, and trust the certificate with `wslplugin trust`."},
    Finding{
        "plugin-open-to-others",
        Error,
        "Users who are no administrators can change a plugin, or put another file in its place.",
        "The service runs the file as the system, so that they can become the system.",
        "Use `wslplugin install`, which copies the DLL to a folder that is protected."},
    Finding{"plugin-registered-twice",
            Warning,
            "One DLL is registered under two names.",
            "Under the same spelling WSL skips the second; under another one it loads the plugin "
            "twice, and calls every hook twice.",
            "Take one of the registrations away."},
    Finding{"plugin-value-skipped",
            Warning,
            "A value of the plugins key is no REG_SZ.",
            "WSL skips it without a word.",
            "Register the plugin with `wslplugin register --force`, or remove the value."},
    Finding{"plugin-waits-for-reload",
            Warning,
            "A plugin was registered after the service had started.",
            "WSL loads plugins only when its service starts.",
            "Run `wslplugin reload`, which stops all distributions."},
    Finding{"process-used-after-release",
            Error,
            "A container process was used that WSL never gave out, or that is released.",
            "The service reads memory that it has freed, and crashes or breaks.",
            "Release each process once, when nothing uses it any more."},
    Finding{"process-used-on-other-thread",
            Error,
            "A container process was used on a thread that had not created it.",
            "WSL answers RPC_E_WRONG_THREAD; a release there can break the service.",
            "Keep the process on its thread; streams and exit event may go to others."},
    Finding{"registration-changed-by-others",
            Warning,
            "A registration that this tool had made is gone or has another value.",
            "Somebody else has changed it, and the tool leaves theirs alone.",
            "Take what is recorded away with `wslplugin unregister --force` or `wslplugin "
            "uninstall`, or register again."},
    Finding{"runtime-needs-installing",
            Warning,
            "The DLL needs a C or C++ runtime that does not come with Windows.",
            "On a computer without that package loading fails with ERROR_MOD_NOT_FOUND.",
            "Link the runtime statically (`/MT`), or install the Visual C++ Redistributable with "
            "the plugin."},
    Finding{"runtime-not-in-windows",
            Error,
            "The DLL needs a C or C++ runtime that only developers' computers have.",
            "Everywhere else loading fails with ERROR_MOD_NOT_FOUND.",
            "Build for release, and link the runtime statically (MSVC: `/MT`; MinGW: `-static`)."},
    Finding{"section-writable-and-executable",
            Warning,
            "A section of the DLL is writable and executable at once.",
            "The service forbids code that can be changed, and may refuse the DLL; where it does "
            "not, the section is a way in.",
            "Find out which tool made it: a packer, a protector, or a linker's option."},
    Finding{"session-used-after-end",
            Warning,
            "A call named a session that has ended.",
            "WSL refuses it, and may have given the plugin's user another session since.",
            "Forget a session's id in its last stopping hook, and end the threads that work for "
            "it."},
    Finding{"signature-digest-weak",
            Warning,
            "The signature's digest is one that can be forged.",
            "Windows and policies may refuse it.",
            "Sign with SHA-256."},
    Finding{"signature-not-time-stamped",
            Note,
            "The signature has no time stamp.",
            "It counts until its certificate ends, and then every computer refuses the DLL.",
            "For releases, sign with a time stamp."},
    Finding{"signature-unreadable",
            Error,
            "The DLL has a signature that cannot be read.",
            "Windows refuses it.",
            "Sign it again."},
    Finding{"socket-closed-wrongly",
            Error,
            "A program's socket was closed as something else.",
            "Winsock goes on to know the socket, and its memory is never given back.",
            "Close what ExecuteBinary gave with closesocket."},
    Finding{"socket-leaked",
            Warning,
            "The socket of a program that the plugin started was never closed.",
            "It stays open for the service's life, and the program never sees the end of its "
            "input.",
            "Close the socket when the program's output has been read."},
    Finding{"thread-outlives-plugin",
            Error,
            "A thread of the plugin ran when its DLL was freed.",
            "The thread goes on in memory that is no longer there, and the service crashes.",
            "End it before the last stopping hook returns, or let it hold a reference to the DLL."},
    Finding{"version-resource-missing",
            Note,
            "The DLL has no version resource.",
            "Nobody can tell which version is installed.",
            "Add a VERSIONINFO resource to the build."},
    Finding{"wsl-service-missing",
            Error,
            "WSL's service is not installed.",
            "Nothing loads plugins: the WSL that Windows brings along does not.",
            "Install WSL with `wsl.exe --install`."},
    Finding{"wsl-service-stopped",
            Warning,
            "WSL's service does not run.",
            "Plugins are loaded when it starts, at the latest by the next `wsl.exe`.",
            "Run `wslplugin reload`, which starts it."},
    Finding{"wsl1-allowed",
            Note,
            "Users may have distributions of WSL 1.",
            "They have no virtual machine, and no hook is told of their start.",
            "Where the plugins must not be got around, set the policy AllowWSL1 to 0."},
};

static_assert(std::ranges::is_sorted(findings, {}, &Finding::id));

}  // namespace

std::string_view name_of(Severity severity) noexcept {
    switch (severity) {
        case Severity::Note: return "note";
        case Severity::Warning: return "warning";
        case Severity::Error: return "error";
    }
    return "unknown";
}

std::span<const Finding> all_findings() noexcept {
    return findings;
}

const Finding* find_finding(std::string_view id) noexcept {
    const auto found = std::ranges::lower_bound(findings, id, {}, &Finding::id);
    return found != findings.end() && found->id == id ? &*found : nullptr;
}

}  // namespace wslplugins::findings
