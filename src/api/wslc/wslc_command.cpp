// SPDX-License-Identifier: MIT
#include <wslplugins/api/wslc/wslc_command.hpp>

#include "api/call_failure.hpp"
#include "api/wslc/linux_error.hpp"
#include "api/wslc/wslc_gate.hpp"
#include "api/wslc/wslc_process_state.hpp"
#include "api/wslc/wslc_run.hpp"

#include <algorithm>
#include <utility>

namespace wslplugins {
namespace {

WinResult<> refuse_command(const std::string& path, const std::string& why) {
    return failure(HResult::invalid_argument, "Running '" + path + "' was not tried: " + why);
}

WinResult<> check_no_nul(const std::string& path, const std::string& what, std::string_view text) {
    if (text.contains('\0')) {
        return refuse_command(path,
                              what + " contains a NUL character, at which Linux would cut it");
    }
    return {};
}

WinResult<> check_path(const std::string& path) {
    if (path.empty()) {
        return refuse_command(path, "it has no path");
    }
    if (path.contains('/') && !path.starts_with('/')) {
        return refuse_command(path,
                              "the path must be absolute, or a name alone that WSL looks up in "
                              "PATH");
    }
    return check_no_nul(path, "the path", path);
}

/// WSL's form of a list: pointers, and NULL at its end.
std::vector<abi::LPCSTR> pointers_to(const std::vector<std::string>& texts, std::size_t room) {
    std::vector<abi::LPCSTR> list;
    list.reserve(texts.size() + room);
    for (const std::string& text : texts) {
        list.push_back(text.c_str());
    }
    list.push_back(nullptr);
    return list;
}

}  // namespace

WslcCommand::WslcCommand(const abi::WSLPluginAPIV1* api,
                         WslcSessionId session,
                         std::string_view path)
    : api_(api), session_(session), path_(path) {}

WslcCommand& WslcCommand::arg(std::string_view argument) {
    arguments_.emplace_back(argument);
    return *this;
}

WslcCommand& WslcCommand::args(std::span<const std::string> arguments) {
    arguments_.insert(arguments_.end(), arguments.begin(), arguments.end());
    return *this;
}

WslcCommand& WslcCommand::args(std::initializer_list<std::string_view> arguments) {
    arguments_.insert(arguments_.end(), arguments.begin(), arguments.end());
    return *this;
}

WslcCommand& WslcCommand::clear_args() noexcept {
    arguments_.clear();
    return *this;
}

WslcCommand& WslcCommand::truncate_args(std::size_t count) noexcept {
    if (count < arguments_.size()) {
        arguments_.erase(arguments_.begin() + static_cast<std::ptrdiff_t>(count), arguments_.end());
    }
    return *this;
}

WslcCommand& WslcCommand::arg0(std::string_view name) {
    arg0_ = name;
    return *this;
}

WslcCommand& WslcCommand::reset_arg0() noexcept {
    arg0_.reset();
    return *this;
}

WslcCommand& WslcCommand::environment(std::string_view name, std::string_view value) {
    // A name with `=` in it would become another name: it is made empty, which is refused.
    std::string variable(name.contains('=') ? std::string_view() : name);
    variable += '=';
    std::erase_if(variables_, [&](const std::string& old) { return old.starts_with(variable); });
    variables_.push_back(variable.append(value));
    return *this;
}

WslcCommand& WslcCommand::input(std::string_view bytes) {
    input_ = bytes;
    return *this;
}

WslcCommand& WslcCommand::time_limit(std::chrono::milliseconds limit) {
    constexpr std::chrono::milliseconds longest =
        std::chrono::years(1);  // a point in time must hold it
    time_limit_ = std::clamp(limit, std::chrono::milliseconds::zero(), longest);
    return *this;
}

WslcCommand& WslcCommand::output_limit(std::size_t bytes) {
    output_limit_ = bytes;
    return *this;
}

WinResult<> WslcCommand::check() const {
    WinResult<> good = check_path(path_);
    if (good && arg0_) {
        good = check_no_nul(path_, "argument 0", *arg0_);
    }
    for (std::size_t i = 0; good && i < arguments_.size(); ++i) {
        // The name of an argument is made up where it is needed, not for each of a thousand.
        if (arguments_[i].contains('\0')) {
            good = check_no_nul(path_, "argument " + std::to_string(i + 1), arguments_[i]);
        }
    }
    for (std::size_t i = 0; good && i < variables_.size(); ++i) {
        good = variables_[i].starts_with('=')
                   ? refuse_command(path_, "a variable has an empty name, or one with '='")
                   : check_no_nul(path_, "a variable", variables_[i]);
    }
    return good;
}

abi::HRESULT WslcCommand::create(abi::WSLCProcessHandle* process, int& linux_error) const {
    std::vector<abi::LPCSTR> arguments = pointers_to(arguments_, 2);
    arguments.insert(arguments.begin(), arg0().c_str());
    std::vector<abi::LPCSTR> variables = pointers_to(variables_, 1);
    return api_->WSLCCreateProcess(session_.value(),
                                   path_.c_str(),
                                   arguments.data(),
                                   variables_.empty() ? nullptr : variables.data(),
                                   process,
                                   &linux_error);
}

WinResult<std::shared_ptr<detail::WslcProcessState>> WslcCommand::start() const {
    if (const auto has = detail::require_call(ApiCall::WSLCCreateProcess,
                                              "Running a program in a container session",
                                              Version::from(api_->Version));
        !has) {
        return propagate(has.error());
    }
    if (const auto good = check(); !good) {
        return propagate(good.error());
    }
    // Made before the call, so that a handle that WSL gives always has an owner.
    auto process = std::make_shared<detail::WslcProcessState>(api_, path_);
    int linux_error = 0;
    const HResult code(create(process->handle_place(), linux_error));
    if (code.is_success()) {
        return process;
    }
    const std::string what =
        "Starting '" + path_ + "' in container session " + std::to_string(session_.value());
    // 0 and -1 say that it did not come to executing the program.
    if (linux_error <= 0) {
        return detail::call_failure(code, what);
    }
    const HResult meaning = detail::code_of_linux_error(linux_error);
    return propagate(Error(code == HResult::fail ? meaning : code,
                           what + " failed with " + detail::text_of_linux_error(linux_error),
                           linux_error));
}

WinResult<WslcProcess> WslcCommand::spawn() const {
    auto process = start();
    if (!process) {
        return propagate(std::move(process.error()));
    }
    return WslcProcess(std::move(*process));
}

WinResult<CommandOutput> WslcCommand::run() const {
    auto started = start();
    if (!started) {
        return propagate(std::move(started.error()));
    }
    const WslcProcess process(*started);
    return detail::run_to_end({**started, process, input_, time_limit_, output_limit_});
}

}  // namespace wslplugins
