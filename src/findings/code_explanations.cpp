// SPDX-License-Identifier: MIT
#include <wslplugins/findings/code_explanation.hpp>

#include <array>

namespace wslplugins::findings {
namespace {

// Loading ------------------------------------------------------------------------------------------------------------

constexpr std::array requires_update{
    Cause{"The plugin asks for a WSL that is newer than the one installed.",
          "Run `wsl --update`, or install a build of the plugin for this version."}};
constexpr std::array no_signature{
    Cause{"The DLL is not signed.", "Sign it: `wslplugin sign`."},
    Cause{"It was signed and then changed at its end, by a tool that appends data.",
          "Sign it last."},
    Cause{"Its path names another file than the one that was signed.",
          "Compare with `wslplugin list`, and register the signed file."}};
constexpr std::array bad_digest{
    Cause{"The DLL was changed after it had been signed: stripped, patched or damaged.",
          "Build it again, and sign it last."}};
constexpr std::array untrusted_root{
    Cause{"The certificate is a development certificate that this computer does not trust.",
          "Run `wslplugin trust` as an administrator: WSL's service looks into the machine's "
          "store, not "
          "into the user's."},
    Cause{"The company's root is not installed on this computer.",
          "Deploy the root to the machine's trusted roots."}};
constexpr std::array file_not_found_at_load{
    Cause{"The registered DLL was moved, renamed or deleted.",
          "Register the new path, or take the name away: `wslplugin unregister`."},
    Cause{"The path stands for a user's drive or contains a variable, which the service does not "
          "know.",
          "Register a full path on a local drive."}};
constexpr std::array path_not_found_at_load{
    Cause{"The folder of the registered DLL does not exist.",
          "Install the plugin again, or take the name away: `wslplugin unregister`."}};
constexpr std::array module_not_found_at_load{
    Cause{"The DLL needs another DLL that is not found. WSL does not look in the plugin's folder.",
          "Link the runtime statically, or install what is needed where Windows looks for it."},
    Cause{"The DLL itself is missing, under a WSL built from source, which checks no signature.",
          "Register the path of a file that exists."}};
constexpr std::array procedure_not_found{
    Cause{"The DLL does not export `WSLPluginAPIV1_EntryPoint` by exactly that name.",
          "Export it undecorated; with the framework, put WSLPLUGINS_EXPORT_V1 in a source file "
          "that is linked "
          "into the DLL."},
    Cause{"The entry point's object was left out when the DLL was linked from a static library.",
          "Give the file with the export to the DLL itself."},
    Cause{"A DLL that it needs is there in an older version without a function.",
          "Install the version that the plugin was built with."}};
constexpr std::array bad_executable{
    Cause{"The DLL is for another architecture than Windows, such as x64 on Arm.",
          "Install the build for this architecture."},
    Cause{"The file is no DLL, or is cut off.", "Copy it again and compare its size."}};
constexpr std::array sharing_violation{
    Cause{"Another program has the DLL open for writing: a copy, a linker, a virus scanner.",
          "Let it finish, and restart the service."}};
constexpr std::array initialization_failed{
    Cause{"The DLL's own start refused: DllMain, or a global object that threw.",
          "Start what can fail in the entry point, which can say why."}};
constexpr std::array unhandled_exception_at_load{
    Cause{"A C++ exception left the entry point.", "Catch everything at the border."}};

// Hooks --------------------------------------------------------------------------------------------------------------

constexpr std::array access_denied{
    Cause{"The plugin refuses by a rule; its message says which.",
          "Follow the message, or ask whoever installed the plugin."}};
constexpr std::array unexpected{
    Cause{"The plugin failed and gave this code, which says nothing by itself.",
          "Look into the plugin's log, and ask its maker."}};
constexpr std::array illegal_state_in_hook{
    Cause{"A plugin called PluginError and returned success. WSL then shows a text about "
          "installing a "
          "distribution, and only `Plugin` in the path says that a plugin is behind it.",
          "Let the hook fail after PluginError."},
    Cause{"Another hook left a text on the thread: PluginError was called where WSL does not look "
          "for it.",
          "Find it with the test host's strict mode."},
    Cause{"The distribution is really being installed, exported or converted.",
          "Wait until that is over."}};
constexpr std::array unhandled_exception_in_hook{
    Cause{"A C++ exception left a hook.", "Catch everything at the border."}};

// Calls --------------------------------------------------------------------------------------------------------------

constexpr std::array illegal_state_in_call{
    Cause{"PluginError was called a second time; the first text is kept.", "Call it once, last."},
    Cause{"The distribution is being installed, exported or converted.",
          "Run programs in it when it has started."}};
constexpr std::array illegal_method_call{
    Cause{"PluginError was called on a thread on which no hook runs.",
          "Return the reason to the hook, and call it there."}};
constexpr std::array invalid_argument{
    Cause{"A text or an identifier is NULL where one is needed.", "Pass it."},
    Cause{"A path of a container session is not absolute.", "Begin a mountpoint with `/`."},
    Cause{"A stream other than 0, 1 or 2 was asked for.", "Ask for one of these."}};
constexpr std::array null_pointer{
    Cause{"A container call got NULL for something that it needs.", "Pass it."}};
constexpr std::array disconnected{
    Cause{
        "The session is over: the service stops, the user has logged off, or a policy forbids WSL.",
        "Do the work in an earlier hook; in stopping hooks, ignore it."},
    Cause{"No session has that identifier.", "Use the one of the hook's session."}};
constexpr std::array invalid_state{
    Cause{"The session has no virtual machine now.", "Call from a hook, or after one has started."},
    Cause{"A stream of a container process was taken before.", "Take each one once."},
    Cause{"The container process still runs.", "Wait for its exit event first."}};
constexpr std::array not_running{
    Cause{"The distribution does not run. In its stopping hook its programs are gone already.",
          "Run programs when it has started, or in the root namespace."},
    Cause{"No distribution has that identifier.", "Use the one of the hook's distribution."}};
constexpr std::array wsl2_needed{
    Cause{"The distribution runs under WSL 1, which has no virtual machine.",
          "Leave it out, or convert it: `wsl --set-version`."}};
constexpr std::array failed{
    Cause{"The program could not be executed: it is missing, or no program.",
          "Give an absolute path; WSL does not search PATH."},
    Cause{"Linux refused a mount or an unmount: an empty target, or one that is in use.",
          "Look at the kernel's log: `dmesg`."}};
constexpr std::array folder_missing{
    Cause{"The Windows folder of MountFolder does not exist.", "Create it first."}};
constexpr std::array container_folder_missing{
    Cause{"The Windows folder of WSLCMountFolder is missing, is a file, or cannot be seen by the "
          "session's "
          "user, whose rights count here.",
          "Create it where that user may read it."}};
constexpr std::array session_not_found{
    Cause{"The container session is over, or no session has that identifier.",
          "Stop working for a session when its stopping hook is called."}};
constexpr std::array vm_not_running{
    Cause{"The container session has no virtual machine now: since WSL 2.9.5 it starts with the "
          "first use and "
          "stops when idle, and a plugin's call does not start it.",
          "Work in the hook for the session's virtual machine that has started."}};
constexpr std::array already_exists{
    Cause{"Something is mounted there by the same text.", "Unmount it, or choose another place."}};
constexpr std::array not_found{
    Cause{"Nothing was mounted there by exactly that text.", "Use the text that was mounted."}};
constexpr std::array aborted{Cause{"The virtual machine or the session ended during the call.",
                                   "Ignore it, and begin again with the next one."}};
constexpr std::array timeout{
    Cause{"Linux did not answer in time.", "Try again later; look at the kernel's log."}};
constexpr std::array wrong_thread{
    Cause{"A container process was used on another thread than the one that created it.",
          "Keep it on its thread; streams and exit event may go to others."}};

constexpr std::array explanations{
    CodeExplanation{HResult::plugin_requires_update,
                    Place::Load,
                    "The plugin's entry point wants a newer WSL.",
                    requires_update},
    CodeExplanation{
        HResult::no_signature, Place::Load, "The DLL has no signature that holds.", no_signature},
    CodeExplanation{
        HResult::bad_digest, Place::Load, "The DLL is not the one that was signed.", bad_digest},
    CodeExplanation{HResult::untrusted_root,
                    Place::Load,
                    "The DLL is signed with a certificate that this computer does not trust.",
                    untrusted_root},
    CodeExplanation{HResult::file_not_found,
                    Place::Load,
                    "The registered DLL is not there.",
                    file_not_found_at_load},
    CodeExplanation{HResult::path_not_found,
                    Place::Load,
                    "The registered DLL's folder is not there.",
                    path_not_found_at_load},
    CodeExplanation{HResult::module_not_found,
                    Place::Load,
                    "The DLL, or one that it needs, was not found.",
                    module_not_found_at_load},
    CodeExplanation{HResult::procedure_not_found,
                    Place::Load,
                    "The DLL has no entry point for WSL.",
                    procedure_not_found},
    CodeExplanation{HResult::bad_executable_format,
                    Place::Load,
                    "The DLL cannot run on this computer.",
                    bad_executable},
    CodeExplanation{HResult::sharing_violation,
                    Place::Load,
                    "The DLL is being written by another program.",
                    sharing_violation},
    CodeExplanation{HResult::dll_initialization_failed,
                    Place::Load,
                    "The DLL refused to be loaded.",
                    initialization_failed},
    CodeExplanation{HResult::unhandled_exception,
                    Place::Load,
                    "An exception left the plugin's entry point.",
                    unhandled_exception_at_load},
    CodeExplanation{HResult::access_denied,
                    Place::Hook,
                    "A plugin does not allow what was tried.",
                    access_denied},
    CodeExplanation{HResult::unexpected, Place::Hook, "A plugin failed.", unexpected},
    CodeExplanation{HResult::illegal_state_change,
                    Place::Hook,
                    "A plugin gave a text for the user and no failure.",
                    illegal_state_in_hook},
    CodeExplanation{HResult::unhandled_exception,
                    Place::Hook,
                    "An exception left a plugin's hook.",
                    unhandled_exception_in_hook},
    CodeExplanation{HResult::illegal_state_change,
                    Place::Call,
                    "The call does not fit the state that something is in.",
                    illegal_state_in_call},
    CodeExplanation{HResult::illegal_method_call,
                    Place::Call,
                    "PluginError was called outside of a hook.",
                    illegal_method_call},
    CodeExplanation{HResult::invalid_argument,
                    Place::Call,
                    "An argument is not what the call needs.",
                    invalid_argument},
    CodeExplanation{
        HResult::null_pointer, Place::Call, "A pointer that the call needs is NULL.", null_pointer},
    CodeExplanation{HResult::disconnected,
                    Place::Call,
                    "WSL no longer has the session, or never had it.",
                    disconnected},
    CodeExplanation{HResult::invalid_state,
                    Place::Call,
                    "What the call needs is not there now.",
                    invalid_state},
    CodeExplanation{HResult::distribution_not_running,
                    Place::Call,
                    "The distribution does not run.",
                    not_running},
    CodeExplanation{
        HResult::wsl2_needed, Place::Call, "The distribution is one of WSL 1.", wsl2_needed},
    CodeExplanation{HResult::fail, Place::Call, "Linux could not do it.", failed},
    CodeExplanation{HResult::file_not_found,
                    Place::Call,
                    "The folder to be mounted is not there.",
                    folder_missing},
    CodeExplanation{HResult::path_not_found,
                    Place::Call,
                    "The folder to be mounted is not there for the session's user.",
                    container_folder_missing},
    CodeExplanation{HResult::container_session_not_found,
                    Place::Call,
                    "There is no such container session.",
                    session_not_found},
    CodeExplanation{HResult::container_vm_not_running,
                    Place::Call,
                    "The container session has no virtual machine now.",
                    vm_not_running},
    CodeExplanation{HResult::already_exists, Place::Call, "The place is taken.", already_exists},
    CodeExplanation{HResult::not_found, Place::Call, "Nothing is mounted there.", not_found},
    CodeExplanation{HResult::aborted, Place::Call, "The virtual machine ended meanwhile.", aborted},
    CodeExplanation{HResult::timeout, Place::Call, "Linux did not answer.", timeout},
    CodeExplanation{HResult::wrong_thread,
                    Place::Call,
                    "A container process belongs to another thread.",
                    wrong_thread},
};

}  // namespace

std::string_view name_of(Place place) noexcept {
    switch (place) {
        case Place::Load: return "loading a plugin";
        case Place::Hook: return "a plugin's hook";
        case Place::Call: return "a plugin's call of WSL";
    }
    return "unknown";
}

std::span<const CodeExplanation> all_code_explanations() noexcept {
    return explanations;
}

std::vector<CodeExplanation> explanations_of(HResult code) {
    std::vector<CodeExplanation> found;
    for (const CodeExplanation& explanation : explanations) {
        if (explanation.code == code) {
            found.push_back(explanation);
        }
    }
    return found;
}

}  // namespace wslplugins::findings
