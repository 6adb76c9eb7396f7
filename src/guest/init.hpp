// SPDX-License-Identifier: MIT
/// @file
/// The first process of a PID namespace: the machine's, and each distribution's.
///
/// It collects ended processes and does nothing else. It is this program again, executed afresh, so that it
/// holds nothing that the machine must not see; what runs in the machine may look into it as into any init.
#pragma once

#include "guest/child.hpp"

#include <cstdint>
#include <string>

namespace wslplugins::guest {

/// What a new init needs.
struct InitPlace {
    std::string program;  ///< The guest's own file.
    int machine = -1;  ///< For a distribution: the machine's init, a pidfd. Their network is one.
    int kernel_log = -1;  ///< Its standard error stream.
};

/// A running init.
struct Init {
    pid_t pid = 0;                    ///< As the guest sees it; its child.
    std::uint32_t pid_in_parent = 0;  ///< As the namespace above sees it.
    std::uint64_t pid_namespace = 0;  ///< Inode number.
    std::string flavor;
    std::string version;
    Descriptor handle;  ///< A pidfd.
};

/// Starts an init in new namespaces and a throwaway root, and waits until it runs.
[[nodiscard]] Step<Init> start_init(const InitPlace& place);

/// What this program does as an init: never returns while the machine lives.
[[nodiscard]] int run_init();

}  // namespace wslplugins::guest
