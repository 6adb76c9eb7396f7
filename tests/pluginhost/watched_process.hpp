// SPDX-License-Identifier: MIT
/// @file
/// `WatchedProcess`: another process of this user, by its number.
#pragma once

#include <cstdint>

namespace wslplugins::tests {

/// Holds on to the process, so that its number cannot become another's.
class WatchedProcess {
public:
    /// The process runs, or has just ended and is not yet forgotten.
    explicit WatchedProcess(std::uint32_t process);
    WatchedProcess(const WatchedProcess&) = delete;
    WatchedProcess& operator=(const WatchedProcess&) = delete;
    ~WatchedProcess();

    /// Waits for its end. @return false after 20 seconds.
    [[nodiscard]] bool ends() const;

    /// Ends it; nothing where it has ended.
    void kill() const;

    /// What the parent of one that `kill` ended learns.
    static const int exit_code_of_killed;

private:
    const std::intptr_t system_;  // a handle, or a descriptor
};

/// Whether there is a process of that number.
[[nodiscard]] bool process_exists(std::uint32_t process);

}  // namespace wslplugins::tests
