// SPDX-License-Identifier: MIT
#include "api/helped_run.hpp"

#include "api/helper_answer.hpp"
#include "api/raw_run.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace wslplugins::detail {
namespace {

/// One of the program's two outputs, up to the marker.
class Capture {
public:
    Capture(platform::Socket& socket, std::string_view marker) noexcept
        : socket_(&socket), marker_(marker) {}

    [[nodiscard]] const platform::Socket& socket() const noexcept { return *socket_; }
    [[nodiscard]] bool is_complete() const noexcept { return is_complete_; }
    [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }
    [[nodiscard]] std::string take() noexcept { return std::move(bytes_); }

    /// Reads what is there. @return false when the stream ended, without its marker.
    [[nodiscard]] WinResult<bool> receive() {
        const auto count = socket_->receive(std::as_writable_bytes(std::span(chunk_)));
        if (!count) {
            return propagate(count.error());
        }
        const std::size_t before = bytes_.size();
        bytes_.append(chunk_.data(), *count);
        // The marker may have begun in an earlier piece.
        const std::size_t from = before - (std::min)(before, marker_.size() - 1);
        if (const std::size_t at = bytes_.find(marker_, from); at != std::string::npos) {
            bytes_.resize(at);
            is_complete_ = true;
        }
        return *count > 0;
    }

private:
    platform::Socket* socket_;
    std::string_view marker_;
    std::string bytes_;
    std::array<char, 16 * 1024> chunk_;
    bool is_complete_ = false;
};

/// One run, from the program's start to its end.
class Run {
public:
    Run(const CommandDescription& command, HelpedProgram& program)
        : command_(&command), program_(&program), input_(command.input),
          output_(program.output(), program.marker()), error_(program.error(), program.marker()) {}

    [[nodiscard]] WinResult<CommandOutput> to_end(platform::Deadline deadline) {
        while (!status_ || !output_.is_complete() || !error_.is_complete()) {
            if (auto step = advance(deadline); !step) {
                return propagate(std::move(step.error()));
            }
            if (const auto within = check_size(); !within) {
                return propagate(within.error());
            }
        }
        return CommandOutput{
            .standard_output = output_.take(), .standard_error = error_.take(), .status = *status_};
    }

private:
    /// Waits until something can be done, and does it.
    [[nodiscard]] WinResult<> advance(platform::Deadline deadline) {
        using enum platform::Awaited::For;
        std::array<platform::Awaited, 4> sockets{};
        std::size_t count = 0;
        const auto add = [&](bool wanted, const platform::Socket& socket, auto what) {
            if (wanted) {
                sockets[count++] = {.socket = &socket, .what = what};
            }
        };
        add(!status_, program_->control(), Reading);
        add(!output_.is_complete(), output_.socket(), Reading);
        add(!error_.is_complete(), error_.socket(), Reading);
        add(!input_.empty(), program_->input(), Writing);
        WinResult<> done = platform::wait_for_any(std::span(sockets).first(count), deadline);
        for (std::size_t i = 0; done && i < count; ++i) {
            if (sockets[i].is_ready) {
                done = serve(sockets[i].socket);
            }
        }
        return done;
    }

    [[nodiscard]] WinResult<> serve(const platform::Socket* ready) {
        if (ready == &output_.socket()) {
            return receive(output_);
        }
        if (ready == &error_.socket()) {
            return receive(error_);
        }
        if (ready == &program_->input()) {
            write_input();
            return {};
        }
        const auto status = program_->receive_status({});
        if (!status) {
            return propagate(status.error());
        }
        status_ = *status;
        if (status_) {
            input_ = {};  // nobody reads it any more
        }
        return {};
    }

    /// A stream that ends without its marker was cut off on the way.
    [[nodiscard]] WinResult<> receive(Capture& capture) const {
        const auto more = capture.receive();
        if (!more) {
            return propagate(more.error());
        }
        return *more ? WinResult<>() : helper_lost(command_->path);
    }

    /// A program that does not read all of its input is no error, as in a shell's pipe.
    void write_input() {
        const auto sent = program_->input().send_some(std::as_bytes(std::span(input_)));
        input_.remove_prefix(sent ? *sent : input_.size());
        if (input_.empty()) {
            (void)program_->close_input();
        }
    }

    /// While a stream is open, a part of its marker may stand at its end.
    [[nodiscard]] WinResult<> check_size() const {
        std::size_t allowed = command_->output_limit;
        for (const Capture* const capture : {&output_, &error_}) {
            const std::size_t slack = capture->is_complete() ? 0 : program_->marker().size() - 1;
            allowed += (std::min)(slack, std::string::npos - allowed);
        }
        if (output_.size() + error_.size() <= allowed) {
            return {};
        }
        return failure(buffer_overflow,
                       "'" + command_->path + "' wrote more than the limit of " +
                           std::to_string(command_->output_limit) +
                           " bytes, and was ended; raise `output_limit`, or read by `spawn`");
    }

    const CommandDescription* command_;
    HelpedProgram* program_;
    std::string_view input_;
    Capture output_;
    Capture error_;
    std::optional<ExitStatus> status_;
};

}  // namespace

WinResult<CommandOutput> run_to_end(const PreparedState& prepared) {
    const CommandDescription& command = prepared.command;
    const platform::Deadline deadline = std::chrono::steady_clock::now() + command.time_limit;
    const WantedStreams wanted{.input = !command.input.empty(), .error = true};
    const auto program = HelpedProgram::start(prepared, wanted, deadline);
    if (!program) {
        return propagate(program.error());
    }
    auto output = Run(command, **program).to_end(deadline);
    if (!output && output.error().code() == HResult::timeout) {
        return failure(HResult::timeout,
                       "'" + command.path + "' did not end within " +
                           std::to_string(command.time_limit.count()) +
                           " ms, and was ended; raise `time_limit`, or use `spawn`");
    }
    return output;
}

}  // namespace wslplugins::detail
