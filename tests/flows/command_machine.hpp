// SPDX-License-Identifier: MIT
/// @file
/// `CommandMachine`: WSL's table of calls over a real guest, so that commands run for real.
#pragma once

#include "testhost/machine/linux_machine.hpp"

#include <wslplugins/api/api.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace wslplugins::tests {

inline constexpr SessionId session{7};
inline constexpr Guid distribution(abi::GUID{0xD157, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}});

/// One at a time: WSL's functions carry nothing that could tell several apart.
class CommandMachine {
public:
    CommandMachine();
    CommandMachine(const CommandMachine&) = delete;
    CommandMachine& operator=(const CommandMachine&) = delete;
    ~CommandMachine();

    [[nodiscard]] testhost::LinuxMachine& machine() { return *machine_; }

    [[nodiscard]] Command command(std::string_view path) const {
        return Api(&table_).command(session, path);
    }

    /// A shell's script: the program of most tests.
    [[nodiscard]] Command script(std::string_view text) const {
        return command("/bin/sh").args({"-c", text});
    }

    /// Waits until no more than `allowed` programs run besides init. @return what still runs after ten
    /// seconds.
    [[nodiscard]] std::string what_stays(int allowed = 0,
                                         const std::optional<Guid>& where = {}) const;

    /// Gives the root namespace a /usr/bin of the programs in that `programs_folder` only.
    void replace_programs(std::string_view folder);

    /// False in a machine that an ordinary user started: there is one user in it.
    [[nodiscard]] bool has_several_users() const;

    // To be read when no command is being run.
    std::vector<std::vector<std::string>> calls;  ///< Every argv that a plugin gave.
    std::vector<std::thread::id> callers;
    int answers_before_failure = -1;  ///< As many calls are served, then WSL answers E_FAIL.

    /// A program and arguments that run what a plugin gave, as their last arguments, in another state than
    /// WSL's: as another user, not as the leader of a process group.
    std::vector<std::string> launcher;

private:
    static abi::HRESULT serve(const std::optional<Guid>& where,
                              abi::LPCSTR path,
                              abi::LPCSTR* arguments,
                              abi::SOCKET* socket);

    [[nodiscard]] WinResult<testhost::StartedProgram>
    launch(const std::optional<Guid>& where,
           std::string_view path,
           const std::vector<std::string>& arguments);

    static inline CommandMachine* current = nullptr;

    std::mutex mutex_;  ///< Over the lists of calls.

    std::unique_ptr<testhost::LinuxMachine> machine_;
    abi::WSLPluginAPIV1 table_{};
};

/// A machine for each test.
class CommandFlow : public testing::Test {
protected:
    CommandMachine wsl;
};

/// A folder of the test's build that holds copies of some programs.
[[nodiscard]] std::string programs_folder(std::string_view name);

/// The output of a run that must have worked.
[[nodiscard]] CommandOutput output_of(const Command& command);

/// Seeded from the environment variable WSLPLUGINS_SEED, if it is set; prints the seed.
[[nodiscard]] std::mt19937 printed_random();

/// Bytes of every value but NUL.
[[nodiscard]] std::string random_bytes(std::mt19937& random, std::size_t size);

}  // namespace wslplugins::tests
