// SPDX-License-Identifier: MIT
/// @file
/// WSL's handle of a container program, shared by all that must not outlive it.
#pragma once

#include "platform/exit_event.hpp"
#include "platform/socket.hpp"

#include <wslplugins/abi/api_v1.hpp>
#include <wslplugins/core/result.hpp>

#include <memory>
#include <string>
#include <thread>

namespace wslplugins::detail {

/// Belongs to the thread that makes it. The calls are refused on any other, and the last owner's end there
/// leaves the handle to WSL.
class WslcProcessState {
public:
    WslcProcessState(const abi::WSLPluginAPIV1* api, std::string path)
        : api_(api), path_(std::move(path)) {}
    WslcProcessState(const WslcProcessState&) = delete;
    WslcProcessState& operator=(const WslcProcessState&) = delete;
    ~WslcProcessState();

    /// Where WSL puts the handle, once.
    [[nodiscard]] abi::WSLCProcessHandle* handle_place() noexcept { return &handle_; }
    [[nodiscard]] abi::WSLCProcessHandle handle() const noexcept { return handle_; }
    [[nodiscard]] const std::string& path() const noexcept { return path_; }

    [[nodiscard]] WinResult<platform::Socket> take(abi::WSLCProcessFd which) const;
    [[nodiscard]] WinResult<platform::ExitEvent> exit_event() const;
    [[nodiscard]] WinResult<int> exit_code() const;

private:
    [[nodiscard]] WinResult<> check_thread(const std::string& what) const;

    const abi::WSLPluginAPIV1* api_;
    abi::WSLCProcessHandle handle_ = nullptr;
    std::thread::id thread_ = std::this_thread::get_id();
    std::string path_;
};

// The handle's owner stands first, so that it goes last: WSL wants it released when all else is closed.

struct WslcStreamState {
    std::shared_ptr<const WslcProcessState> process;
    platform::Socket socket;
};

struct WslcExitEventState {
    std::shared_ptr<const WslcProcessState> process;
    platform::ExitEvent event;
};

}  // namespace wslplugins::detail
