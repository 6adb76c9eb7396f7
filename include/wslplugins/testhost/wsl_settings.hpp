// SPDX-License-Identifier: MIT
/// @file
/// What users and administrators set about WSL, as far as a plugin can notice it.
#pragma once

namespace wslplugins::testhost {

/// A user's `.wslconfig`. Kernel and command line are not used here: plugins are told that they are custom.
struct WslConfig {
    bool custom_kernel = false;               ///< `wsl2.kernel` is set.
    bool custom_kernel_command_line = false;  ///< `wsl2.kernelCommandLine` is set.
    bool safe_mode = false;                   ///< `wsl2.safeMode`: neither of them counts.
    bool vm_stops_when_idle = true;           ///< False: `wsl2.vmIdleTimeout` is negative.
};

/// The computer's policies.
struct WslPolicy {
    bool allows_wsl = true;                         ///< False: WSL is disabled.
    bool allows_custom_kernel = true;               ///< False: users' setting does not count.
    bool allows_custom_kernel_command_line = true;  ///< False: users' setting does not count.
};

}  // namespace wslplugins::testhost
