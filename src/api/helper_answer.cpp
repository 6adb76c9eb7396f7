// SPDX-License-Identifier: MIT
#include "api/helper_answer.hpp"

#include <array>
#include <charconv>

namespace wslplugins::detail {
namespace {

struct Refusal {
    std::string_view line;
    HResult code;
    std::string_view why;
};

constexpr std::array refusals{
    Refusal{"no program", HResult::file_not_found, "there is no such file on the Linux side"},
    Refusal{"no execution",
            HResult::access_denied,
            "it is no file that may be executed; check its kind and its mode"},
    Refusal{"no folder",
            HResult::path_not_found,
            "the working folder does not exist there, or may not be entered"},
    Refusal{"no root",
            HResult::access_denied,
            "changing the user needs root on the Linux side, and WSL ran the helper as another "
            "user"},
    Refusal{"no user", HResult::not_found, "there is no such user on the Linux side"},
    Refusal{"no change",
            HResult::access_denied,
            "the Linux side may not change to the user; it needs root with CAP_SETUID and "
            "CAP_SETGID, and `setpriv` of util-linux"},
};

constexpr std::string_view no_tool = "no tool ";
constexpr std::string_view ended = "ended ";
constexpr std::string_view by_itself = " exited";
constexpr std::string_view by_a_signal = " killed";

constexpr int signal_interrupt = 2;
constexpr int signal_pipe = 13;

/// Of these two shells do not say that it was the signal.
bool is_silent(int signal) {
    return signal == signal_interrupt || signal == signal_pipe;
}

}  // namespace

std::unexpected<Error> helper_refusal(const std::string& path, std::string_view line) {
    const std::string what = "'" + path + "' was not started: ";
    for (const Refusal& refusal : refusals) {
        if (line == refusal.line) {
            return failure(refusal.code, what + std::string(refusal.why));
        }
    }
    if (line.starts_with(no_tool)) {
        return failure(HResult::not_supported,
                       what + "the helper needs '" + std::string(line.substr(no_tool.size())) +
                           "', which is missing on the Linux side; provide it there, or use "
                           "`run_raw` or `spawn_raw`");
    }
    return failure(HResult::fail,
                   what + "the helper on the Linux side could not connect its streams; check that "
                          "/proc is mounted there and that /bin/sh is a POSIX shell");
}

std::optional<ExitStatus> ended_status(std::string_view line) {
    if (!line.starts_with(ended)) {
        return std::nullopt;
    }
    line.remove_prefix(ended.size());
    int status = 0;
    const auto parsed = std::from_chars(line.data(), line.data() + line.size(), status);
    if (parsed.ec != std::errc() || status < 0 || status > 255) {
        return std::nullopt;
    }
    const std::string_view how = line.substr(static_cast<std::size_t>(parsed.ptr - line.data()));
    if (how != by_itself && how != by_a_signal) {
        return std::nullopt;
    }
    const int signal = status - 128;
    if (signal > 0 && (how == by_a_signal || is_silent(signal))) {
        return ExitStatus::killed(signal);
    }
    return ExitStatus::exited(status);
}

std::unexpected<Error> helper_lost(const std::string& path) {
    return failure(HResult::aborted,
                   "How '" + path +
                       "' ended, and whether it wrote more, is not known: its helper on the Linux "
                       "side ended first, by `cancel`, a signal, or the end of the distribution "
                       "or virtual machine");
}

}  // namespace wslplugins::detail
