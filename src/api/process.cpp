// SPDX-License-Identifier: MIT
#include <wslplugins/api/process.hpp>

#include "api/helped_program.hpp"

namespace wslplugins {

Process::Process(std::unique_ptr<detail::HelpedProgram> program) noexcept
    : program_(std::move(program)) {}

Process::Process(Process&&) noexcept = default;
Process& Process::operator=(Process&&) noexcept = default;
Process::~Process() = default;

WinResult<> Process::write(std::string_view bytes, Deadline deadline) {
    return program_->input().send_all(std::as_bytes(std::span(bytes)), deadline);
}

WinResult<> Process::close_stdin() {
    return program_->close_input();
}

WinResult<std::size_t> Process::read(std::span<char> into, Deadline deadline) {
    return program_->output().receive(std::as_writable_bytes(into), deadline);
}

WinResult<ExitStatus> Process::wait(Deadline deadline) {
    return program_->wait(deadline);
}

void Process::cancel() noexcept {
    program_->cancel();
}

}  // namespace wslplugins
