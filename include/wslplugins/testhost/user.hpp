// SPDX-License-Identifier: MIT
/// @file
/// `User`: a Windows user of the service, who gives the commands of `wsl.exe`.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::testhost {

class Computer;

/// What a command line program showed its user.
struct UserOutput {
    int exit_code = 0;
    std::string text;  ///< Standard output, UTF-8.
};

/// A handle to one Windows user; copies are the same user. Each user has distributions of their own, and from the
/// first command on a session of their own, with an id and a virtual machine that no other user shares.
///
/// A command runs on the calling thread, which stands for the service's thread that serves it, and returns when it
/// is over. Any thread may call any function. A command to a service that does not run fails with
/// ERROR_SERVICE_NOT_ACTIVE.
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

    /// `wsl.exe --shutdown`.
    [[nodiscard]] UserOutput shutdown() const;

private:
    friend class Service;
    User(std::shared_ptr<Computer> computer, std::string name) noexcept
        : computer_(std::move(computer)), name_(std::move(name)) {}

    std::shared_ptr<Computer> computer_;
    std::string name_;
};

}  // namespace wslplugins::testhost
