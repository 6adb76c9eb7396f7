// SPDX-License-Identifier: MIT
#include "api/helped_program.hpp"

#include "api/call_failure.hpp"
#include "api/helper_answer.hpp"
#include "platform/random.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace wslplugins::detail {
namespace {

constexpr std::size_t longest_line = 256;

WinResult<std::string> make_marker() {
    std::array<std::byte, 16> random{};
    if (const auto filled = platform::fill_random(random); !filled) {
        return propagate(filled.error());
    }
    std::string marker;
    for (const std::byte byte : random) {
        marker += "0123456789abcdef"[std::to_integer<unsigned>(byte) >> 4];
        marker += "0123456789abcdef"[std::to_integer<unsigned>(byte) & 15];
    }
    return marker;
}

WinResult<>
call_helper(const CommandDescription& command, const Argv& script, platform::Socket& into) {
    const HResult code = execute(command, script.execution(), into);
    const std::string what =
        "Starting the helper for '" + command.path + "', /bin/sh, in " + target_name(command);
    if (code == HResult::fail) {
        return failure(code,
                       what +
                           " failed: Linux could not execute it; check that /bin/sh exists there "
                           "and that the command is not longer than Linux takes (128 KiB an "
                           "argument, about 2 MiB in all), or use `run_raw` or `spawn_raw`");
    }
    if (code.is_failure()) {
        return call_failure(code, what);
    }
    return {};
}

WinResult<> send_line(platform::Socket& socket, const std::string& line) {
    return socket.send_all(std::as_bytes(std::span(line)));
}

}  // namespace

WinResult<bool> LineReader::receive(platform::Deadline deadline) {
    std::array<char, longest_line> chunk;
    const auto count = socket_->receive(std::as_writable_bytes(std::span(chunk)), deadline);
    if (!count) {
        return propagate(count.error());
    }
    if (text_.size() + *count > 4 * longest_line) {
        return failure(HResult::invalid_data,
                       "The helper on the Linux side said more than it has to say");
    }
    text_.append(chunk.data(), *count);
    return *count > 0;
}

std::optional<std::string> LineReader::take() {
    const std::size_t end = text_.find('\n');
    if (end == std::string::npos) {
        return std::nullopt;
    }
    std::string line = text_.substr(0, end);
    text_.erase(0, end + 1);
    return line;
}

WinResult<std::string> LineReader::next(platform::Deadline deadline) {
    for (;;) {
        if (auto line = take()) {
            return std::move(*line);
        }
        const auto more = receive(deadline);
        if (!more) {
            return propagate(more.error());
        }
        if (!*more) {
            return failure(HResult::aborted, "The helper on the Linux side ended early");
        }
    }
}

WinResult<std::unique_ptr<HelpedProgram>> HelpedProgram::start(const PreparedState& prepared,
                                                               WantedStreams wanted,
                                                               platform::Deadline deadline) {
    std::unique_ptr<HelpedProgram> program(new HelpedProgram(prepared.command.path));
    WinResult<> done = program->call(prepared, wanted);
    if (done) {
        done = program->connect_streams(wanted, deadline);
    }
    if (done) {
        done = program->release(wanted);
    }
    if (!done && done.error().code() == HResult::timeout) {
        return failure(HResult::timeout,
                       "The helper for '" + prepared.command.path +
                           "' did not start it within the time limit; nothing of it runs on");
    }
    if (!done) {
        return propagate(std::move(done.error()));
    }
    return program;
}

WinResult<> HelpedProgram::call(const PreparedState& prepared, WantedStreams wanted) {
    WinResult<> done = call_helper(prepared.command, prepared.main, control_);
    if (done) {
        done = call_helper(prepared.command, prepared.relay_out, output_);
    }
    if (done && wanted.error) {
        done = call_helper(prepared.command, prepared.relay_out, error_);
    }
    if (done && wanted.input) {
        done = call_helper(prepared.command, prepared.relay_in, input_);
    }
    if (done && wanted.input) {
        done = input_.set_blocking(false);
    }
    return done;
}

WinResult<std::string> HelpedProgram::pipe_of(platform::Socket& relay,
                                              platform::Deadline deadline) const {
    const auto line = LineReader(relay).next(deadline);
    if (!line) {
        return propagate(line.error());
    }
    const bool is_number =
        !line->empty() && std::ranges::all_of(*line, [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number) {
        return helper_refusal(path_, *line);
    }
    return "/proc/" + *line + "/fd/0";
}

WinResult<> HelpedProgram::connect_streams(WantedStreams wanted, platform::Deadline deadline) {
    const auto ready = lines_.next(deadline);
    if (!ready) {
        return propagate(ready.error());
    }
    if (*ready != "ready") {
        return helper_refusal(path_, *ready);
    }
    WinResult<std::string> marker = "-";
    WinResult<std::string> in = "/dev/null";
    WinResult<std::string> err = "-";
    WinResult<std::string> out = pipe_of(output_, deadline);
    if (wanted.input) {
        in = pipe_of(input_, deadline);
    }
    if (wanted.error) {
        err = pipe_of(error_, deadline);
        marker = make_marker();
    }
    for (const auto* const part : {&marker, &in, &out, &err}) {
        if (!*part) {
            return propagate(part->error());
        }
    }
    marker_ = *marker;
    if (const auto sent = send_line(control_, *marker + ' ' + *in + ' ' + *out + ' ' + *err + '\n');
        !sent) {
        return sent;
    }
    const auto started = lines_.next(deadline);
    if (!started) {
        return propagate(started.error());
    }
    return *started == "started" ? WinResult<>() : helper_refusal(path_, *started);
}

WinResult<> HelpedProgram::release(WantedStreams wanted) {
    WinResult<> done = send_line(output_, "\n");
    if (done && wanted.error) {
        done = send_line(error_, "\n");
    }
    return done;
}

WinResult<std::optional<ExitStatus>> HelpedProgram::receive_status(platform::Deadline deadline) {
    const auto more = lines_.receive(deadline);
    if (!more) {
        return propagate(more.error());
    }
    take_status();
    if (!status_ && !*more) {
        return helper_lost(path_);
    }
    return status_;
}

WinResult<ExitStatus> HelpedProgram::wait(platform::Deadline deadline) {
    take_status();
    while (!status_) {
        if (!control_.is_open()) {
            return helper_lost(path_);
        }
        const auto received = receive_status(deadline);
        if (!received && received.error().code() == HResult::timeout) {
            return failure(HResult::timeout,
                           "'" + path_ + "' did not end in time; it runs on until `cancel`");
        }
        if (!received) {
            return propagate(received.error());
        }
    }
    return *status_;
}

void HelpedProgram::take_status() {
    while (!status_) {
        const auto line = lines_.take();
        if (!line) {
            return;
        }
        status_ = ended_status(*line);
    }
    if (input_.is_open()) {
        (void)close_input();  // its relay has nobody to copy to any more
    }
}

void HelpedProgram::cancel() noexcept {
    control_.close();
    if (input_.is_open()) {
        (void)close_input();
    }
}

WinResult<> HelpedProgram::close_input() {
    if (std::exchange(input_is_closed_, true)) {
        return {};
    }
    return input_.shutdown_send();
}

}  // namespace wslplugins::detail
