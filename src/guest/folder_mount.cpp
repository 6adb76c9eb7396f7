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

Step<> mount_inside(const Init& machine, const Descriptor& tree, const std::string& target) {
    if (::setns(machine.handle.get(), CLONE_NEWNS) < 0) {
        return failed("Entering the machine's mount namespace");
    }
    if (const auto made = make_folders(target); !made) {
        return made;
    }
    if (is_root(target)) {
        return failed_with(EBUSY, "Mounting over the machine's root");
    }
    return attach_tree(tree, target);
}

}  // namespace

Step<> mount_folder(const Init& machine, const protocol::MountFolder& request) {
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
    auto channel = open_report_channel();
    if (!channel) {
        return std::unexpected(channel.error());
    }
    const auto child = fork_into(machine.handle.get());
    if (!child) {
        return std::unexpected(child.error());
    }
    if (*child == 0) {
        (void)send_report(channel->theirs, protocol::encode(mount_inside(machine, *tree, target)));
        ::_exit(0);
    }
    channel->theirs.close();
    const auto report = receive_report(channel->ours);
    wait_for_child(*child);
    const auto reply =
        report ? protocol::decode_reply<protocol::Done>(report->message) : std::nullopt;
    return reply ? *reply : failed_with(ECHILD, "Mounting at '" + target + "'");
}

}  // namespace wslplugins::guest
