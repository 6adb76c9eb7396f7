// SPDX-License-Identifier: MIT
#include "platform/child_process.hpp"

#include "platform/own_handles.hpp"
#include "platform/paths.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <utility>

namespace wslplugins::platform {
namespace {

class Handle {
public:
    Handle() noexcept = default;
    explicit Handle(HANDLE raw) noexcept : raw_(raw) {}
    Handle(Handle&& other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(raw_, other.raw_);
        return *this;
    }
    ~Handle() { close(); }

    void close() noexcept {
        if (raw_ != nullptr && raw_ != INVALID_HANDLE_VALUE) {
            ::CloseHandle(raw_);
        }
        raw_ = nullptr;
    }
    [[nodiscard]] HANDLE get() const noexcept { return raw_; }
    [[nodiscard]] HANDLE* address() noexcept { return &raw_; }

private:
    HANDLE raw_ = nullptr;
};

std::unexpected<Error> last_failure(const std::string& what) {
    const DWORD error = ::GetLastError();
    return failure(HResult::from_win32(error), what + " failed");
}

/// One argument as the C runtime of the started program takes it apart again: quotes around it, and
/// backslashes doubled where a quote follows them.
void append_quoted(std::string& line, std::string_view argument) {
    if (!argument.empty() && argument.find_first_of(" \t\n\v\"") == std::string_view::npos) {
        line += argument;
        return;
    }
    std::size_t backslashes = 0;
    line += '"';
    for (const char c : argument) {
        if (c == '"') {
            line.append(backslashes + 1, '\\');
        }
        backslashes = c == '\\' ? backslashes + 1 : 0;
        line += c;
    }
    line.append(backslashes, '\\');
    line += '"';
}

std::string command_line_of(const std::vector<std::string>& command) {
    std::string line;
    for (const std::string& argument : command) {
        if (!line.empty()) {
            line += ' ';
        }
        append_quoted(line, argument);
    }
    return line;
}

/// The standard streams of a child.
struct Streams {
    HANDLE input = nullptr;
    HANDLE output = nullptr;
    HANDLE error = nullptr;
};

/// Starts what `application` names, or where it is null what the line begins with, looked up in PATH.
WinResult<Handle> start(const wchar_t* application, std::string_view line, const Streams& streams) {
    auto wide_line = to_utf16_for_wsl(line);
    if (!wide_line) {
        return propagate(wide_line.error());
    }
    // Wine gives a native program no standard streams where a console is to be made for it: when no window is asked
    // for, and when this process, such as a service, has no console.
    const DWORD flags = application == nullptr ? CREATE_NO_WINDOW : DETACHED_PROCESS;
    STARTUPINFOW startup{};
    startup.cb = sizeof startup;
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdInput = streams.input;
    startup.hStdOutput = streams.output;
    startup.hStdError = streams.error;
    PROCESS_INFORMATION process{};
    if (!::CreateProcessW(application,
                          wide_line->data(),
                          nullptr,
                          nullptr,
                          TRUE,
                          flags,
                          nullptr,
                          nullptr,
                          &startup,
                          &process)) {
        return last_failure("Starting '" + std::string(line) + "'");
    }
    if (process.hProcess == nullptr) {
        return Handle();  // a native program under Wine: what stands for its thread is no handle either
    }
    ::CloseHandle(process.hThread);
    return Handle(process.hProcess);
}

std::optional<std::array<DWORD, 3>> identity_of(HANDLE file) {
    BY_HANDLE_FILE_INFORMATION about{};
    if (!::GetFileInformationByHandle(file, &about)) {
        return std::nullopt;
    }
    return std::array{about.dwVolumeSerialNumber, about.nFileIndexHigh, about.nFileIndexLow};
}

/// Wine opens the file of a native program that it starts and never closes it: one handle a virtual machine. Nobody
/// else here opens that file.
void close_what_wine_left_open(const wchar_t* application) {
    const Handle program(::CreateFileW(application,
                                       0,
                                       FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                       nullptr,
                                       OPEN_EXISTING,
                                       0,
                                       nullptr));
    const auto identity = identity_of(program.get());
    const auto handles = own_handles();
    if (!identity || !handles) {
        return;
    }
    const auto known = reinterpret_cast<std::uintptr_t>(program.get());
    const auto itself = std::ranges::find(*handles, known, &OwnHandle::handle);
    for (const OwnHandle& own : *handles) {
        const auto raw = reinterpret_cast<HANDLE>(own.handle);
        if (itself != handles->end() && own.type == itself->type && own.handle != known &&
            identity_of(raw) == identity) {
            ::CloseHandle(raw);
        }
    }
}

std::string read_to_end(HANDLE pipe) {
    std::string text;
    std::array<char, 16384> chunk{};
    DWORD count = 0;
    while (::ReadFile(pipe, chunk.data(), static_cast<DWORD>(chunk.size()), &count, nullptr)) {
        text.append(chunk.data(), count);
    }
    return text;
}

/// A program that runs, and the end of the pipe that it writes to.
struct Begun {
    Handle process;
    Handle output;
};

WinResult<Begun> begin(const std::vector<std::string>& command) {
    if (command.empty()) {
        return failure(HResult::invalid_argument, "A command without a program cannot be run");
    }
    SECURITY_ATTRIBUTES inheritable{};
    inheritable.nLength = sizeof inheritable;
    inheritable.bInheritHandle = TRUE;
    const Handle input(::CreateFileW(L"NUL",
                                     GENERIC_READ,
                                     FILE_SHARE_READ | FILE_SHARE_WRITE,
                                     &inheritable,
                                     OPEN_EXISTING,
                                     0,
                                     nullptr));
    Handle ours;
    Handle theirs;
    if (!::CreatePipe(ours.address(), theirs.address(), &inheritable, 0) ||
        !::SetHandleInformation(ours.get(), HANDLE_FLAG_INHERIT, 0)) {
        return last_failure("Making a pipe");
    }
    const Streams streams{input.get(), theirs.get(), theirs.get()};
    auto process = start(nullptr, command_line_of(command), streams);
    if (!process) {
        return propagate(process.error());
    }
    return Begun{std::move(*process), std::move(ours)};
}

WinResult<int> exit_code_of(const Handle& process, const std::vector<std::string>& command) {
    DWORD exit_code = 0;
    if (::WaitForSingleObject(process.get(), INFINITE) != WAIT_OBJECT_0 ||
        !::GetExitCodeProcess(process.get(), &exit_code)) {
        return last_failure("Waiting for '" + command.front() + "'");
    }
    return static_cast<int>(exit_code);
}

/// What is in the pipe already, and no more: who else has its other end may keep it for ever.
void read_available(const Handle& pipe, std::string& text) {
    DWORD available = 0;
    while (::PeekNamedPipe(pipe.get(), nullptr, 0, nullptr, &available, nullptr) != 0 &&
           available > 0) {
        std::string chunk(available, '\0');
        DWORD count = 0;
        if (!::ReadFile(pipe.get(), chunk.data(), available, &count, nullptr)) {
            return;
        }
        text.append(chunk, 0, count);
    }
}

}  // namespace

WinResult<ProgramOutcome> run_program(const std::vector<std::string>& command) {
    const auto begun = begin(command);
    if (!begun) {
        return propagate(begun.error());
    }
    ProgramOutcome outcome;
    outcome.output = read_to_end(begun->output.get());
    const auto exit_code = exit_code_of(begun->process, command);
    if (!exit_code) {
        return propagate(exit_code.error());
    }
    outcome.exit_code = *exit_code;
    return outcome;
}

WinResult<ProgramOutcome> run_program_while(const std::vector<std::string>& command,
                                            const std::function<bool()>& goes_on) {
    // A pipe of this kind cannot be waited for together with a process.
    constexpr DWORD poll_milliseconds = 20;
    const auto begun = begin(command);
    if (!begun) {
        return propagate(begun.error());
    }
    ProgramOutcome outcome;
    while (::WaitForSingleObject(begun->process.get(), poll_milliseconds) == WAIT_TIMEOUT) {
        read_available(begun->output, outcome.output);
        if (!goes_on()) {
            ::TerminateProcess(begun->process.get(), ERROR_CANCELLED);
            return failure(HResult::from_win32(ERROR_CANCELLED),
                           "'" + command.front() + "' was called off");
        }
    }
    read_available(begun->output, outcome.output);
    const auto exit_code = exit_code_of(begun->process, command);
    if (!exit_code) {
        return propagate(exit_code.error());
    }
    outcome.exit_code = *exit_code;
    return outcome;
}

WinResult<Socket> start_native_program(std::string_view path) {
    const std::string program(path);
    if (!is_wine()) {
        return failure(HResult::not_supported,
                       "'" + program +
                           "' is a native Linux program, which can be started under Wine only");
    }
    const auto application = to_utf16_for_wsl("\\\\?\\unix" + program);
    if (!application) {
        return propagate(application.error());
    }
    auto pair = connected_pair();
    if (!pair) {
        return propagate(std::move(pair.error()));
    }
    const auto theirs = reinterpret_cast<HANDLE>(pair->second.raw());
    if (!::SetHandleInformation(theirs, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT)) {
        return last_failure("Making a socket inheritable");
    }
    std::string line;
    append_quoted(line, program);
    const Streams streams{theirs, theirs, ::GetStdHandle(STD_ERROR_HANDLE)};
    // One at a time: what another start has opened just now must not be taken for what it leaves open.
    static std::mutex starting;
    const std::scoped_lock lock(starting);
    const auto started = start(application->c_str(), line, streams);
    close_what_wine_left_open(application->c_str());
    if (!started) {
        return propagate(started.error());
    }
    return std::move(pair->first);
}

}  // namespace wslplugins::platform
