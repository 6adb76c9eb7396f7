// SPDX-License-Identifier: MIT
/// @file
/// `DiskWork`: what is done to the files of distributions, by Linux programs in a machine of their own.
///
/// A Windows process would follow the symbolic links of a Linux tree out of it; and no plugin is to see the work.
#pragma once

#include "testhost/machine/machine.hpp"

#include <wslplugins/testhost/service.hpp>

namespace wslplugins::testhost {

/// The name of the folder with a distribution's files: `ext4.vhdx` stands for WSL 2's disk, WSL 1 has `rootfs`.
[[nodiscard]] std::string disk_name(int wsl_version);

/// All paths are Linux'. Owners are not kept, nor what is in `/dev`. Failures say what the Linux program said.
class DiskWork {
public:
    [[nodiscard]] static WinResult<DiskWork> start(const ServiceOptions& options);

    /// Unpacks a tar file, compressed or not, into a new folder. @return WSL_E_IMPORT_FAILED.
    [[nodiscard]] WinResult<>
    unpack(std::string_view tar, std::string_view location, std::string_view name);

    /// Copies a folder's content into a new folder. @return WSL_E_IMPORT_FAILED.
    [[nodiscard]] WinResult<>
    copy(std::string_view folder, std::string_view location, std::string_view name);
    [[nodiscard]] WinResult<> copy(std::string_view folder, std::string_view target);

    /// Packs a folder's content into a tar file. @return WSL_E_EXPORT_FAILED.
    [[nodiscard]] WinResult<> pack(std::string_view folder, std::string_view tar);

    /// Removes a folder with all that is in it.
    [[nodiscard]] WinResult<> remove(std::string_view folder);

    /// Gives a folder another name beside itself. @return its path.
    [[nodiscard]] WinResult<std::string> rename(std::string_view folder, std::string_view name);

    /// Starts the folder as a distribution, to learn what it says it is.
    [[nodiscard]] WinResult<StartedDistribution> look_into(std::string_view folder);

private:
    DiskWork(std::shared_ptr<Machine> machine, bool is_scripted) noexcept
        : machine_(std::move(machine)), is_scripted_(is_scripted) {}

    struct Job;
    [[nodiscard]] WinResult<> run(const Job& job);

    std::shared_ptr<Machine> machine_;
    bool is_scripted_;  // nothing is done, and all is well
};

}  // namespace wslplugins::testhost
