// SPDX-License-Identifier: MIT
/// @file
/// `PeerProcess`: another program of this project as a child, and `PeerChannel`, the private connection with it.
///
/// The child inherits its end of the connection, so nothing secret stands on a command line and nobody else can
/// connect. The connection carries messages, and handles with them, from the parent to the child.
#pragma once

#include "platform/socket.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::platform {

/// Windows gives sockets to another process in another way than other handles.
enum class HandleKind : std::uint8_t { Socket, Other };

/// Owns a handle that was, or is to be, carried from one process to another. Where there is no Windows a HANDLE is
/// the number of a file descriptor (`exit_event.hpp`).
class CarriedHandle {
public:
    CarriedHandle(HandleKind kind, abi::HANDLE raw) noexcept : kind_(kind), raw_(raw) {}
    CarriedHandle(CarriedHandle&& other) noexcept : kind_(other.kind_), raw_(other.release()) {}
    CarriedHandle& operator=(CarriedHandle&& other) noexcept {
        std::swap(kind_, other.kind_);
        std::swap(raw_, other.raw_);
        return *this;
    }
    ~CarriedHandle();

    [[nodiscard]] HandleKind kind() const noexcept { return kind_; }
    [[nodiscard]] abi::HANDLE raw() const noexcept { return raw_; }

    /// Gives the handle away: the caller closes it.
    [[nodiscard]] abi::HANDLE release() noexcept { return std::exchange(raw_, nullptr); }

private:
    HandleKind kind_;
    abi::HANDLE raw_;
};

/// A handle that is sent; it stays the sender's.
struct HandleToCarry {
    HandleKind kind = HandleKind::Other;
    abi::HANDLE raw = nullptr;
};

/// One end of the connection. Any thread may send; one thread receives.
class PeerChannel {
public:
    /// A message and the handles that came with it.
    struct Received {
        std::vector<std::byte> message;
        std::vector<CarriedHandle> handles;
    };

    /// @param peer the process that handles are made for, as the platform names it; 0 at the child's end.
    /// @param ending what wakes who waits in `receive`; not open where the connection itself does.
    PeerChannel(Socket connection, std::uintptr_t peer, SocketPair ending = {}) noexcept
        : connection_(std::move(connection)), peer_(peer), ending_(std::move(ending)) {}

    /// Sends one message of at most `limit` bytes, whole. On Windows a socket that is sent must stay open until the
    /// receiver has taken it.
    [[nodiscard]] WinResult<> send(std::span<const std::byte> message,
                                   std::span<const HandleToCarry> handles = {});

    /// Waits for the next message. @return ERROR_NO_DATA at the end of the connection, or where something came
    /// that is no message.
    [[nodiscard]] WinResult<Received> receive();

    /// Ends the connection for both sides: who waits in `receive` returns.
    void shut() noexcept;

    /// The longest message.
    static constexpr std::size_t limit = std::size_t{32} * 1024 * 1024;
    static constexpr std::size_t most_handles = 4;

private:
    friend class PeerProcess;

    /// On Windows: `receive` finds the end behind what has arrived so far.
    void end_after_arrived() noexcept;
    [[nodiscard]] WinResult<> receive_whole(std::span<std::byte> into);

    Socket connection_;
    [[maybe_unused]] std::uintptr_t peer_;  // only Windows makes handles for a certain process
    SocketPair ending_;
    std::mutex sending_;
};

/// How the child is started.
struct PeerStart {
    std::vector<std::string> arguments = {};  ///< Behind its name; words without spaces and quotes.
};

/// Owns the child: it does not outlive this object, and no end of this process.
class PeerProcess {
public:
    /// Starts the program at `path` with nothing on its standard input. Its standard output and error are this
    /// process's; on Windows it has none.
    [[nodiscard]] static WinResult<PeerProcess> start(const std::string& path,
                                                      const PeerStart& how = {});

    PeerProcess(PeerProcess&&) noexcept;
    PeerProcess& operator=(PeerProcess&&) = delete;
    ~PeerProcess();

    [[nodiscard]] PeerChannel& channel() noexcept;
    [[nodiscard]] std::uint32_t pid() const noexcept;

    /// Waits until it has ended; ends it when the deadline passes first. @return its exit code: as shells say it,
    /// 128 and the signal's number for one that a signal ended; on Windows the code itself.
    int finish(Deadline deadline);

private:
    class State;
    explicit PeerProcess(std::unique_ptr<State> state) noexcept;

    std::unique_ptr<State> state_;
};

/// In a program that `PeerProcess` started: the other end. Call it once, before any other code reads the standard
/// input. What this process starts does not inherit it.
[[nodiscard]] WinResult<std::unique_ptr<PeerChannel>> channel_to_parent();

/// What an exit code of `PeerProcess::finish` says of how a process ended, such as `signal 11 (Segmentation fault)`.
[[nodiscard]] std::string ending_in_words(int exit_code);

/// Ends this process at once: nothing else of it runs any more, no destructor either.
[[noreturn]] void end_this_process(int exit_code) noexcept;

}  // namespace wslplugins::platform
