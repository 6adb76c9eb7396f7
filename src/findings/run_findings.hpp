// SPDX-License-Identifier: MIT
/// @file
/// What the test host's strict mode finds. A part of the one table, in the order of the ids.
#pragma once

#include <wslplugins/findings/finding.hpp>

#include <array>

namespace wslplugins::findings {

inline constexpr auto run_findings = [] {
    using enum Severity;
    using enum Subject;
    return std::array{
        Finding{
            "borrowed-data-used-after-hook",
            Error,
            Run,
            "The plugin used something of a hook's arguments after the hook had returned.",
            "Sessions, distributions, tokens and texts belong to WSL and are valid during the call "
            "only; later the memory may be anything.",
            "Copy what is needed inside the hook; with the framework, `to_owned()`."},
        Finding{
            "call-beyond-version",
            Error,
            Run,
            "The plugin read an entry of the API table that this version of WSL does not have.",
            "The table ends where the version ends, so that the plugin calls whatever lies behind.",
            "Compare the table's version with the call's before reading it, or require the "
            "version when the plugin is loaded."},
        Finding{"empty-argument-ends-list",
                Warning,
                Run,
                "A program was run with an empty argument.",
                "WSL ends the list of arguments there, and the program never sees the rest.",
                "Leave the argument out, or run the program by `/bin/sh -c`."},
        Finding{"exception-left-plugin",
                Error,
                Run,
                "A C++ exception came out of a hook or of the entry point.",
                "WSL turns it into ERROR_UNHANDLED_EXCEPTION without the plugin's name; out of a "
                "stopping hook it leaves the virtual machine half stopped.",
                "Catch everything at the border and return a code."},
        Finding{"executable-memory",
                Error,
                Run,
                "The plugin made memory executable.",
                "The service forbids dynamic code, so that the call fails there.",
                "Do without generated code and without patching in the service's process."},
        Finding{"handle-leaked",
                Warning,
                Run,
                "A handle that WSL gave to the plugin was never closed.",
                "It stays open for the service's life, which ends with Windows.",
                "Close each stream and exit event, and release each container process."},
        Finding{
            "hook-beyond-version",
            Error,
            Run,
            "The plugin wrote a hook that this version of WSL does not have.",
            "The table ends where the version ends, so that the write destroys what lies behind it "
            "on the service's stack.",
            "Compare the API table's version with the hook's before writing it, or require the "
            "version when the plugin is loaded."},
        Finding{"hook-slow",
                Warning,
                Run,
                "A hook took longer than ten seconds.",
                "Nothing ends it: the user's command and every other command of that user wait as "
                "long, and WSL reports the plugin.",
                "Give slow work to a thread of the plugin's own, and let the hook return."},
        Finding{"hook-still-running",
                Error,
                Run,
                "A hook has not returned for half a minute.",
                "Nothing ends it: the user's command, and every other command of that user, waits "
                "for ever.",
                "Wait with a limit inside a hook, and give what takes longer to a thread of the "
                "plugin's own."},
        Finding{
            "hook-waits-for-blocked-call",
            Error,
            Run,
            "A hook waits for a thread whose call of WSL waits for the hook.",
            "The session's lock is held while the hook runs, so that neither ever goes on, and no "
            "command of that user returns.",
            "Make the call on the hook's own thread, or do not wait for the other one."},
        Finding{
            "hooks-written-after-load",
            Error,
            Run,
            "The plugin wrote to the table of hooks after its entry point had returned.",
            "The table is a local of the service's by then: the write changes no hook, and "
            "destroys something else.",
            "Set every hook in the entry point, and test inside it whether it has anything to do."},
        Finding{"null-crashes-service",
                Error,
                Run,
                "A call of WSL got NULL where the service reads through the pointer.",
                "The service crashes, and with it every user's WSL.",
                "Pass an empty text, or an empty list that ends with NULL."},
        Finding{"plugin-ended-service",
                Error,
                Run,
                "The process that a plugin was loaded into ended.",
                "In the service this ends every user's distributions and containers, until the "
                "next command starts it anew, with the same plugin.",
                "Look for what the hook did last: a fault of memory, an exception out of a "
                "thread's function, `abort` or `exit`. `wslplugin run --in-this-process` plays "
                "the same in one process, for a debugger."},
        Finding{"plugin-error-off-thread",
                Warning,
                Run,
                "PluginError was called on a thread that runs no hook.",
                "WSL answers E_ILLEGAL_METHOD_CALL and shows nothing.",
                "Return the reason to the hook, and call PluginError there."},
        Finding{"plugin-error-then-success",
                Error,
                Run,
                "A hook called PluginError and then returned success.",
                "WSL fails the operation with E_ILLEGAL_STATE_CHANGE and shows a text about "
                "installing distributions, without the plugin's name.",
                "Return a failure after PluginError, or do not call it."},
        Finding{"plugin-error-unheard",
                Error,
                Run,
                "PluginError was called where WSL does not look for its text.",
                "The text stays on the thread, and fails or mislabels a later hook of any plugin.",
                "Call it only in the hooks for a VM, a distribution, a container session or a "
                "container that has started."},
        Finding{"process-leaked",
                Warning,
                Run,
                "A process that was started during the service's run was still there when it had "
                "stopped.",
                "It goes on as the user SYSTEM when the service is gone, with whatever handles it "
                "has inherited.",
                "End what the plugin has started, or wait for it, in the last stopping hook; on "
                "Windows a job object ends it with the service."},
        Finding{"process-used-after-release",
                Error,
                Run,
                "A container process was used that WSL never gave out, or that is released.",
                "The service reads memory that it has freed, and crashes or breaks.",
                "Release each process once, when nothing uses it any more."},
        Finding{"process-used-on-other-thread",
                Error,
                Run,
                "A container process was used on a thread that had not created it.",
                "WSL answers RPC_E_WRONG_THREAD; a release there can break the service.",
                "Keep the process on its thread; streams and exit event may go to others."},
        Finding{
            "session-used-after-end",
            Warning,
            Run,
            "A call named a session that has ended.",
            "WSL refuses it, and may have given the plugin's user another session since.",
            "Forget a session's id in its last stopping hook, and end the threads that work for "
            "it."},
        Finding{"socket-leaked",
                Warning,
                Run,
                "The socket of a program that the plugin started was never closed.",
                "It stays open for the service's life, and the program never sees the end of its "
                "input.",
                "Close the socket with `closesocket` when the program's output has been read."},
        Finding{
            "thread-outlives-plugin",
            Error,
            Run,
            "A thread of the plugin ran when its DLL was freed.",
            "The thread goes on in memory that is no longer there, and the service crashes.",
            "End it before the last stopping hook returns, or let it hold a reference to the DLL."},
    };
}();

}  // namespace wslplugins::findings
