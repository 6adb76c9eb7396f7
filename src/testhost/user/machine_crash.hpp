// SPDX-License-Identifier: MIT
/// @file
/// How the service learns that a virtual machine has died.
#pragma once

#include "testhost/user/user_session.hpp"

namespace wslplugins::testhost {

/// On a thread of the service's own: the machine, which is not null, has died.
void tell_of_crash(UserSession& session, const std::shared_ptr<Machine>& dead);

/// The host compute service tells of a machine's death when it happens; here somebody looks. So it is done before
/// anything that could meet the dead machine.
void notice_crash(UserSession& session);

}  // namespace wslplugins::testhost
