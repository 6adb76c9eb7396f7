// SPDX-License-Identifier: MIT
/// @file
/// `User`: a Windows user of the service, who gives the commands of `wsl.exe`.
#pragma once

#include <wslplugins/testhost/wsl_settings.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wslplugins::testhost {

class Computer;

/// What a command line program showed its user.
struct UserOutput {
    int exit_code = 0;  ///< As Windows has it: of a refused command -1.
    std::string text;   ///< Standard output, UTF-8.
};

/// A distribution to be registered. Paths are Windows' or Linux'.
struct ImportOptions {
    std::string name;  ///< The new distribution's.
    std::string
        source;  ///< A tar file or a folder with its files; for a disk, a folder that stands for it.
    std::string location;  ///< The folder in which its files are to be; made where it is missing.
    int wsl_version = 2;   ///< 1 or 2.
};

/// What passes without a command.
enum class IdleTimeout : std::uint8_t {
    Distribution,  ///< `general.instanceIdleTimeout`, 15 s: distributions without a command stop.
    VirtualMachine  ///< And after it `wsl2.vmIdleTimeout`, 60 s: the machine stops where nothing runs in it.
};

/// A handle to one Windows user; copies are the same user. Each user has distributions of their own, and from the
/// first command on a session of their own, with an id and a virtual machine that no other user shares.
///
/// A command runs on the calling thread, which stands for the service's thread that serves it, and returns when it
/// is over. Any thread may call any function. A command to a service that does not run fails with
/// ERROR_SERVICE_NOT_ACTIVE, and while WSL is disabled by policy with ERROR_ACCESS_DISABLED_BY_POLICY.
///
/// A WSL 2 distribution's disk is a folder here, named `ext4.vhdx` in the location; a WSL 1 distribution's files
/// are in `rootfs` there. Both are written and removed by Linux programs (`tar`, `cp`, `rm` of this computer) in a
/// machine of their own that no plugin sees; owners are not kept, nor what is in `/dev`. The programs
/// of WSL 1 distributions run in such a machine too, which has no hooks and is not found by API calls.
class User {
public:
    /// As Windows writes it; empty for the default user.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    /// `wsl.exe -d <distribution> <command…>`: starts the virtual machine and the distribution where they do
    /// not run, then runs the command in the distribution. The default distribution for an empty name; the shell
    /// for an empty command.
    [[nodiscard]] UserOutput launch(std::string_view distribution,
                                    const std::vector<std::string>& command) const;

    /// `bash.exe -c <command…>`: as `launch` in the default distribution, but a failure before the command runs
    /// has exit code 1.
    [[nodiscard]] UserOutput launch_bash(const std::vector<std::string>& command) const;

    /// `wsl.exe --terminate <distribution>`.
    [[nodiscard]] UserOutput terminate(std::string_view distribution) const;

    /// `wsl.exe --shutdown`, with `--force` for true: then the machine is dead before the first hook is called.
    [[nodiscard]] UserOutput shutdown(bool force = false) const;

    /// `wsl.exe --import <name> <location> <file> --version <n>`. WSL 2 starts the virtual machine for it.
    [[nodiscard]] UserOutput import_tar(const ImportOptions& options) const;

    /// `wsl.exe --import … --vhd`. The disk is not looked into, and no virtual machine starts.
    [[nodiscard]] UserOutput import_disk(const ImportOptions& options) const;

    /// `wsl.exe --import-in-place <name> <disk>`. The folder is never changed, nor removed by `unregister`.
    [[nodiscard]] UserOutput import_in_place(std::string_view name, std::string_view disk) const;

    /// `wsl.exe --install --from-file …`: as `import_tar`, then launches the distribution.
    [[nodiscard]] UserOutput install(const ImportOptions& options) const;

    /// `wsl.exe --unregister <distribution>`.
    [[nodiscard]] UserOutput unregister(std::string_view distribution) const;

    /// `wsl.exe --export <distribution> <file>`. A distribution without a folder of its own has nothing to export.
    [[nodiscard]] UserOutput export_tar(std::string_view distribution, std::string_view file) const;

    /// `wsl.exe --export … --vhd`: a copy of the folder that stands for the disk. No virtual machine starts.
    [[nodiscard]] UserOutput export_disk(std::string_view distribution,
                                         std::string_view disk) const;

    /// `wsl.exe --set-version <distribution> <1 or 2>`.
    [[nodiscard]] UserOutput set_version(std::string_view distribution, int wsl_version) const;

    /// `wsl.exe --set-default <distribution>`.
    [[nodiscard]] UserOutput set_default(std::string_view distribution) const;

    /// What a distribution's launcher does with `WslConfigureDistribution`; programs run as root here all the same.
    [[nodiscard]] UserOutput set_default_user(std::string_view distribution,
                                              std::uint32_t user_id) const;

    /// `wsl.exe --mount <disk> --bare`: a file that must be there, now and at each later start of the machine.
    [[nodiscard]] UserOutput attach_disk(std::string_view disk) const;

    /// `wsl.exe --unmount <disk>`. @return, as the user sees it, ERROR_FILE_NOT_FOUND for one that is not attached.
    [[nodiscard]] UserOutput detach_disk(std::string_view disk) const;

    /// `wsl.exe --manage <distribution> --resize <size>`, of one of WSL 2 that does not run. A folder has no size, so that
    /// nothing comes of it but the virtual machine, which starts where none runs.
    /// @param size as the user writes it, such as `64GB`.
    [[nodiscard]] UserOutput resize(std::string_view distribution, std::string_view size) const;

    /// `wsl.exe --manage <distribution> --move <location>`, of one that does not run. Of an `import_in_place` and of a
    /// throwaway, whose folders are never changed, nothing is moved.
    [[nodiscard]] UserOutput move(std::string_view distribution, std::string_view location) const;

    /// A Windows program holds files of the distribution open, by `\\wsl.localhost`: its init refuses to stop for being
    /// idle, until `close_files`. Whatever else stops it closes them.
    /// @return whether the distribution runs; nothing is held of one that does not.
    [[nodiscard]] bool open_files(std::string_view distribution) const;

    /// The program closes them. @return as `open_files`.
    [[nodiscard]] bool close_files(std::string_view distribution) const;

    /// Writes the user's `.wslconfig`; the next start of the virtual machine reads it.
    void set_config(const WslConfig& config) const;

    /// Lets a timeout pass at once. The hooks run on a thread of the service's own, after which this returns.
    void let_idle_time_pass(IdleTimeout timeout) const;

    /// The virtual machine dies. The hooks come afterwards, on a thread of the service's own; calls then find it
    /// dead (E_ABORT).
    void crash_machine() const;

    /// The virtual machine dies, and the service learns of it only when the user's next command or timeout comes: the
    /// hooks come before that. So it is too when the guest is killed. Calls meanwhile find it dead (E_ABORT).
    void crash_machine_unnoticed() const;

    /// The init of a running distribution dies, and with it all that runs there; then the hook, on a thread of the
    /// service's own.
    void end_init(std::string_view distribution) const;

    /// Logs off: the session is stopped for good on a thread of the service's own, and its calls fail with
    /// RPC_E_DISCONNECTED from the beginning. The next command makes a new one, with an id of its own.
    void log_off() const;

private:
    friend class Service;
    User(std::shared_ptr<Computer> computer, std::string name) noexcept
        : computer_(std::move(computer)), name_(std::move(name)) {}

    std::shared_ptr<Computer> computer_;
    std::string name_;
};

}  // namespace wslplugins::testhost
