// SPDX-License-Identifier: MIT
// Registering a session's distributions, and taking them away.
#include "testhost/error_collector.hpp"
#include "testhost/machine/disk_work.hpp"
#include "testhost/machine/host_path.hpp"
#include "testhost/user/user_session.hpp"

namespace wslplugins::testhost {

using Kind = DistributionSource::Kind;

HResult UserSession::register_distribution(RegisteredDistribution distribution,
                                           const DistributionSource& source) {
    const ErrorContextScope context(ErrorContext::RegisterDistro);
    std::unique_lock lock(instance_lock_);
    if (!user().registry.add(distribution)) {
        return report_error(HResult::already_exists,
                            "A distribution with the supplied name already exists.");
    }
    // In place, the lock is held to the end; otherwise the distribution is locked in its stead.
    std::optional<DistributionLock> distribution_lock;
    if (source.kind != Kind::InPlace) {
        distribution_lock.emplace(*this, distribution.id);
    }
    const bool needs_vm = source.kind != Kind::Disk && distribution.wsl_version == 2;
    HResult outcome = needs_vm ? need_vm() : HResult::ok;
    if (distribution_lock) {
        lock.unlock();
    }
    if (outcome.is_success()) {
        outcome = make_files(distribution, source);
    }
    if (outcome.is_failure()) {
        user().registry.remove(distribution.id);
        return outcome;
    }
    user().registry.update(distribution);
    return tell(Hook::OnDistributionRegistered, distribution);
}

HResult UserSession::make_files(RegisteredDistribution& distribution,
                                const DistributionSource& source) {
    const auto work = [&]() -> WinResult<> {
        auto disks = DiskWork::start(options());
        if (!disks) {
            return propagate(disks.error());
        }
        WinResult<> made;
        if (source.kind == Kind::InPlace) {
            distribution.root = source.path;
        } else {
            const std::string name = disk_name(distribution.wsl_version);
            distribution.root = source.location + '/' + name;
            distribution.owns_files = true;
            made = is_linux_file(source.path) ? disks->unpack(source.path, source.location, name)
                                              : disks->copy(source.path, source.location, name);
        }
        if (!made || source.kind == Kind::Disk) {
            return made;
        }
        const auto release = disks->look_into(distribution.root);
        if (!release) {
            return propagate(release.error());
        }
        distribution.flavor = release->flavor;
        distribution.version = release->version;
        return {};
    };
    const auto made = work();
    return made ? HResult::ok : report_error(made.error());
}

HResult UserSession::tell(Hook hook, const RegisteredDistribution& distribution) const {
    using Absent = OfflineDistributionInformation::Absent;
    const auto information = OfflineDistributionInformation::make(
        options().version,
        distribution,
        hook == Hook::OnDistributionRegistered ? Absent::Empty : Absent::Null);
    if (!information) {
        return report_error(information.error());
    }
    return around_.plugins.play(
        {hook, information_.get(), information->get(), information->arguments()});
}

HResult UserSession::unregister(const RegisteredDistribution& distribution) {
    const std::scoped_lock lock(instance_lock_);
    HResult outcome = ensure_not_locked(distribution.id);
    if (outcome.is_success()) {
        outcome = terminate_if_running(distribution.id);
    }
    if (outcome.is_success() && distribution.owns_files) {
        auto disks = DiskWork::start(options());
        const auto removed =
            disks ? disks->remove(distribution.root) : WinResult<>(propagate(disks.error()));
        outcome = removed ? HResult::ok : report_error(removed.error());
    }
    if (outcome.is_success()) {
        outcome = tell(Hook::OnDistributionUnregistered, distribution);
    }
    if (outcome.is_success()) {
        user().registry.remove(distribution.id);
    }
    return outcome;
}

}  // namespace wslplugins::testhost
