// SPDX-License-Identifier: MIT
#include "platform/peer_process.hpp"

#include <wslplugins/core/text.hpp>

// Before windows.h, which would bring an older one in.
#include <winsock2.h>

#include <windows.h>

#include <array>
#include <cstdlib>
#include <optional>

namespace wslplugins::platform {
namespace {

constexpr HResult stream_ended = HResult::from_win32(232);  // ERROR_NO_DATA

/// What stands in front of a message; the handles follow, then the message.
struct Header {
    std::uint32_t length = 0;
    std::uint32_t handles = 0;
};

/// A handle as it travels: a value in the receiver's own table, or what Winsock makes a socket of there.
struct TravellingHandle {
    HandleKind kind = HandleKind::Other;
    std::uint64_t value = 0;
    WSAPROTOCOL_INFOW socket{};
};

std::unexpected<Error> system_failure(const std::string& what) {
    const DWORD error = ::GetLastError();
    return failure(HResult::from_win32(error), what + " failed");
}

HANDLE as_handle(std::uintptr_t raw) noexcept {
    return reinterpret_cast<HANDLE>(raw);
}

WinResult<TravellingHandle> travelling(const HandleToCarry& handle, HANDLE peer) {
    TravellingHandle made;
    made.kind = handle.kind;
    if (handle.kind == HandleKind::Socket) {
        if (::WSADuplicateSocketW(
                reinterpret_cast<SOCKET>(handle.raw), ::GetProcessId(peer), &made.socket) != 0) {
            return failure(HResult::from_win32(static_cast<std::uint32_t>(::WSAGetLastError())),
                           "Giving a socket to a plugin's process failed");
        }
        return made;
    }
    HANDLE theirs = nullptr;
    if (!::DuplicateHandle(
            ::GetCurrentProcess(), handle.raw, peer, &theirs, 0, FALSE, DUPLICATE_SAME_ACCESS)) {
        return system_failure("Giving a handle to a plugin's process");
    }
    made.value = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(theirs));
    return made;
}

/// A socket of this process, of what WSADuplicateSocketW said about it.
WinResult<abi::SOCKET> made_here(WSAPROTOCOL_INFOW& duplicated) {
    const SOCKET socket = ::WSASocketW(FROM_PROTOCOL_INFO,
                                       FROM_PROTOCOL_INFO,
                                       FROM_PROTOCOL_INFO,
                                       &duplicated,
                                       0,
                                       WSA_FLAG_OVERLAPPED);
    if (socket == INVALID_SOCKET) {
        return failure(HResult::from_win32(static_cast<std::uint32_t>(::WSAGetLastError())),
                       "Taking a socket from the service failed");
    }
    return socket;
}

WinResult<CarriedHandle> arrived(TravellingHandle& travelling) {
    if (travelling.kind != HandleKind::Socket) {
        return CarriedHandle(HandleKind::Other,
                             as_handle(static_cast<std::uintptr_t>(travelling.value)));
    }
    const auto socket = made_here(travelling.socket);
    if (!socket) {
        return propagate(socket.error());
    }
    return CarriedHandle(HandleKind::Socket, reinterpret_cast<abi::HANDLE>(*socket));
}

template <class T>
std::span<const std::byte> bytes_of(const T& value) noexcept {
    return std::as_bytes(std::span(&value, 1));
}

/// Owns a handle of the parent's side.
class Owned {
public:
    explicit Owned(HANDLE raw = nullptr) noexcept : raw_(raw) {}
    Owned(Owned&& other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}
    Owned& operator=(Owned&&) = delete;
    ~Owned() {
        if (raw_ != nullptr) {
            ::CloseHandle(raw_);
        }
    }

    [[nodiscard]] HANDLE get() const noexcept { return raw_; }

private:
    HANDLE raw_;
};

/// A job whose processes end with its last handle, which this process has.
WinResult<Owned> ending_job() {
    Owned job(::CreateJobObjectW(nullptr, nullptr));
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    if (job.get() == nullptr ||
        !::SetInformationJobObject(
            job.get(), JobObjectExtendedLimitInformation, &limits, sizeof limits)) {
        return system_failure("Making a job for a plugin's process");
    }
    return job;
}

/// The handles that the child inherits, and nothing else of this process.
class InheritedHandles {
public:
    explicit InheritedHandles(std::span<HANDLE> handles) {
        SIZE_T size = 0;
        (void)::InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
        buffer_.resize(size);
        is_good_ = ::InitializeProcThreadAttributeList(get(), 1, 0, &size) != FALSE;
        is_good_ = is_good_ && ::UpdateProcThreadAttribute(get(),
                                                           0,
                                                           PROC_THREAD_ATTRIBUTE_HANDLE_LIST,
                                                           handles.data(),
                                                           handles.size_bytes(),
                                                           nullptr,
                                                           nullptr);
    }
    InheritedHandles(const InheritedHandles&) = delete;
    InheritedHandles& operator=(const InheritedHandles&) = delete;
    ~InheritedHandles() {
        if (is_good_) {
            ::DeleteProcThreadAttributeList(get());
        }
    }

    [[nodiscard]] bool is_good() const noexcept { return is_good_; }
    [[nodiscard]] LPPROC_THREAD_ATTRIBUTE_LIST get() noexcept {
        return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(buffer_.data());
    }

private:
    std::vector<std::byte> buffer_;
    bool is_good_ = false;
};

/// Starts the program, which waits before its first step, with `input` as its standard input.
WinResult<PROCESS_INFORMATION>
start_waiting(const std::string& path, HANDLE input, const PeerStart& how) {
    const auto wide = to_utf16_for_wsl(path);
    std::string words = '"' + path + '"';
    for (const std::string& argument : how.arguments) {
        words += ' ' + argument;
    }
    auto line = to_utf16_for_wsl(words);
    if (!wide || !line) {
        return propagate(wide ? line.error() : wide.error());
    }
    if (!::SetHandleInformation(input, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT)) {
        return system_failure("Making a connection inheritable");
    }
    std::array<HANDLE, 1> inherited{input};
    InheritedHandles list(inherited);
    STARTUPINFOEXW startup{};
    startup.StartupInfo.cb = sizeof startup;
    startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
    startup.StartupInfo.hStdInput = input;
    startup.lpAttributeList = list.get();
    PROCESS_INFORMATION process{};
    if (!list.is_good() ||
        !::CreateProcessW(wide->c_str(),
                          line->data(),
                          nullptr,
                          nullptr,
                          TRUE,
                          CREATE_SUSPENDED | CREATE_NO_WINDOW | EXTENDED_STARTUPINFO_PRESENT,
                          nullptr,
                          nullptr,
                          &startup.StartupInfo,
                          &process)) {
        return system_failure("Starting '" + path + "'");
    }
    return process;
}

}  // namespace

CarriedHandle::~CarriedHandle() {
    if (raw_ == nullptr) {
        return;
    }
    if (kind_ == HandleKind::Socket) {
        (void)::closesocket(reinterpret_cast<SOCKET>(raw_));
    } else {
        (void)::CloseHandle(raw_);
    }
}

WinResult<> PeerChannel::send(std::span<const std::byte> message,
                              std::span<const HandleToCarry> handles) {
    if (message.size() > limit || handles.size() > most_handles) {
        return failure(HResult::invalid_argument,
                       "A message of " + std::to_string(message.size()) +
                           " bytes is too long for a plugin's process");
    }
    const Header header{static_cast<std::uint32_t>(message.size()),
                        static_cast<std::uint32_t>(handles.size())};
    const std::scoped_lock lock(sending_);
    std::vector<std::byte> all(bytes_of(header).begin(), bytes_of(header).end());
    for (const HandleToCarry& handle : handles) {
        const auto made = travelling(handle, as_handle(peer_));
        if (!made) {
            return propagate(made.error());
        }
        all.insert(all.end(), bytes_of(*made).begin(), bytes_of(*made).end());
    }
    all.insert(all.end(), message.begin(), message.end());
    return connection_.send_all(all);
}

WinResult<> PeerChannel::receive_whole(std::span<std::byte> into) {
    if (!ending_.second.is_open()) {
        return connection_.receive_exactly(into);
    }
    while (!into.empty()) {
        std::array<Awaited, 2> awaited{{{&connection_}, {&ending_.second}}};
        if (auto ready = wait_for_any(awaited, {}); !ready) {
            return ready;
        }
        if (!awaited[0].is_ready && awaited[1].is_ready) {
            return failure(stream_ended, "The other process has ended");
        }
        if (!awaited[0].is_ready) {
            continue;
        }
        const auto count = connection_.receive(into);
        if (!count || *count == 0) {
            return count ? failure(stream_ended, "The other process has closed the connection")
                         : propagate(count.error());
        }
        into = into.subspan(*count);
    }
    return {};
}

void PeerChannel::end_after_arrived() noexcept {
    (void)::shutdown(static_cast<SOCKET>(ending_.first.raw()), SD_SEND);
}

WinResult<PeerChannel::Received> PeerChannel::receive() {
    Header header;
    if (auto got = receive_whole(std::as_writable_bytes(std::span(&header, 1))); !got) {
        return propagate(std::move(got.error()));
    }
    if (header.length > limit || header.handles > most_handles) {
        return failure(stream_ended, "The other process sent no message");
    }
    Received received;
    for (std::uint32_t i = 0; i < header.handles; ++i) {
        TravellingHandle travelling;
        if (auto got = receive_whole(std::as_writable_bytes(std::span(&travelling, 1))); !got) {
            return propagate(std::move(got.error()));
        }
        auto handle = arrived(travelling);
        if (!handle) {
            return propagate(std::move(handle.error()));
        }
        received.handles.push_back(std::move(*handle));
    }
    received.message.resize(header.length);
    if (auto got = receive_whole(received.message); !got) {
        return propagate(std::move(got.error()));
    }
    return received;
}

void PeerChannel::shut() noexcept {
    (void)::shutdown(static_cast<SOCKET>(connection_.raw()), SD_BOTH);
    // That alone wakes nobody who waits for data.
    end_after_arrived();
}

class PeerProcess::State {
public:
    State(Socket connection,
          SocketPair ending,
          const PROCESS_INFORMATION& started,
          Owned job) noexcept
        : channel(std::move(connection),
                  reinterpret_cast<std::uintptr_t>(started.hProcess),
                  std::move(ending)),
          process_(started.hProcess), pid_(started.dwProcessId), job_(std::move(job)) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        (void)finish(std::chrono::steady_clock::now());
        if (watch_ != nullptr) {
            (void)::UnregisterWaitEx(watch_, INVALID_HANDLE_VALUE);
        }
    }

    /// Lets `receive` know when the process ends. Its end of the connection closes then too, but under Wine not always:
    /// the server may keep a socket that a thread was using.
    [[nodiscard]] bool watch() noexcept {
        const auto on_end = [](void* ended, BOOLEAN) {
            static_cast<PeerChannel*>(ended)->end_after_arrived();
        };
        return ::RegisterWaitForSingleObject(
                   &watch_, process_.get(), on_end, &channel, INFINITE, WT_EXECUTEONLYONCE) !=
               FALSE;
    }

    [[nodiscard]] std::uint32_t pid() const noexcept { return pid_; }

    int finish(Deadline deadline) {
        if (!exit_code_) {
            const auto left = deadline ? std::chrono::ceil<std::chrono::milliseconds>(
                                             *deadline - std::chrono::steady_clock::now())
                                             .count()
                                       : 0;
            const DWORD wait = deadline ? static_cast<DWORD>(left > 0 ? left : 0) : INFINITE;
            if (::WaitForSingleObject(process_.get(), wait) != WAIT_OBJECT_0) {
                (void)::TerminateJobObject(job_.get(), 1);
                (void)::WaitForSingleObject(process_.get(), INFINITE);
            }
            DWORD exit_code = 0;
            (void)::GetExitCodeProcess(process_.get(), &exit_code);
            exit_code_ = static_cast<int>(exit_code);
        }
        return *exit_code_;
    }

    PeerChannel channel;

private:
    const Owned process_;
    const DWORD pid_;
    const Owned job_;
    HANDLE watch_ = nullptr;
    std::optional<int> exit_code_;
};

WinResult<PeerProcess> PeerProcess::start(const std::string& path, const PeerStart& how) {
    if (auto started = start_sockets(); !started) {
        return propagate(std::move(started.error()));
    }
    auto pair = connected_pair();
    auto ending = connected_pair();
    if (!pair || !ending) {
        return propagate(std::move(pair ? ending.error() : pair.error()));
    }
    auto job = ending_job();
    if (!job) {
        return propagate(job.error());
    }
    const auto started = start_waiting(path, as_handle(pair->second.raw()), how);
    if (!started) {
        return propagate(started.error());
    }
    const Owned thread(started->hThread);
    const bool is_in_job = ::AssignProcessToJobObject(job->get(), started->hProcess) != FALSE;
    auto state = std::make_unique<State>(
        std::move(pair->first), std::move(*ending), *started, std::move(*job));
    if (!is_in_job || !state->watch()) {
        (void)::TerminateProcess(started->hProcess, 1);
        return system_failure("Tying a plugin's process to this one");
    }
    (void)::ResumeThread(thread.get());
    return PeerProcess(std::move(state));
}

PeerProcess::PeerProcess(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
PeerProcess::PeerProcess(PeerProcess&&) noexcept = default;
PeerProcess::~PeerProcess() = default;

PeerChannel& PeerProcess::channel() noexcept {
    return state_->channel;
}

std::uint32_t PeerProcess::pid() const noexcept {
    return state_->pid();
}

int PeerProcess::finish(Deadline deadline) {
    return state_->finish(deadline);
}

WinResult<std::unique_ptr<PeerChannel>> channel_to_parent() {
    if (auto started = start_sockets(); !started) {
        return propagate(std::move(started.error()));
    }
    const HANDLE input = ::GetStdHandle(STD_INPUT_HANDLE);
    WSAPROTOCOL_INFOW protocol{};
    if (::GetFileType(input) != FILE_TYPE_PIPE ||
        !::SetHandleInformation(input, HANDLE_FLAG_INHERIT, 0) ||
        ::WSADuplicateSocketW(
            reinterpret_cast<SOCKET>(input), ::GetCurrentProcessId(), &protocol) != 0) {
        return failure(
            HResult::from_win32(ERROR_INVALID_HANDLE),
            "This program is started by the test host only: it has no connection to one");
    }
    (void)::SetStdHandle(STD_INPUT_HANDLE, nullptr);
    // Wine's Winsock waits for and asks about the sockets alone that it made in this process, so one is made of the
    // inherited handle. That one stays open, since the C runtime has it as its standard input.
    auto connection = made_here(protocol);
    if (!connection) {
        return propagate(std::move(connection.error()));
    }
    return std::make_unique<PeerChannel>(Socket(*connection), 0);
}

std::string ending_in_words(int exit_code) {
    return to_string(HResult::from_bits(static_cast<std::uint32_t>(exit_code)));
}

void end_this_process(int exit_code) noexcept {
    (void)::TerminateProcess(::GetCurrentProcess(), static_cast<UINT>(exit_code));
    // Not reached: it ends the process that calls it.
    std::abort();
}

}  // namespace wslplugins::platform
