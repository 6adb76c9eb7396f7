// SPDX-License-Identifier: MIT
#include "api/wslc/wslc_process_state.hpp"

#include "api/call_failure.hpp"

namespace wslplugins::detail {
namespace {

std::string name_of(abi::WSLCProcessFd which) {
    switch (which) {
        case abi::WSLCProcessFdStdin: return "standard input";
        case abi::WSLCProcessFdStdout: return "standard output";
        case abi::WSLCProcessFdStderr: return "standard error";
    }
    return "a stream";
}

}  // namespace

WslcProcessState::~WslcProcessState() {
    if (handle_ != nullptr && std::this_thread::get_id() == thread_) {
        api_->WSLCReleaseProcess(handle_);
    }
}

WinResult<> WslcProcessState::check_thread(const std::string& what) const {
    if (std::this_thread::get_id() != thread_) {
        return failure(HResult::wrong_thread,
                       what +
                           " was not tried: WSL ties a program's handle to the thread that started "
                           "it, and this is another; take streams and the exit event there, and "
                           "hand those over");
    }
    return {};
}

WinResult<platform::Socket> WslcProcessState::take(abi::WSLCProcessFd which) const {
    const std::string what = "Taking the " + name_of(which) + " of '" + path_ + "'";
    if (const auto good = check_thread(what); !good) {
        return propagate(good.error());
    }
    abi::HANDLE raw = nullptr;
    const HResult code(api_->WSLCProcessGetFd(handle_, which, &raw));
    if (code == HResult::invalid_state) {
        return failure(code, what + " failed: WSL hands it out once, and it was taken already");
    }
    if (code.is_failure()) {
        return call_failure(code, what);
    }
    platform::Socket socket(platform::socket_of(raw));
    // Else a full connection would keep a write past its deadline on Windows.
    if (const auto set = socket.set_blocking(false); !set) {
        return propagate(set.error());
    }
    return socket;
}

WinResult<platform::ExitEvent> WslcProcessState::exit_event() const {
    const std::string what = "Taking the exit event of '" + path_ + "'";
    if (const auto good = check_thread(what); !good) {
        return propagate(good.error());
    }
    abi::HANDLE raw = nullptr;
    const HResult code(api_->WSLCProcessGetExitEvent(handle_, &raw));
    if (code.is_failure()) {
        return call_failure(code, what);
    }
    return platform::ExitEvent(raw);
}

WinResult<int> WslcProcessState::exit_code() const {
    const std::string what = "Asking for the exit code of '" + path_ + "'";
    if (const auto good = check_thread(what); !good) {
        return propagate(good.error());
    }
    int exit_code = -1;
    const HResult code(api_->WSLCProcessGetExitCode(handle_, &exit_code));
    if (code == HResult::invalid_state) {
        return failure(code, what + " failed: the program still runs");
    }
    if (code.is_failure()) {
        return call_failure(code, what);
    }
    return exit_code;
}

}  // namespace wslplugins::detail
