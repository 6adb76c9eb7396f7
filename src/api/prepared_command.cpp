// SPDX-License-Identifier: MIT
#include <wslplugins/api/prepared_command.hpp>

#include "api/helped_run.hpp"
#include "api/raw_run.hpp"

namespace wslplugins {

WinResult<CommandOutput> PreparedCommand::run() const {
    return detail::run_to_end(*state_);
}

WinResult<Process> PreparedCommand::spawn() const {
    if (!state_->command.input.empty()) {
        return failure(HResult::invalid_argument,
                       "Starting '" + state_->command.path +
                           "' was not tried: `input` is for `run`; write to the process instead");
    }
    const auto deadline = std::chrono::steady_clock::now() + state_->command.time_limit;
    auto program = detail::HelpedProgram::start(*state_, {.input = true}, deadline);
    if (!program) {
        return propagate(std::move(program.error()));
    }
    return Process(std::move(*program));
}

WinResult<RawProcess> PreparedCommand::spawn_raw() const {
    if (state_->no_raw) {
        return propagate(*state_->no_raw);
    }
    auto stream = detail::start_raw(state_->command, state_->raw);
    if (!stream) {
        return propagate(std::move(stream.error()));
    }
    return RawProcess(stream->release());
}

WinResult<std::string> PreparedCommand::run_raw() const {
    auto process = spawn_raw();
    if (!process) {
        return propagate(std::move(process.error()));
    }
    return detail::read_to_end(state_->command, std::move(*process));
}

}  // namespace wslplugins
