// SPDX-License-Identifier: MIT
#include <wslplugins/api/command.hpp>

#include "api/command_check.hpp"
#include "api/prepared_state.hpp"
#include "api/raw_run.hpp"

#include <algorithm>

namespace wslplugins {
namespace {

/// A name with `=` in it would become another name: it is made empty, which is refused.
std::string variable_text(std::string_view name, std::string_view value) {
    std::string text(name.contains('=') ? std::string_view() : name);
    text += '=';
    text += value;
    return text;
}

}  // namespace

Command::Command(const abi::WSLPluginAPIV1* api, SessionId session, std::string_view path)
    : described_{.api = api,
                 .session = session,
                 .path = std::string(path),
                 .time_limit = default_time_limit,
                 .output_limit = default_output_limit} {}

Command& Command::arg(std::string_view argument) {
    described_.arguments.emplace_back(argument);
    return *this;
}

Command& Command::args(std::span<const std::string> arguments) {
    described_.arguments.insert(described_.arguments.end(), arguments.begin(), arguments.end());
    return *this;
}

Command& Command::args(std::initializer_list<std::string_view> arguments) {
    described_.arguments.insert(described_.arguments.end(), arguments.begin(), arguments.end());
    return *this;
}

Command& Command::clear_args() noexcept {
    described_.arguments.clear();
    return *this;
}

Command& Command::truncate_args(std::size_t count) noexcept {
    if (count < described_.arguments.size()) {
        described_.arguments.erase(described_.arguments.begin() +
                                       static_cast<std::ptrdiff_t>(count),
                                   described_.arguments.end());
    }
    return *this;
}

Command& Command::arg0(std::string_view name) {
    described_.arg0 = name;
    return *this;
}

Command& Command::reset_arg0() noexcept {
    described_.arg0.reset();
    return *this;
}

Command& Command::in(const DistributionTarget& target) noexcept {
    described_.target = target;
    return *this;
}

Command& Command::environment(std::string_view name, std::string_view value) {
    described_.variables.push_back(variable_text(name, value));
    return *this;
}

Command& Command::clear_environment() noexcept {
    described_.clears_environment = true;
    return *this;
}

Command& Command::working_folder(std::string_view folder) {
    described_.folder = folder;
    return *this;
}

Command& Command::as_user(std::string_view user) {
    described_.user = user;
    return *this;
}

Command& Command::input(std::string_view bytes) {
    described_.input = bytes;
    return *this;
}

Command& Command::time_limit(std::chrono::milliseconds limit) {
    constexpr std::chrono::milliseconds longest =
        std::chrono::years(1);  // a point in time must hold it
    described_.time_limit = std::clamp(limit, std::chrono::milliseconds::zero(), longest);
    return *this;
}

Command& Command::output_limit(std::size_t bytes) {
    described_.output_limit = bytes;
    return *this;
}

WinResult<RawProcess> Command::spawn_raw() const {
    if (const auto good = detail::check_command(described_); !good) {
        return propagate(good.error());
    }
    if (const auto good = detail::check_raw(described_); !good) {
        return propagate(good.error());
    }
    auto stream = detail::start_raw(described_, detail::raw_execution(described_));
    if (!stream) {
        return propagate(std::move(stream.error()));
    }
    return RawProcess(stream->release());
}

WinResult<std::string> Command::run_raw() const {
    auto process = spawn_raw();
    if (!process) {
        return propagate(std::move(process.error()));
    }
    return detail::read_to_end(described_, std::move(*process));
}

}  // namespace wslplugins
