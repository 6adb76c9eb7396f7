// SPDX-License-Identifier: MIT
/// @file
/// A distribution whose root is a folder of this computer.
#pragma once

#include "guest/init.hpp"
#include "guest/os_release.hpp"

namespace wslplugins::guest {

/// Makes the folder that the request names the root of a distribution whose init runs in its throwaway root, with
/// /proc, /dev and /init of that and a fresh /run. What is written goes to the folder where the request says
/// so, else to memory, and is gone with the distribution. (A writable layer in a user namespace takes Linux 5.11.)
///
/// The init moves along: the kernel moves every process whose root was the former one. It has been executed before,
/// because a folder need not have the libraries that it takes.
/// @return what the distribution says it is.
[[nodiscard]] Step<OsRelease> enter_folder_root(const Init& init,
                                                const protocol::StartDistribution& request);

}  // namespace wslplugins::guest
