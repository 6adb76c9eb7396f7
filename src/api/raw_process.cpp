// SPDX-License-Identifier: MIT
#include <wslplugins/api/raw_process.hpp>

#include "platform/socket.hpp"

#include <utility>

namespace wslplugins {
namespace {

/// A socket for one operation; it stays the process's.
class Lent {
public:
    explicit Lent(abi::SOCKET socket) noexcept : socket_(socket) {}
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    ~Lent() { (void)socket_.release(); }

    [[nodiscard]] platform::Socket* operator->() noexcept { return &socket_; }

private:
    platform::Socket socket_;
};

}  // namespace

RawProcess::RawProcess(abi::SOCKET socket) noexcept : stream_(socket) {}

RawProcess::RawProcess(RawProcess&& other) noexcept
    : stream_(std::exchange(other.stream_, platform::invalid_socket)) {}

RawProcess& RawProcess::operator=(RawProcess&& other) noexcept {
    if (this != &other) {
        const platform::Socket old(
            std::exchange(stream_, std::exchange(other.stream_, platform::invalid_socket)));
    }
    return *this;
}

RawProcess::~RawProcess() {
    const platform::Socket closed(stream_);
}

WinResult<> RawProcess::write(std::string_view bytes, Deadline deadline) {
    Lent stream(stream_);
    if (deadline) {
        if (const auto set = stream->set_blocking(false); !set) {
            return propagate(set.error());
        }
    }
    return stream->send_all(std::as_bytes(std::span(bytes)), deadline);
}

WinResult<> RawProcess::close_stdin() {
    return Lent(stream_)->shutdown_send();
}

WinResult<std::size_t> RawProcess::read(std::span<char> into, Deadline deadline) {
    return Lent(stream_)->receive(std::as_writable_bytes(into), deadline);
}

abi::SOCKET RawProcess::release() noexcept {
    // The caller gets it as WSL handed it out; one that is broken shows that at the next call anyway.
    (void)Lent(stream_)->set_blocking(true);
    return std::exchange(stream_, platform::invalid_socket);
}

}  // namespace wslplugins
