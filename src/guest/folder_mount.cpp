// SPDX-License-Identifier: MIT
#include "guest/folder_mount.hpp"

#include "guest/tree.hpp"

#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>

namespace wslplugins::guest {
namespace {

/// A mount on the root itself would take the root's programs away from every later command.
bool is_root(const std::string& path) {
    struct stat one{};
    struct stat root{};
    return ::stat(path.c_str(), &one) == 0 && ::stat("/", &root) == 0 &&
           one.st_dev == root.st_dev && one.st_ino == root.st_ino;
}

Step<> mount_inside(const Descriptor& tree, const std::string& target) {
    if (const auto made = make_folders(target); !made) {
        return made;
    }
    if (is_root(target)) {
        return failed_with(EBUSY, "Mounting over the machine's root");
    }
    return attach_tree(tree, target);
}

/// Does `work` in a child that sees the machine's mounts, and tells how it went.
template <class Work>
Step<> run_inside(const Init& machine, const std::string& what, const Work& work) {
    auto channel = open_report_channel();
    if (!channel) {
        return std::unexpected(channel.error());
    }
    const auto child = fork_into(machine.handle.get());
    if (!child) {
        return std::unexpected(child.error());
    }
    if (*child == 0) {
        const Step<> outcome = ::setns(machine.handle.get(), CLONE_NEWNS) < 0
                                   ? failed("Entering the machine's mount namespace")
                                   : work();
        (void)send_report(channel->theirs, protocol::encode(outcome));
        ::_exit(0);
    }
    channel->theirs.close();
    const auto report = receive_report(channel->ours);
    wait_for_child(*child);
    const auto reply =
        report ? protocol::decode_reply<protocol::Done>(report->message) : std::nullopt;
    return reply ? *reply : failed_with(ECHILD, what);
}

}  // namespace

Step<> mount_folder(const Init& place, const protocol::MountFolder& request) {
    if (request.target.empty() || request.target.contains('\0') || request.source.contains('\0')) {
        return failed_with(EINVAL, "Mounting at '" + request.target + "'");
    }
    constexpr std::uint64_t always = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
    const auto tree =
        copy_tree(request.source, always | (request.read_only ? MOUNT_ATTR_RDONLY : 0u));
    if (!tree) {
        return std::unexpected(tree.error());
    }
    const std::string target =
        request.target.starts_with('/') ? request.target : "/" + request.target;
    return run_inside(
        place, "Mounting at '" + target + "'", [&] { return mount_inside(*tree, target); });
}

Step<> unmount_folder(const Init& machine, const protocol::UnmountFolder& request) {
    const std::string what = "Unmounting '" + request.target + "'";
    if (!request.target.starts_with('/') || request.target.contains('\0')) {
        return failed_with(EINVAL, what);
    }
    return run_inside(machine, what, [&]() -> Step<> {
        if (::umount2(request.target.c_str(), UMOUNT_NOFOLLOW) < 0) {
            return failed(what);
        }
        if (::rmdir(request.target.c_str()) < 0) {
            return failed("Removing the folder '" + request.target + "'");
        }
        return {};
    });
}

}  // namespace wslplugins::guest
