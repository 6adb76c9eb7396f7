// SPDX-License-Identifier: MIT
#include <wslplugins/api/wslc/wslc_stream.hpp>

#include "api/wslc/wslc_process_state.hpp"

namespace wslplugins {
namespace {

std::unexpected<Error> closed(const detail::WslcStreamState& state, const char* what) {
    return failure(HResult::invalid_state,
                   std::string(what) + " '" + state.process->path() +
                       "' was not tried: the plugin has closed the stream");
}

}  // namespace

WslcInput::WslcInput(std::unique_ptr<detail::WslcStreamState> state) noexcept
    : state_(std::move(state)) {}
WslcInput::WslcInput(WslcInput&&) noexcept = default;
WslcInput& WslcInput::operator=(WslcInput&&) noexcept = default;
WslcInput::~WslcInput() = default;

WinResult<> WslcInput::write(std::string_view bytes, Deadline deadline) {
    if (!state_->socket.is_open()) {
        return closed(*state_, "Writing to");
    }
    return state_->socket.send_all(std::as_bytes(std::span(bytes)), deadline);
}

void WslcInput::close() noexcept {
    state_->socket.close();
}

abi::HANDLE WslcInput::raw() const noexcept {
    return platform::handle_of(state_->socket.raw());
}

WslcOutput::WslcOutput(std::unique_ptr<detail::WslcStreamState> state) noexcept
    : state_(std::move(state)) {}
WslcOutput::WslcOutput(WslcOutput&&) noexcept = default;
WslcOutput& WslcOutput::operator=(WslcOutput&&) noexcept = default;
WslcOutput::~WslcOutput() = default;

WinResult<std::size_t> WslcOutput::read(std::span<char> into, Deadline deadline) {
    if (!state_->socket.is_open()) {
        return closed(*state_, "Reading from");
    }
    return state_->socket.receive(std::as_writable_bytes(into), deadline);
}

void WslcOutput::close() noexcept {
    state_->socket.close();
}

abi::HANDLE WslcOutput::raw() const noexcept {
    return platform::handle_of(state_->socket.raw());
}

}  // namespace wslplugins
