// SPDX-License-Identifier: MIT
#include <wslplugins/api/wslc/wslc_process.hpp>

#include "api/wslc/wslc_process_state.hpp"

namespace wslplugins {
namespace {

using State = std::shared_ptr<detail::WslcProcessState>;

template <class Stream>
WinResult<Stream> take(const State& process, abi::WSLCProcessFd which) {
    // What may fail for want of memory comes before what can be had only once.
    auto state = std::make_unique<detail::WslcStreamState>();
    auto socket = process->take(which);
    if (!socket) {
        return propagate(std::move(socket.error()));
    }
    state->process = process;
    state->socket = std::move(*socket);
    return Stream(std::move(state));
}

ExitStatus status_of(int exit_code) noexcept {
    constexpr int signal_base = 128;
    constexpr int last_signal = 64;
    const bool is_signal = exit_code > signal_base && exit_code <= signal_base + last_signal;
    return is_signal ? ExitStatus::killed(exit_code - signal_base) : ExitStatus::exited(exit_code);
}

}  // namespace

WslcExitEvent::WslcExitEvent(std::unique_ptr<detail::WslcExitEventState> state) noexcept
    : state_(std::move(state)) {}
WslcExitEvent::WslcExitEvent(WslcExitEvent&&) noexcept = default;
WslcExitEvent& WslcExitEvent::operator=(WslcExitEvent&&) noexcept = default;
WslcExitEvent::~WslcExitEvent() = default;

WinResult<> WslcExitEvent::wait(Deadline deadline) const {
    auto waited = state_->event.wait(deadline);
    if (!waited && waited.error().code() == HResult::timeout) {
        return failure(HResult::timeout,
                       "'" + state_->process->path() +
                           "' did not end before the deadline; it still runs");
    }
    return waited;
}

abi::HANDLE WslcExitEvent::raw() const noexcept {
    return state_->event.raw();
}

WslcProcess::WslcProcess(State state) noexcept : state_(std::move(state)) {}
WslcProcess::WslcProcess(WslcProcess&&) noexcept = default;
WslcProcess& WslcProcess::operator=(WslcProcess&&) noexcept = default;
WslcProcess::~WslcProcess() = default;

WinResult<WslcInput> WslcProcess::take_stdin() {
    return take<WslcInput>(state_, abi::WSLCProcessFdStdin);
}

WinResult<WslcOutput> WslcProcess::take_stdout() {
    return take<WslcOutput>(state_, abi::WSLCProcessFdStdout);
}

WinResult<WslcOutput> WslcProcess::take_stderr() {
    return take<WslcOutput>(state_, abi::WSLCProcessFdStderr);
}

WinResult<WslcExitEvent> WslcProcess::exit_event() const {
    auto state = std::make_unique<detail::WslcExitEventState>();
    auto event = state_->exit_event();
    if (!event) {
        return propagate(std::move(event.error()));
    }
    state->process = state_;
    state->event = std::move(*event);
    return WslcExitEvent(std::move(state));
}

WinResult<ExitStatus> WslcProcess::exit_status() const {
    const auto exit_code = state_->exit_code();
    if (!exit_code) {
        return propagate(exit_code.error());
    }
    return status_of(*exit_code);
}

WinResult<ExitStatus> WslcProcess::wait(Deadline deadline) const {
    const auto ended = exit_event();
    if (!ended) {
        return propagate(ended.error());
    }
    if (const auto waited = ended->wait(deadline); !waited) {
        return propagate(waited.error());
    }
    return exit_status();
}

abi::WSLCProcessHandle WslcProcess::raw() const noexcept {
    return state_->handle();
}

}  // namespace wslplugins
