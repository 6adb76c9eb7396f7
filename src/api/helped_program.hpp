// SPDX-License-Identifier: MIT
/// @file
/// `HelpedProgram`: a program that the helper runs, as the plugin's end of its sockets.
#pragma once

#include "api/prepared_state.hpp"
#include "platform/socket.hpp"

#include <wslplugins/api/exit_status.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace wslplugins::detail {

/// Reads lines from a socket on which nothing but short lines come.
class LineReader {
public:
    explicit LineReader(platform::Socket& socket) noexcept : socket_(&socket) {}

    /// Waits for data, once, and reads what is there. @return false at the end of the stream.
    [[nodiscard]] WinResult<bool> receive(platform::Deadline deadline);

    /// The next line, without its end, if it has arrived as a whole.
    [[nodiscard]] std::optional<std::string> take();

    /// Waits for the next line. @return E_ABORT when the stream ends before.
    [[nodiscard]] WinResult<std::string> next(platform::Deadline deadline);

private:
    platform::Socket* socket_;
    std::string text_;
};

/// Which streams are wanted besides standard output.
struct WantedStreams {
    bool input = false;
    bool error = false;  ///< Captured, and the ends of output and error are marked.
};

/// Closing its sockets, by whatever happens, ends the program and what the helper needs for it.
class HelpedProgram {
public:
    /// Starts the helper, and the program by it. @return when the program's streams are open.
    [[nodiscard]] static WinResult<std::unique_ptr<HelpedProgram>>
    start(const PreparedState& prepared, WantedStreams wanted, platform::Deadline deadline);

    HelpedProgram(const HelpedProgram&) = delete;
    HelpedProgram& operator=(const HelpedProgram&) = delete;

    [[nodiscard]] platform::Socket& control() noexcept { return control_; }
    [[nodiscard]] platform::Socket& input() noexcept { return input_; }
    [[nodiscard]] platform::Socket& output() noexcept { return output_; }
    [[nodiscard]] platform::Socket& error() noexcept { return error_; }

    /// What follows the last byte of output and of error, of this run only.
    [[nodiscard]] const std::string& marker() const noexcept { return marker_; }

    /// Reads what the helper says, once. @return how the program ended, if that was said by now.
    [[nodiscard]] WinResult<std::optional<ExitStatus>> receive_status(platform::Deadline deadline);

    /// Waits for how the program ended.
    [[nodiscard]] WinResult<ExitStatus> wait(platform::Deadline deadline);

    [[nodiscard]] WinResult<> close_input();

    /// Closes what keeps the program and the relay of its input alive; what it wrote can still be read.
    void cancel() noexcept;

private:
    explicit HelpedProgram(std::string path) : path_(std::move(path)) {}

    [[nodiscard]] WinResult<> call(const PreparedState& prepared, WantedStreams wanted);
    [[nodiscard]] WinResult<> connect_streams(WantedStreams wanted, platform::Deadline deadline);
    [[nodiscard]] WinResult<> release(WantedStreams wanted);
    /// Notes the status, if it has arrived; the first one stays.
    void take_status();
    [[nodiscard]] WinResult<std::string> pipe_of(platform::Socket& relay,
                                                 platform::Deadline deadline) const;

    std::string path_;
    std::string marker_;
    platform::Socket control_;
    platform::Socket input_;
    platform::Socket output_;
    platform::Socket error_;
    LineReader lines_{control_};
    std::optional<ExitStatus> status_;
    bool input_is_closed_ = false;
};

}  // namespace wslplugins::detail
