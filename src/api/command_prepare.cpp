// SPDX-License-Identifier: MIT
// Apart from the rest of `Command`: a plugin that never runs the helper is linked without it.
#include <wslplugins/api/command.hpp>

#include "api/command_check.hpp"
#include "api/helper_script.hpp"
#include "api/prepared_state.hpp"

namespace wslplugins {

WinResult<PreparedCommand> Command::prepare() const {
    if (const auto good = detail::check_command(described_); !good) {
        return propagate(good.error());
    }
    if (const auto good = detail::check_helped(described_); !good) {
        return propagate(good.error());
    }
    auto main = detail::main_arguments(described_);
    if (!main) {
        return propagate(std::move(main.error()));
    }
    const auto state = std::make_shared<detail::PreparedState>(described_);
    if (const auto raw = detail::check_raw(described_); !raw) {
        state->no_raw = raw.error();
    }
    state->raw = detail::raw_execution(state->command);
    state->main = detail::Argv(std::move(*main));
    state->relay_in = detail::Argv(detail::relay_arguments(detail::RelayDirection::ToProgram));
    state->relay_out = detail::Argv(detail::relay_arguments(detail::RelayDirection::FromProgram));
    return PreparedCommand(state);
}

WinResult<CommandOutput> Command::run() const {
    const auto prepared = prepare();
    if (!prepared) {
        return propagate(prepared.error());
    }
    return prepared->run();
}

WinResult<Process> Command::spawn() const {
    const auto prepared = prepare();
    if (!prepared) {
        return propagate(prepared.error());
    }
    return prepared->spawn();
}

}  // namespace wslplugins
