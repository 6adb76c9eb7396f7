// SPDX-License-Identifier: MIT
/// @file
/// `WslcVm`: one virtual machine of a container session, with its mounts and its programs.
#pragma once

#include "testhost/background_threads.hpp"
#include "testhost/machine/machine.hpp"
#include "testhost/wslc/wslc_process.hpp"

#include <set>

namespace wslplugins::testhost {

/// The exit code of what ends with its machine: 128 and SIGKILL.
inline constexpr int killed_with_machine = 137;

class WslcVm {
public:
    [[nodiscard]] static WinResult<std::shared_ptr<WslcVm>> start(const ServiceOptions& options);

    WslcVm(const WslcVm&) = delete;
    WslcVm& operator=(const WslcVm&) = delete;
    ~WslcVm() { stop(); }

    /// @return ERROR_ALREADY_EXISTS when that very text is mounted already, E_FAIL, E_ABORT.
    [[nodiscard]] HResult
    mount(const std::string& host_folder, const std::string& mountpoint, bool read_only);

    /// @return ERROR_NOT_FOUND for a text that is not mounted. What cannot be taken away stays registered.
    [[nodiscard]] HResult unmount(const std::string& mountpoint);

    /// Starts a program for a plugin; how it ends is taken note of.
    [[nodiscard]] WinResult<std::shared_ptr<WslcProcess>>
    create_process(const ProcessRequest& request);

    [[nodiscard]] Machine& machine() noexcept { return *machine_; }

    /// Nobody learns any more how the programs end.
    void lose_server();

    /// Ends everything in the machine. Every program of a plugin's that still runs has ended with it.
    void stop();

private:
    explicit WslcVm(std::shared_ptr<Machine> machine) noexcept : machine_(std::move(machine)) {}

    void watch(const std::shared_ptr<WslcProcess>& process);

    const std::shared_ptr<Machine> machine_;
    std::mutex lock_;
    std::set<std::string> mounts_;
    std::vector<std::weak_ptr<WslcProcess>> processes_;
    BackgroundThreads watchers_;
};

}  // namespace wslplugins::testhost
