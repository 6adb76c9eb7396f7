// SPDX-License-Identifier: MIT
#include "testhost/user/machine_crash.hpp"

#include "testhost/service_thread.hpp"

namespace wslplugins::testhost {

void tell_of_crash(UserSession& session, const std::shared_ptr<Machine>& dead) {
    ServiceThread().run([&] { session.on_machine_crash(dead); });
}

void notice_crash(UserSession& session) {
    const auto machine = session.machine();
    if (machine != nullptr && machine->has_ended()) {
        tell_of_crash(session, machine);
    }
}

}  // namespace wslplugins::testhost
