// SPDX-License-Identifier: MIT
/// @file
/// What plugins call of a container session. A call never starts a machine and never waits for one.
#include "testhost/wslc/wslc_session.hpp"

#include "platform/paths.hpp"

#include <utility>

namespace wslplugins::testhost {
namespace {

/// A drive's path, a share's, or what the platform itself calls absolute.
bool is_absolute(const std::string& windows_path) {
    const auto is_slash = [](char c) { return c == '\\' || c == '/'; };
    const bool has_drive =
        windows_path.size() >= 3 && windows_path[1] == ':' && is_slash(windows_path[2]);
    return has_drive || windows_path.starts_with("\\\\") ||
           platform::path_from_utf8(windows_path).is_absolute();
}

}  // namespace

/// While it lives, the machine is not taken away for being idle.
class WslcSession::Call {
public:
    explicit Call(WslcSession& session) : session_(session), vm_(session.enter_call()) {}
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    ~Call() {
        if (vm_) {
            session_.leave_call();
        }
    }

    [[nodiscard]] const std::expected<std::shared_ptr<WslcVm>, HResult>& vm() const noexcept {
        return vm_;
    }

private:
    WslcSession& session_;
    const std::expected<std::shared_ptr<WslcVm>, HResult> vm_;
};

std::expected<std::shared_ptr<WslcVm>, HResult> WslcSession::enter_call() {
    const std::scoped_lock lock(lock_);
    if (phase_ == Phase::Terminating) {
        return std::unexpected(HResult::aborted);
    }
    if (phase_ != Phase::Alive) {
        return std::unexpected(HResult::container_session_not_found);
    }
    if (!takes_calls_) {
        return std::unexpected(HResult::container_vm_not_running);
    }
    ++calls_;
    return vm_;
}

void WslcSession::leave_call() {
    {
        const std::scoped_lock lock(lock_);
        --calls_;
    }
    changed_.notify_all();
}

HResult WslcSession::mount_folder(const std::string& windows_path,
                                  const std::string& mountpoint,
                                  bool read_only) {
    const Call call(*this);
    if (!call.vm()) {
        return call.vm().error();
    }
    if (!is_absolute(windows_path)) {
        return HResult::invalid_argument;
    }
    const auto folder = (*call.vm())->machine().host_folder(windows_path);
    if (!folder) {
        return HResult::path_not_found;
    }
    if (!mountpoint.starts_with('/')) {
        return HResult::invalid_argument;
    }
    return (*call.vm())->mount(*folder, mountpoint, read_only);
}

HResult WslcSession::unmount_folder(const std::string& mountpoint) {
    const Call call(*this);
    return call.vm() ? (*call.vm())->unmount(mountpoint) : call.vm().error();
}

WinResult<std::shared_ptr<WslcProcess>> WslcSession::create_process(const ProcessRequest& request) {
    const Call call(*this);
    if (!call.vm()) {
        return propagate(Error(call.vm().error()));
    }
    return (*call.vm())->create_process(request);
}

}  // namespace wslplugins::testhost
