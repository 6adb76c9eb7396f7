// SPDX-License-Identifier: MIT
#include "api/helper_script.hpp"

#include "core/helper_marks.hpp"

#include <algorithm>
#include <string_view>

namespace wslplugins::detail {
namespace {

/// Linux takes no longer argument, its NUL included (MAX_ARG_STRLEN with pages of 4 KiB).
constexpr std::size_t longest_argument = std::size_t{32} * 4096;

/// Runs $0 as the leader of a process group, so that `kill 0` ends what belongs together and nothing else.
constexpr std::string_view lead = R"sh(
read -r wslp_pid wslp_a wslp_b wslp_c wslp_group wslp_rest </proc/self/stat || {
    echo 'no tool /proc'; exit 1
}
if [ "$wslp_pid" = "$wslp_group" ]; then
    eval "$0"
elif command -v setsid >/dev/null 2>&1; then
    exec setsid /bin/sh -c "$0" "$0" "$@"
else
    echo 'no tool setsid'
fi
)sh";

/// The first process keeps the pipe's writing end until it is told that the program has it, and then waits
/// for the end of the socket: a daemon that keeps the pipe must not keep the relay.
constexpr std::string_view relay_from_program = R"sh(
exec 4>&1 2>/dev/null
command -v cat >/dev/null || { echo 'no tool cat'; exit 1; }
{ read -r wslp_go; exec >&-; read -r wslp_go; kill -s KILL 0; } 4>&- | {
    read -r wslp_pid wslp_rest </proc/self/stat
    echo "$wslp_pid" >&4
    cat >&4
    kill -s KILL 0
}
)sh";

/// The last process keeps the pipe's reading end until the program's shell, which has it then, kills it. The
/// socket is the program's data, so it cannot be told by that.
constexpr std::string_view relay_to_program = R"sh(
exec 4>&1 2>/dev/null
command -v cat >/dev/null || { echo 'no tool cat'; exit 1; }
{ cat; kill -s KILL 0; } 4>&- | {
    read -r wslp_pid wslp_rest </proc/self/stat
    echo "$wslp_pid" >&4
    kill -s STOP "$wslp_pid"
}
)sh";

/// Descriptors: 3 and 9 the socket, 7 where WSL sends standard error, 5 and 6 the streams of `run`, kept to
/// mark where they end. Signals that a program sends to its group are caught here, as they are not meant. What
/// watches the socket is gone before the end is told: from then on nothing may end what the program leaves behind.
constexpr std::string_view main_script = R"sh(
exec 3<&0 9>&1 7>&2 </dev/null >/dev/null 2>&1
wslp_inner=$1 wslp_folder=$2 wslp_user=$3 wslp_path=$4 wslp_tools=$5
shift 5
trap : HUP INT QUIT ALRM TERM USR1 USR2
wslp_no() { echo "no $*" >&9; exit 1; }
wslp_usable() { [ -e "$1" ] || return 4; [ -f "$1" ] && [ -x "$1" ] || return 5; }
for wslp_tool in $wslp_tools; do
    command -v "$wslp_tool" || wslp_no tool "$wslp_tool"
done
wslp_group=-
if [ "$wslp_user" = - ]; then
    wslp_usable "$wslp_path"
else
    [ "$(id -u)" = 0 ] || wslp_no root
    wslp_group=$(id -g "$wslp_user") || wslp_no user
    setpriv --reuid="$wslp_user" --regid="$wslp_group" --init-groups -- /bin/sh -c : ||
        wslp_no change
    setpriv --reuid="$wslp_user" --regid="$wslp_group" --init-groups -- /bin/sh -c \
        '[ -e "$1" ] || exit 4; [ -f "$1" ] && [ -x "$1" ] || exit 5' sh "$wslp_path"
fi
case $? in
    0) ;;
    4) wslp_no program ;;
    *) wslp_no execution ;;
esac
[ "$wslp_folder" = - ] || cd -- "$wslp_folder" || wslp_no folder
echo ready >&9
read -r wslp_marker wslp_in wslp_out wslp_err <&3 || exit 1
if [ "$wslp_marker" != - ]; then
    [ -p "$wslp_out" ] && [ -p "$wslp_err" ] || wslp_no streams
    exec 5>>"$wslp_out" 6>>"$wslp_err"
fi
( trap '' HUP INT QUIT ALRM TERM USR1 USR2 PIPE
  exec 5>&- 6>&- 9>&-
  read -r wslp_end <&3
  kill -s KILL 0 ) &
wslp_watch=$!
wslp_note=$(/bin/sh -c "$wslp_inner" sh "$wslp_in" "$wslp_out" "$wslp_err" \
    "$wslp_user" "$wslp_group" "$@" 3<&-)
kill -s KILL "$wslp_watch"
case $wslp_note in
    =*) wslp_how=exited ;;
    *) wslp_how=killed ;;
esac
echo "ended ${wslp_note##*=} $wslp_how" >&9
if [ "$wslp_marker" != - ]; then
    echo "$wslp_marker" >&5
    echo "$wslp_marker" >&6
fi
)sh";

/// A shell of its own, because that says on its standard error when a signal ended the program. Bash says
/// so outside of its POSIX mode only, and complains of the locale before it reads the first line: what is said
/// counts from there on. The program has no descriptor but its three streams.
constexpr std::string_view inner_start = R"sh(
exec 2>&1
wslp_in=$1 wslp_out=$2 wslp_err=$3 wslp_user=$4 wslp_group=$5
shift 5
trap : HUP INT QUIT ALRM TERM USR1 USR2
if (set +o posix) 2>/dev/null; then set +o posix; fi
[ "$wslp_err" = - ] || exec 7>>"$wslp_err"
(
    case $wslp_in in
        /proc/*) wslp_in=${wslp_in#/proc/}; kill -s KILL "${wslp_in%%/*}" ;;
    esac
    exec 5>&- 6>&- 7>&-
    echo started >&9
    exec 9>&-
    exec )sh";

constexpr std::string_view inner_end = R"sh(
) <"$wslp_in" >>"$wslp_out" 2>&7
echo "=$?"
)sh";

constexpr std::string_view change_user =
    R"sh(setpriv --reuid="$wslp_user" --regid="$wslp_group" --init-groups -- )sh";

/// What the shell executes in the end: the program, behind what prepares its environment and name.
std::vector<std::string> final_arguments(const CommandDescription& command) {
    std::vector<std::string> list;
    if (command.clears_environment || !command.variables.empty()) {
        list.emplace_back("env");
        if (command.clears_environment) {
            list.emplace_back("-i");
        }
        list.emplace_back("--");
        list.insert(list.end(), command.variables.begin(), command.variables.end());
    }
    if (command.arg0) {
        // -p: whatever the program's environment says, bash sources no file of it.
        list.insert(list.end(), {"bash", "-p", "-c", "exec -a \"$0\" -- \"$@\"", *command.arg0});
    }
    list.push_back(command.path);
    list.insert(list.end(), command.arguments.begin(), command.arguments.end());
    return list;
}

/// Every script begins with a line end.
std::string marked(std::string_view mark, std::string_view script) {
    return std::string(mark).append(script);
}

/// The list as the script says it. Empty arguments stand in the script itself: WSL cannot pass them.
std::string list_text(const std::vector<std::string>& list) {
    if (std::ranges::none_of(list, [](const std::string& text) { return text.empty(); })) {
        return "\"$@\"";
    }
    std::string text;
    std::size_t number = 0;
    for (const std::string& argument : list) {
        text += argument.empty() ? "'' " : "\"${" + std::to_string(++number) + "}\" ";
    }
    return text;
}

std::string needed_tools(const CommandDescription& command) {
    std::string tools = "cat";
    if (command.clears_environment || !command.variables.empty()) {
        tools += " env";
    }
    if (command.user) {
        tools += " id setpriv";
    }
    if (command.arg0) {
        tools += " bash";
    }
    return tools;
}

}  // namespace

std::vector<std::string> relay_arguments(RelayDirection direction) {
    const bool to_program = direction == RelayDirection::ToProgram;
    return {shell_path,
            "-c",
            std::string(lead),
            to_program ? marked(helper_marks::to_program, relay_to_program)
                       : marked(helper_marks::from_program, relay_from_program)};
}

WinResult<std::vector<std::string>> main_arguments(const CommandDescription& command) {
    std::vector<std::string> list = final_arguments(command);
    std::string inner(inner_start);
    inner += command.user ? change_user : std::string_view();
    inner += list_text(list);
    inner += inner_end;
    if (inner.size() >= longest_argument) {
        return failure(HResult::invalid_argument,
                       "Running '" + command.path +
                           "' was not tried: with an empty one among them, " +
                           std::to_string(command.arguments.size()) +
                           " arguments are too many; some 12,000 can be carried");
    }
    std::vector<std::string> all{shell_path,
                                 "-c",
                                 std::string(lead),
                                 marked(helper_marks::main, main_script),
                                 std::move(inner),
                                 command.folder.value_or("-"),
                                 command.user.value_or("-"),
                                 command.path,
                                 needed_tools(command)};
    for (std::string& text : list) {
        if (!text.empty()) {
            all.push_back(std::move(text));
        }
    }
    return all;
}

}  // namespace wslplugins::detail
