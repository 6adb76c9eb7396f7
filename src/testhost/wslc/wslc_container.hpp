// SPDX-License-Identifier: MIT
/// @file
/// `WslcContainer`: a container, which runs its program in a throwaway root of its own.
#pragma once

#include "testhost/wslc/wslc_document.hpp"
#include "testhost/wslc/wslc_session.hpp"

#include <wslplugins/testhost/user.hpp>

#include <chrono>

namespace wslplugins::testhost {

class WslcStorage;

/// One exclusive lock is held through starting, stopping and removing, hooks included, as in the real service.
class WslcContainer : public std::enable_shared_from_this<WslcContainer> {
public:
    /// `storage` outlives this.
    WslcContainer(ContainerDescription description, WslcStorage& storage);
    WslcContainer(const WslcContainer&) = delete;
    WslcContainer& operator=(const WslcContainer&) = delete;

    [[nodiscard]] const ContainerDescription& description() const noexcept { return description_; }
    [[nodiscard]] ContainerStatus status() const;
    [[nodiscard]] std::string document() const;

    /// What it has written, both streams as they came, since it was last started.
    [[nodiscard]] std::string output() const;

    /// Starts it, and asks the plugins then: one that refuses has it stopped again. Nothing happens to one that runs.
    /// @return E_FAIL when its program could not be executed; the code and text of the plugin.
    [[nodiscard]] WinResult<> start(const WslcSession::Activity& activity);

    /// Runs a program beside its own, until it ends.
    /// @return WSLC_E_CONTAINER_NOT_RUNNING; E_FAIL when it could not be executed; E_INVALIDARG for no words.
    [[nodiscard]] WinResult<UserOutput> exec(const WslcSession::Activity& activity,
                                             const std::vector<std::string>& command);

    /// SIGTERM, and SIGKILL after the stop timeout. Nothing happens to one that does not run.
    void stop();

    /// Waits for the end where the signal is SIGKILL.
    /// @return WSLC_E_CONTAINER_NOT_RUNNING; E_INVALIDARG for a signal that does not exist.
    [[nodiscard]] WinResult<> kill(int signal);

    /// Takes it out of the storage. One that runs is killed, and nobody is told.
    /// @return WSLC_E_CONTAINER_IS_RUNNING without `force`.
    [[nodiscard]] WinResult<> remove(bool force);

    /// Waits until it does not run and its hook is over. @return its exit code.
    [[nodiscard]] int wait();

private:
    struct Run;
    enum class Told : std::uint8_t { Nobody, Plugins };

    [[nodiscard]] WinResult<> mount_volumes(Run& run) const;
    [[nodiscard]] WinResult<std::shared_ptr<Run>> launch(const WslcSession::Activity& activity);
    void watch(const std::shared_ptr<Run>& run, StartedProcess process);
    void note_end(Run& run, int exit_code);
    void wait_for_end(Run& run, std::chrono::steady_clock::time_point deadline);
    [[nodiscard]] std::unexpected<Error> not_running() const;
    void end_program(Run& run);
    void finish(const std::shared_ptr<Run>& run, Told told);

    const ContainerDescription description_;
    WslcStorage& storage_;

    std::mutex lock_;
    std::shared_ptr<Run> run_;  // null: it does not run; under lock_

    mutable std::mutex state_lock_;
    std::condition_variable changed_;
    ContainerStatus status_;
    std::string output_;
    bool is_finished_ = true;  // nothing more comes of the last run
};

}  // namespace wslplugins::testhost
