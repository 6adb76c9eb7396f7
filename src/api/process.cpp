// SPDX-License-Identifier: MIT
#include <wslplugins/api/process.hpp>

#include "platform/socket.hpp"

namespace wslplugins {

Process::Process(abi::SOCKET socket) {
    platform::Socket owner(socket);  // closes it if there is no memory for the next line
    stream_ = std::make_unique<platform::Socket>(std::move(owner));
}

Process::Process(Process&&) noexcept = default;
Process& Process::operator=(Process&&) noexcept = default;
Process::~Process() = default;

WinResult<> Process::write(std::string_view bytes, Deadline deadline) {
    return stream_->send_all(std::as_bytes(std::span(bytes)), deadline);
}

WinResult<> Process::close_stdin() {
    return stream_->shutdown_send();
}

WinResult<std::size_t> Process::read(std::span<char> into, Deadline deadline) {
    return stream_->receive(std::as_writable_bytes(into), deadline);
}

abi::SOCKET Process::release() noexcept {
    return stream_->release();
}

}  // namespace wslplugins
