// SPDX-License-Identifier: MIT
#include "platform/peer_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace wslplugins::platform {
namespace {

/// Where the child finds its end.
constexpr int channel_descriptor = 3;

constexpr HResult stream_ended = HResult::from_win32(232);  // ERROR_NO_DATA

/// What stands in front of a message.
struct Header {
    std::uint32_t length = 0;
    std::uint32_t handles = 0;
};

using ControlBuffer = std::array<std::byte, CMSG_SPACE(PeerChannel::most_handles * sizeof(int))>;

int descriptor_of(abi::HANDLE handle) noexcept {
    return static_cast<int>(reinterpret_cast<std::uintptr_t>(handle));
}

std::unexpected<Error> system_failure(const char* what) {
    const int error = errno;
    return failure(HResult::from_errno(error),
                   std::string(what) + " failed: " + std::strerror(error));
}

/// Puts the descriptors into the control part of a message.
void attach(msghdr& message,
            ControlBuffer& buffer,
            std::span<const HandleToCarry> handles) noexcept {
    if (handles.empty()) {
        return;
    }
    std::array<int, PeerChannel::most_handles> descriptors{};
    for (std::size_t i = 0; i < handles.size(); ++i) {
        descriptors[i] = descriptor_of(handles[i].raw);
    }
    message.msg_control = buffer.data();
    message.msg_controllen = CMSG_SPACE(handles.size() * sizeof(int));
    cmsghdr* const control = CMSG_FIRSTHDR(&message);
    control->cmsg_level = SOL_SOCKET;
    control->cmsg_type = SCM_RIGHTS;
    control->cmsg_len = CMSG_LEN(handles.size() * sizeof(int));
    std::memcpy(CMSG_DATA(control), descriptors.data(), handles.size() * sizeof(int));
}

/// Takes the descriptors out of a received message.
void detach(msghdr& message, std::vector<CarriedHandle>& handles) {
    for (cmsghdr* control = CMSG_FIRSTHDR(&message); control != nullptr;
         control = CMSG_NXTHDR(&message, control)) {
        if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS) {
            continue;
        }
        const std::size_t count = (control->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int descriptor = -1;
            std::memcpy(&descriptor, CMSG_DATA(control) + i * sizeof(int), sizeof descriptor);
            handles.emplace_back(
                HandleKind::Other,
                reinterpret_cast<abi::HANDLE>(static_cast<std::uintptr_t>(descriptor)));
        }
    }
}

}  // namespace

CarriedHandle::~CarriedHandle() {
    if (raw_ != nullptr) {
        (void)::close(descriptor_of(raw_));
    }
}

WinResult<> PeerChannel::send(std::span<const std::byte> message,
                              std::span<const HandleToCarry> handles) {
    if (message.size() > limit || handles.size() > most_handles) {
        return failure(HResult::invalid_argument,
                       "A message of " + std::to_string(message.size()) +
                           " bytes is too long for a plugin's process");
    }
    const std::scoped_lock lock(sending_);
    Header header{static_cast<std::uint32_t>(message.size()),
                  static_cast<std::uint32_t>(handles.size())};
    // The descriptors go with the header's first byte.
    iovec part{&header, sizeof header};
    ControlBuffer buffer{};
    msghdr first{};
    first.msg_iov = &part;
    first.msg_iovlen = 1;
    attach(first, buffer, handles);
    while (true) {
        const ssize_t count = ::sendmsg(static_cast<int>(connection_.raw()), &first, MSG_NOSIGNAL);
        if (count == static_cast<ssize_t>(sizeof header)) {
            return connection_.send_all(message);
        }
        if (count >= 0 || errno != EINTR) {
            return system_failure("Sending to a plugin's process");
        }
    }
}

WinResult<PeerChannel::Received> PeerChannel::receive() {
    Received received;
    Header header;
    std::size_t have = 0;
    while (have < sizeof header) {
        iovec part{reinterpret_cast<std::byte*>(&header) + have, sizeof header - have};
        ControlBuffer buffer{};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = buffer.data();
        message.msg_controllen = buffer.size();
        const ssize_t count =
            ::recvmsg(static_cast<int>(connection_.raw()), &message, MSG_CMSG_CLOEXEC);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return failure(stream_ended, "The other process has ended");
        }
        detach(message, received.handles);
        have += static_cast<std::size_t>(count);
    }
    if (header.length > limit || header.handles != received.handles.size()) {
        return failure(stream_ended, "The other process sent no message");
    }
    received.message.resize(header.length);
    if (auto rest = connection_.receive_exactly(received.message); !rest) {
        return propagate(std::move(rest.error()));
    }
    return received;
}

void PeerChannel::shut() noexcept {
    (void)::shutdown(static_cast<int>(connection_.raw()), SHUT_RDWR);
}

class PeerProcess::State {
public:
    State(Socket connection, pid_t child) noexcept
        : channel(std::move(connection), 0), child_(child) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { (void)finish(std::chrono::steady_clock::now()); }

    [[nodiscard]] std::uint32_t pid() const noexcept { return static_cast<std::uint32_t>(child_); }

    int finish(Deadline deadline) {
        if (!exit_code_) {
            if (!ends_until(deadline)) {
                (void)::kill(child_, SIGKILL);
            }
            int status = 0;
            while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
            }
            exit_code_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
        }
        return *exit_code_;
    }

    PeerChannel channel;

private:
    [[nodiscard]] bool ends_until(Deadline deadline) const {
        if (!deadline) {
            return true;
        }
        const int descriptor = static_cast<int>(::syscall(SYS_pidfd_open, child_, 0));
        if (descriptor < 0) {
            return false;
        }
        int ready = 0;
        do {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(
                *deadline - std::chrono::steady_clock::now());
            pollfd awaited{descriptor, POLLIN, 0};
            ready = ::poll(&awaited, 1, left.count() > 0 ? static_cast<int>(left.count()) : 0);
        } while (ready < 0 && errno == EINTR);
        (void)::close(descriptor);
        return ready > 0;
    }

    const pid_t child_;
    std::optional<int> exit_code_;
};

WinResult<PeerProcess> PeerProcess::start(const std::string& path, const PeerStart& how) {
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) < 0) {
        return system_failure("Making a connection for a plugin's process");
    }
    Socket ours(static_cast<abi::SOCKET>(ends[0]));
    const Socket theirs(static_cast<abi::SOCKET>(ends[1]));
    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], channel_descriptor);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::vector<std::string> words{path};
    words.insert(words.end(), how.arguments.begin(), how.arguments.end());
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    pid_t child = 0;
    const int error =
        ::posix_spawn(&child, path.c_str(), &actions, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) {
        return failure(HResult::from_errno(error),
                       "Starting '" + path + "' failed: " + std::strerror(error));
    }
    return PeerProcess(std::make_unique<State>(std::move(ours), child));
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
    int domain = 0;
    socklen_t size = sizeof domain;
    if (::getsockopt(channel_descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size) < 0 ||
        domain != AF_UNIX || ::fcntl(channel_descriptor, F_SETFD, FD_CLOEXEC) < 0) {
        return failure(
            HResult::from_win32(6),  // ERROR_INVALID_HANDLE
            "This program is started by the test host only: it has no connection to one");
    }
    return std::make_unique<PeerChannel>(Socket(channel_descriptor), 0);
}

std::string ending_in_words(int exit_code) {
    if (exit_code <= 128) {
        return "exit code " + std::to_string(exit_code);
    }
    const char* const name = ::strsignal(exit_code - 128);
    return "signal " + std::to_string(exit_code - 128) +
           (name == nullptr ? std::string() : " (" + std::string(name) + ")");
}

void end_this_process(int exit_code) noexcept {
    ::_exit(exit_code);
}

}  // namespace wslplugins::platform
