// SPDX-License-Identifier: MIT
#include <wslplugins/api/command.hpp>

#include "api/call_failure.hpp"
#include "api/gated_field.hpp"
#include "platform/socket.hpp"

#include <algorithm>
#include <array>

namespace wslplugins {
namespace {

constexpr HResult buffer_overflow = HResult::from_win32(111);  // ERROR_BUFFER_OVERFLOW

/// A text that WSL can pass on as one argument, or why it is none.
WinResult<>
check_argument(const std::string& path, const std::string& what, std::string_view text) {
    const std::string refused = "Running '" + path + "' was not tried: " + what;
    if (text.empty()) {
        return failure(HResult::invalid_argument,
                       refused +
                           " is empty, and WSL ends the list of arguments at an empty one; run "
                           "a shell that makes it, such as /bin/sh -c");
    }
    if (text.contains('\0')) {
        return failure(HResult::invalid_argument,
                       refused + " contains a NUL character, at which WSL would cut it");
    }
    return {};
}

}  // namespace

Command::Command(const abi::WSLPluginAPIV1* api, SessionId session, std::string_view path)
    : api_(api), session_(session), path_(path) {}

Command& Command::arg(std::string_view argument) {
    arguments_.emplace_back(argument);
    return *this;
}

Command& Command::args(std::span<const std::string> arguments) {
    arguments_.insert(arguments_.end(), arguments.begin(), arguments.end());
    return *this;
}

Command& Command::args(std::initializer_list<std::string_view> arguments) {
    arguments_.insert(arguments_.end(), arguments.begin(), arguments.end());
    return *this;
}

Command& Command::arg0(std::string_view name) {
    arg0_ = name;
    return *this;
}

Command& Command::in_distribution(const Guid& distribution) {
    distribution_ = distribution;
    return *this;
}

Command& Command::time_limit(std::chrono::milliseconds limit) {
    constexpr std::chrono::milliseconds longest =
        std::chrono::years(1);  // a point in time must hold it
    time_limit_ = std::clamp(limit, std::chrono::milliseconds::zero(), longest);
    return *this;
}

Command& Command::output_limit(std::size_t bytes) {
    output_limit_ = bytes;
    return *this;
}

WinResult<> Command::check() const {
    const Version running = Version::from(api_->Version);
    const Version since = slot_of(ApiCall::ExecuteBinaryInDistribution).since;
    if (distribution_ && running < since) {
        return detail::requires_update("Running a program in a distribution", since, running);
    }
    if (!path_.starts_with('/')) {
        return failure(HResult::invalid_argument,
                       "Running '" + path_ +
                           "' was not tried: the path must be absolute, WSL does not search PATH");
    }
    WinResult<> good = check_argument(path_, "the path", path_);
    if (good && arg0_) {
        good = check_argument(path_, "argument 0", *arg0_);
    }
    for (std::size_t i = 0; good && i < arguments_.size(); ++i) {
        good = check_argument(path_, "argument " + std::to_string(i + 1), arguments_[i]);
    }
    return good;
}

abi::HRESULT Command::execute(abi::SOCKET& socket) const {
    std::vector<abi::LPCSTR> list;
    list.reserve(arguments_.size() + 2);
    list.push_back(arg0_ ? arg0_->c_str() : path_.c_str());
    for (const std::string& argument : arguments_) {
        list.push_back(argument.c_str());
    }
    list.push_back(nullptr);
    if (distribution_) {
        const abi::GUID id = distribution_->raw();
        return api_->ExecuteBinaryInDistribution(
            session_.value(), &id, path_.c_str(), list.data(), &socket);
    }
    return api_->ExecuteBinary(session_.value(), path_.c_str(), list.data(), &socket);
}

WinResult<Process> Command::spawn() const {
    if (const auto good = check(); !good) {
        return propagate(good.error());
    }
    abi::SOCKET socket = platform::invalid_socket;
    if (const HResult code(execute(socket)); code.is_failure()) {
        const std::string where =
            distribution_ ? "distribution " + to_string(*distribution_)
                          : "the virtual machine of session " + std::to_string(session_.value());
        return detail::call_failure(code, "Starting '" + path_ + "' in " + where);
    }
    return Process(socket);
}

WinResult<CommandOutput> Command::run() const {
    auto process = spawn();
    if (!process) {
        return propagate(std::move(process.error()));
    }
    const auto deadline = std::chrono::steady_clock::now() + time_limit_;
    // A program that has ended already has no input to close; reading says what is wrong, if anything.
    (void)process->close_stdin();
    CommandOutput output;
    std::array<char, 16 * 1024> chunk;
    for (;;) {
        const auto count = process->read(chunk, deadline);
        if (!count && count.error().code() == HResult::timeout) {
            return failure(HResult::timeout,
                           "'" + path_ + "' did not end its output within " +
                               std::to_string(time_limit_.count()) + " ms; it may still run");
        }
        if (!count) {
            return propagate(count.error());
        }
        if (*count == 0) {
            return output;
        }
        if (*count > output_limit_ - output.standard_output.size()) {
            return failure(buffer_overflow,
                           "'" + path_ + "' wrote more than the limit of " +
                               std::to_string(output_limit_) + " bytes; it may still run");
        }
        output.standard_output.append(chunk.data(), *count);
    }
}

}  // namespace wslplugins
