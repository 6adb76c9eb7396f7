// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_vm.hpp"

#include <wslplugins/testhost/service.hpp>

#include <utility>

namespace wslplugins::testhost {

WinResult<std::shared_ptr<WslcVm>> WslcVm::start(const ServiceOptions& options) {
    auto machine = start_machine(options);
    if (!machine) {
        return propagate(std::move(machine.error()));
    }
    return std::shared_ptr<WslcVm>(new WslcVm(std::move(*machine)));
}

HResult
WslcVm::mount(const std::string& host_folder, const std::string& mountpoint, bool read_only) {
    const std::scoped_lock lock(lock_);
    if (mounts_.contains(mountpoint)) {
        return HResult::already_exists;
    }
    const auto mounted = machine_->mount_folder(host_folder, mountpoint, read_only);
    if (!mounted) {
        return mounted.error().code();
    }
    mounts_.insert(mountpoint);
    return HResult::ok;
}

HResult WslcVm::unmount(const std::string& mountpoint) {
    const std::scoped_lock lock(lock_);
    const auto found = mounts_.find(mountpoint);
    if (found == mounts_.end()) {
        return HResult::not_found;
    }
    const auto unmounted = machine_->unmount_folder(mountpoint);
    if (!unmounted) {
        return unmounted.error().code();
    }
    mounts_.erase(found);
    return HResult::ok;
}

WinResult<std::shared_ptr<WslcProcess>> WslcVm::create_process(const ProcessRequest& request) {
    auto started = machine_->start_process(request);
    if (!started) {
        return propagate(std::move(started.error()));
    }
    auto process = WslcProcess::make(std::move(*started));
    if (process) {
        watch(*process);
    }
    return process;
}

void WslcVm::watch(const std::shared_ptr<WslcProcess>& process) {
    {
        const std::scoped_lock lock(lock_);
        std::erase_if(processes_, [](const auto& known) { return known.expired(); });
        processes_.push_back(process);
    }
    watchers_.start([this, process] {
        const auto ended = machine_->wait(process->number());
        // Not an answer means that the machine is gone.
        process->end(ended ? ended->exit_code : killed_with_machine);
    });
}

void WslcVm::lose_server() {
    const std::scoped_lock lock(lock_);
    for (const auto& known : processes_) {
        if (const auto process = known.lock()) {
            process->lose_server();
        }
    }
}

void WslcVm::stop() {
    machine_->stop();
    watchers_.join_all();
}

}  // namespace wslplugins::testhost
