// SPDX-License-Identifier: MIT
/// @file
/// `LinuxMachine`: a machine that is really there, a guest program and its control connection.
#pragma once

#include "testhost/machine/machine.hpp"

namespace wslplugins::testhost {

class LinuxMachine final : public Machine {
public:
    /// Starts the guest and waits until its root namespace stands.
    /// @return what the guest says it could not do, such as E_ACCESSDENIED where the kernel allows neither
    ///         namespaces nor user namespaces.
    [[nodiscard]] static WinResult<std::unique_ptr<LinuxMachine>>
    start(std::string_view guest_program);

    ~LinuxMachine() override;

    [[nodiscard]] WinResult<>
    mount_folder(std::string_view host_folder, std::string_view target, bool read_only) override;
    [[nodiscard]] WinResult<> mount_in(const Guid& distribution,
                                       std::string_view host_folder,
                                       std::string_view target,
                                       bool read_only) override;
    [[nodiscard]] WinResult<> unmount_folder(std::string_view target) override;
    [[nodiscard]] WinResult<StartedDistribution>
    start_distribution(const DistributionPlace& place) override;
    [[nodiscard]] WinResult<> stop_distribution(const Guid& id) override;
    [[nodiscard]] WinResult<StartedProgram>
    execute(const std::optional<Guid>& distribution,
            std::string_view path,
            const std::vector<std::string>& arguments) override;
    [[nodiscard]] WinResult<StartedProcess> start_process(const ProcessRequest& request) override;
    [[nodiscard]] WinResult<> signal(std::uint64_t program, int number) override;
    [[nodiscard]] WinResult<ProgramExit> wait(std::uint64_t program) override;
    [[nodiscard]] WinResult<std::string> take_kernel_log() override;
    [[nodiscard]] bool has_ended() override;
    void stop() override;

private:
    class Connection;
    explicit LinuxMachine(std::unique_ptr<Connection> connection) noexcept;

    std::unique_ptr<Connection> connection_;
};

}  // namespace wslplugins::testhost
