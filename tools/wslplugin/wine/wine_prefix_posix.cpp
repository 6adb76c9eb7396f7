// SPDX-License-Identifier: MIT
#include "wine/wine_prefix.hpp"

#include "platform/environment.hpp"
#include "platform/error_code.hpp"
#include "platform/paths.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <spawn.h>
#include <sys/file.h>
#include <sys/personality.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace wslplugins::tool {
namespace {

namespace fs = std::filesystem;

constexpr HResult general_failure = HResult::from_win32(31);

constexpr char tool_variable[] = "WSLPLUGINS_WINDOWS_TOOL";
constexpr char wine_variable[] = "WSLPLUGINS_WINE";
constexpr char prefix_variable[] = "WSLPLUGINS_WINEPREFIX";
constexpr char program[] = "wslplugin.exe";

/// Below the prefix; there once it is complete.
constexpr char mark[] = "wslplugins-ready";

bool is_file(const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(path, error);
}

bool can_run(const fs::path& path) {
    return is_file(path) && ::access(path.c_str(), X_OK) == 0;
}

std::unexpected<Error> nothing_at(const char* variable, const std::string& named) {
    return failure(HResult::file_not_found,
                   std::string(variable) + " names '" + named + "', which is no such program");
}

WinResult<fs::path> prefix_folder() {
    if (const auto named = platform::environment_variable(prefix_variable);
        named && !named->empty()) {
        return fs::path(*named);
    }
    const fs::path below = fs::path("wslplugins") / "wine";
    if (const auto data = platform::environment_variable("XDG_DATA_HOME"); data && !data->empty()) {
        return *data / below;
    }
    if (const auto home = platform::environment_variable("HOME"); home && !home->empty()) {
        return fs::path(*home) / ".local" / "share" / below;
    }
    return failure(HResult::path_not_found,
                   std::string("Neither XDG_DATA_HOME nor HOME is set; name a folder in ") +
                       prefix_variable);
}

WinResult<> set_wine_environment(const fs::path& prefix) {
    const std::array<std::pair<const char*, std::optional<std::string>>, 7> variables{
        {{"WINEPREFIX", prefix.string()},
         {"WINEDEBUG", "-all"},
         // No menu entries, no Mono or Gecko, no crash dialogs: a crash is an exit code.
         {"WINEDLLOVERRIDES", "winedbg.exe=d;winemenubuilder.exe=d;mscoree=d;mshtml=d"},
         {"WINEARCH", "win64"},
         // What Wine takes the bytes of arguments for.
         {"LC_ALL", "C.UTF-8"},
         {"DISPLAY", std::nullopt},
         {"WAYLAND_DISPLAY", std::nullopt}}};
    for (const auto& [name, value] : variables) {
        if (WinResult<> set = platform::set_environment_variable(name, value); !set) {
            return set;
        }
    }
    return {};
}

/// Wine maps a page that Windows shows every process at 0x7ffe0000. Where the kernel places a program's heap is up to chance,
/// and since Linux 6.9 that page is within its reach: one start in some thousands would end with exit code 1, without a word.
/// A container that does not let us ask leaves it to chance.
void ask_for_fixed_places() {
    constexpr unsigned long unchanged = 0xFFFF'FFFF;
    if (const int now = ::personality(unchanged); now >= 0) {
        (void)::personality(static_cast<unsigned long>(now) | ADDR_NO_RANDOMIZE);
    }
}

/// Runs a program with no streams: what it starts may keep them. @return its exit code.
WinResult<int> run_without_streams(const std::vector<std::string>& command) {
    std::vector<char*> arguments;
    for (const std::string& argument : command) {
        arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
    }
    pid_t child = 0;
    int error =
        posix_spawn(&child, arguments.front(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    while (error == 0 && ::waitpid(child, &status, 0) < 0) {
        error = errno == EINTR ? 0 : errno;
    }
    if (error != 0) {
        return failure(HResult::from_errno(error),
                       "Starting '" + command.front() + "' failed: " + std::strerror(error));
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Held until the process ends or becomes another: the descriptor is closed then.
WinResult<> lock(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    int result = descriptor < 0 ? -1 : 0;
    while (result == 0 && ::flock(descriptor, LOCK_EX) != 0) {
        result = errno == EINTR ? 0 : -1;
    }
    if (result != 0) {
        return failure(HResult::from_errno(errno),
                       "Could not write '" + file.string() + "': " + std::strerror(errno));
    }
    return {};
}

WinResult<> make_prefix(const fs::path& wine, const fs::path& prefix) {
    const WinResult<int> made = run_without_streams({wine.string(), "wineboot.exe", "--init"});
    if (!made || *made != 0) {
        return made ? failure(general_failure,
                              "Wine could not make its prefix '" + prefix.string() +
                                  "' (wineboot.exe ended with " + std::to_string(*made) + ")")
                    : propagate(made.error());
    }
    std::ofstream stream(prefix / mark);
    stream << "This Wine prefix is wslplugin's own, and is made anew when it is removed.\n";
    stream.close();
    if (!stream) {
        return failure(HResult::access_denied, "Could not write to '" + prefix.string() + "'");
    }
    return {};
}

}  // namespace

WinResult<fs::path> find_program(const std::string& name) {
    if (name.contains('/')) {
        return can_run(name)
                   ? WinResult<fs::path>(fs::path(name))
                   : failure(HResult::file_not_found, "There is no program '" + name + "'");
    }
    const std::string path = platform::environment_variable("PATH").value_or("");
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = (std::min)(path.find(':', begin), path.size());
        const fs::path file = fs::path(path.substr(begin, end - begin)) / name;
        if (end != begin && can_run(file)) {
            return file;
        }
        begin = end + 1;
    }
    return failure(HResult::file_not_found, "There is no program '" + name + "' in PATH");
}

WinResult<fs::path> find_wine() {
    if (const auto named = platform::environment_variable(wine_variable)) {
        return can_run(*named) ? WinResult<fs::path>(fs::path(*named))
                               : nothing_at(wine_variable, *named);
    }
    for (const char* const name : {"wine64", "/usr/lib/wine/wine64", "wine"}) {
        if (WinResult<fs::path> found = find_program(name)) {
            return found;
        }
    }
    return failure(HResult::file_not_found,
                   "There is no wine64 and no wine in PATH, and no /usr/lib/wine/wine64");
}

WinResult<fs::path> find_windows_tool() {
    if (const auto named = platform::environment_variable(tool_variable)) {
        return is_file(*named) ? WinResult<fs::path>(fs::path(*named))
                               : nothing_at(tool_variable, *named);
    }
    const WinResult<fs::path> executable = platform::executable_path();
    if (!executable) {
        return propagate(executable.error());
    }
    const fs::path folder = executable->parent_path();
    std::string tried;
    for (const fs::path& place :
         {folder / program, folder / ".." / "x86_64-w64-mingw32" / "bin" / program}) {
        const fs::path normal = place.lexically_normal();
        if (is_file(normal)) {
            return normal;
        }
        tried += (tried.empty() ? "'" : "' and '") + normal.string();
    }
    return failure(HResult::file_not_found, "There is no " + tried + "'");
}

WinResult<> enter_wine_prefix(const fs::path& wine) {
    const WinResult<fs::path> named = prefix_folder();
    if (!named) {
        return propagate(named.error());
    }
    std::error_code error;
    const fs::path prefix = fs::absolute(*named, error);
    if (!error) {
        fs::create_directories(prefix, error);
    }
    if (error) {
        return failure(HResult::path_not_found,
                       "Could not make the folder '" + named->string() + "'");
    }
    if (WinResult<> locked = lock(prefix / "wslplugins-lock"); !locked) {
        return locked;
    }
    if (WinResult<> set = set_wine_environment(prefix); !set) {
        return set;
    }
    ask_for_fixed_places();
    if (!is_file(prefix / mark)) {
        if (WinResult<> made = make_prefix(wine, prefix); !made) {
            return made;
        }
    }
    const WinResult<int> started = run_without_streams({wine.string(), "cmd.exe", "/c", "exit"});
    return started ? WinResult<>() : propagate(started.error());
}

Error become_program(const std::vector<std::string>& command) {
    std::vector<char*> arguments;
    for (const std::string& argument : command) {
        arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    ::execv(arguments.front(), arguments.data());
    return Error(HResult::from_errno(errno),
                 "Starting '" + command.front() + "' failed: " + std::strerror(errno));
}

}  // namespace wslplugins::tool
