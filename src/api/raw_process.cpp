// SPDX-License-Identifier: MIT
#include <wslplugins/api/raw_process.hpp>

#include "platform/socket.hpp"

namespace wslplugins {

RawProcess::RawProcess(abi::SOCKET socket) {
    platform::Socket owner(socket);  // closes it if there is no memory for the next line
    stream_ = std::make_unique<platform::Socket>(std::move(owner));
}

RawProcess::RawProcess(RawProcess&&) noexcept = default;
RawProcess& RawProcess::operator=(RawProcess&&) noexcept = default;
RawProcess::~RawProcess() = default;

WinResult<> RawProcess::write(std::string_view bytes, Deadline deadline) {
    if (deadline) {
        if (const auto set = stream_->set_blocking(false); !set) {
            return propagate(set.error());
        }
    }
    return stream_->send_all(std::as_bytes(std::span(bytes)), deadline);
}

WinResult<> RawProcess::close_stdin() {
    return stream_->shutdown_send();
}

WinResult<std::size_t> RawProcess::read(std::span<char> into, Deadline deadline) {
    return stream_->receive(std::as_writable_bytes(into), deadline);
}

abi::SOCKET RawProcess::release() noexcept {
    // The caller gets it as WSL handed it out; one that is broken shows that at the next call anyway.
    (void)stream_->set_blocking(true);
    return stream_->release();
}

}  // namespace wslplugins
