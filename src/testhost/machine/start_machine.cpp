// SPDX-License-Identifier: MIT
#include "testhost/machine/linux_machine.hpp"
#include "testhost/machine/machine.hpp"
#include "testhost/scripted/scripted_machine.hpp"

#include <wslplugins/testhost/service.hpp>

namespace wslplugins::testhost {

WinResult<std::shared_ptr<Machine>> start_machine(const ServiceOptions& options) {
    if (options.backend == Backend::Scripted) {
        auto scripted = ScriptedMachine::start(options);
        if (!scripted) {
            return propagate(scripted.error());
        }
        return std::shared_ptr<Machine>(std::move(*scripted));
    }
    const auto guest = options.guest_program.empty()
                           ? find_guest_program()
                           : WinResult<std::string>(options.guest_program);
    if (!guest) {
        return propagate(guest.error());
    }
    auto machine = LinuxMachine::start(*guest);
    if (!machine) {
        return propagate(machine.error());
    }
    return std::shared_ptr<Machine>(std::move(*machine));
}

}  // namespace wslplugins::testhost
