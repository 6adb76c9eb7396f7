// SPDX-License-Identifier: MIT
#include "api/wslc/wslc_run.hpp"

#include <array>
#include <span>

namespace wslplugins::detail {
namespace {

constexpr HResult buffer_overflow = HResult::from_win32(111);  // ERROR_BUFFER_OVERFLOW

/// The three streams of a program, and what was read of two.
class Exchange {
public:
    explicit Exchange(const WslcRun& run)
        : run_(run), deadline_(std::chrono::steady_clock::now() + run.time_limit),
          unsent_(std::as_bytes(std::span(run.input))) {}

    [[nodiscard]] WinResult<CommandOutput> to_end() {
        WinResult<> good = take_streams();
        while (good && (input_.is_open() || output_.is_open() || error_.is_open())) {
            good = move_what_is_ready();
        }
        if (!good) {
            return propagate(good.error());
        }
        const auto status = run_.process.wait(deadline_);
        if (!status) {
            return status.error().code() == HResult::timeout ? too_late()
                                                             : propagate(status.error());
        }
        result_.status = *status;
        return std::move(result_);
    }

private:
    WinResult<> take_streams() {
        const std::pair<abi::WSLCProcessFd, platform::Socket*> streams[] = {
            {abi::WSLCProcessFdStdin, &input_},
            {abi::WSLCProcessFdStdout, &output_},
            {abi::WSLCProcessFdStderr, &error_}};
        for (const auto& [which, socket] : streams) {
            auto taken = run_.streams.take(which);
            if (!taken) {
                return propagate(std::move(taken.error()));
            }
            *socket = std::move(*taken);
        }
        if (unsent_.empty()) {
            input_.close();
        }
        return {};
    }

    WinResult<> move_what_is_ready() {
        using For = platform::Awaited::For;
        std::array<platform::Awaited, 3> all;
        std::size_t count = 0;
        const auto await = [&](const platform::Socket& socket, For what) {
            if (socket.is_open()) {
                all[count++] = {&socket, what, false};
            }
        };
        await(input_, For::Writing);
        await(output_, For::Reading);
        await(error_, For::Reading);
        const std::span awaited(all.data(), count);
        if (const auto ready = platform::wait_for_any(awaited, deadline_); !ready) {
            return ready.error().code() == HResult::timeout ? too_late() : ready;
        }
        WinResult<> good;
        for (const platform::Awaited& one : awaited) {
            if (good && one.is_ready) {
                good = move(*one.socket);
            }
        }
        return good;
    }

    WinResult<> move(const platform::Socket& socket) {
        if (&socket == &input_) {
            send();
            return {};
        }
        return &socket == &output_ ? receive(output_, result_.standard_output)
                                   : receive(error_, result_.standard_error);
    }

    /// A program need not read its input to the end: one that has closed it is done with it.
    void send() {
        const auto count = input_.send_some(unsent_);
        unsent_ = count ? unsent_.subspan(*count) : unsent_.last(0);
        if (unsent_.empty()) {
            input_.close();
        }
    }

    WinResult<> receive(platform::Socket& from, std::string& into) {
        const auto count = from.receive(std::as_writable_bytes(std::span(chunk_)), deadline_);
        if (!count) {
            return propagate(count.error());
        }
        if (*count == 0) {
            from.close();
            return {};
        }
        const std::size_t read = result_.standard_output.size() + result_.standard_error.size();
        if (*count > run_.output_limit - read) {
            return failure(buffer_overflow,
                           "'" + run_.streams.path() + "' wrote more than the limit of " +
                               std::to_string(run_.output_limit) + " bytes; it may still run");
        }
        into.append(chunk_.data(), *count);
        return {};
    }

    [[nodiscard]] std::unexpected<Error> too_late() const {
        const std::string limit = std::to_string(run_.time_limit.count()) + " ms";
        const std::string name = "'" + run_.streams.path() + "'";
        return failure(HResult::timeout,
                       run_.process.exit_status()
                           ? name +
                                 " has ended, but a child that it left behind kept its output "
                                 "open for longer than " +
                                 limit
                           : name + " did not end within " + limit + "; it still runs");
    }

    const WslcRun& run_;
    std::chrono::steady_clock::time_point deadline_;
    platform::Socket input_;
    platform::Socket output_;
    platform::Socket error_;
    std::span<const std::byte> unsent_;
    CommandOutput result_;
    std::array<char, std::size_t{16} * 1024> chunk_;
};

}  // namespace

WinResult<CommandOutput> run_to_end(const WslcRun& run) {
    return Exchange(run).to_end();
}

}  // namespace wslplugins::detail
