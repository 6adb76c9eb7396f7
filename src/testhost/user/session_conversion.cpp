// SPDX-License-Identifier: MIT
// Exporting a session's distributions, and changing how they run.
#include "testhost/error_collector.hpp"
#include "testhost/machine/disk_work.hpp"
#include "testhost/user/user_session.hpp"

namespace wslplugins::testhost {

using Kind = DistributionSource::Kind;

namespace {

/// WSL_E_EXPORT_FAILED
constexpr HResult export_failed = HResult::from_bits(0x8004030Au);

/// WSL_E_DISTRO_NOT_STOPPED
constexpr HResult not_stopped = HResult::from_bits(0x8004030Cu);

}  // namespace

HResult UserSession::export_to(const RegisteredDistribution& distribution,
                               Kind kind,
                               std::string_view path) {
    std::unique_lock lock(instance_lock_);
    HResult outcome = ensure_not_locked(distribution.id);
    if (outcome.is_failure()) {
        return outcome;
    }
    if (kind == Kind::Disk && distribution.wsl_version == 1) {
        return report_error(HResult::wsl2_needed);
    }
    if (distribution.root.empty()) {
        return report_error(export_failed,
                            "'" + distribution.name +
                                "' has no folder of its own to export: its root is a throwaway");
    }
    outcome = terminate_if_running(distribution.id);
    if (outcome.is_success() && kind == Kind::Tar && distribution.wsl_version == 2) {
        outcome = need_vm();
    }
    if (outcome.is_failure()) {
        return outcome;
    }
    const DistributionLock distribution_lock(*this, distribution.id);
    lock.unlock();
    auto disks = DiskWork::start(options());
    if (!disks) {
        return report_error(disks.error());
    }
    const auto done = kind == Kind::Tar ? disks->pack(distribution.root, path)
                                        : disks->copy(distribution.root, path);
    return done ? HResult::ok : report_error(done.error());
}

HResult UserSession::set_version(const RegisteredDistribution& distribution, int wsl_version) {
    std::unique_lock lock(instance_lock_);
    HResult outcome = ensure_not_locked(distribution.id);
    if (outcome.is_success() && distribution.wsl_version == wsl_version) {
        outcome = report_error(HResult::distribution_not_running,
                               "The distribution is already the requested version.");
    }
    if (outcome.is_success()) {
        outcome = terminate_if_running(distribution.id);
    }
    if (outcome.is_success()) {
        outcome = need_vm();
    }
    if (outcome.is_failure()) {
        return outcome;
    }
    const DistributionLock distribution_lock(*this, distribution.id);
    lock.unlock();
    RegisteredDistribution converted = distribution;
    converted.wsl_version = wsl_version;
    if (distribution.owns_files) {
        auto disks = DiskWork::start(options());
        if (!disks) {
            return report_error(disks.error());
        }
        auto renamed = disks->rename(distribution.root, disk_name(wsl_version));
        if (!renamed) {
            return report_error(renamed.error());
        }
        converted.root = std::move(*renamed);
    }
    user().registry.update(converted);
    return HResult::ok;
}

HResult UserSession::ensure_stopped(const Guid& id) const {
    const HResult outcome = ensure_not_locked(id);
    return outcome.is_success() && running_.contains(id) ? report_error(not_stopped) : outcome;
}

HResult UserSession::resize(const RegisteredDistribution& distribution) {
    const std::scoped_lock lock(instance_lock_);
    if (distribution.wsl_version == 1) {
        return report_error(HResult::wsl2_needed);
    }
    const HResult outcome = ensure_stopped(distribution.id);
    return outcome.is_success() ? need_vm() : outcome;
}

HResult UserSession::move(const RegisteredDistribution& distribution, std::string_view location) {
    std::unique_lock lock(instance_lock_);
    const HResult outcome = ensure_stopped(distribution.id);
    if (outcome.is_failure() || !distribution.owns_files) {
        return outcome;
    }
    const DistributionLock distribution_lock(*this, distribution.id);
    lock.unlock();
    auto disks = DiskWork::start(options());
    if (!disks) {
        return report_error(disks.error());
    }
    RegisteredDistribution moved = distribution;
    moved.root = std::string(location) + '/' + disk_name(distribution.wsl_version);
    auto done = disks->copy(distribution.root, moved.root);
    if (done) {
        user().registry.update(moved);
        done = disks->remove(distribution.root);
    }
    return done ? HResult::ok : report_error(done.error());
}

HResult UserSession::set_default_user(const Guid& distribution, std::uint32_t user_id) {
    const std::scoped_lock lock(instance_lock_);
    const HResult outcome = ensure_not_locked(distribution);
    auto registered = user().registry.find(distribution);
    if (outcome.is_failure() || !registered) {
        return outcome;
    }
    registered->default_user_id = user_id;
    user().registry.update(*registered);
    return terminate_if_running(distribution);
}

}  // namespace wslplugins::testhost
