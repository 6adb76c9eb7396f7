// SPDX-License-Identifier: MIT
#include "guest/folder_root.hpp"

#include "guest/tree.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>

namespace wslplugins::guest {
namespace {

// Folders of the throwaway root, which nobody sees again.
const std::string new_root = "/root";
constexpr const char* lower = "/mnt";
constexpr const char* upper = "/home/upper";
constexpr const char* work = "/home/work";

Step<> mount_layer(const Descriptor& folder) {
    if (const auto attached = attach_tree(folder, lower); !attached) {
        return attached;
    }
    const std::string options =
        std::string("lowerdir=") + lower + ",upperdir=" + upper + ",workdir=" + work;
    if (::mkdir(upper, 0755) < 0 || ::mkdir(work, 0755) < 0 ||
        ::mount("overlay", new_root.c_str(), "overlay", MS_NOSUID | MS_NODEV, options.c_str()) <
            0) {
        return failed("Mounting a writable layer over a distribution's folder");
    }
    return {};
}

/// A folder for a mount; one that is there already is as good.
Step<> make_place(const std::string& path) {
    if (::mkdir(path.c_str(), 0755) < 0 && errno != EEXIST) {
        return failed("Making the folder '" + path.substr(new_root.size()) + "'");
    }
    return {};
}

Step<> move_over(const std::string& path) {
    const std::string target = new_root + path;
    if (const auto made = make_place(target); !made) {
        return made;
    }
    if (::mount(path.c_str(), target.c_str(), nullptr, MS_MOVE, nullptr) < 0) {
        return failed("Moving '" + path + "' to a distribution's folder");
    }
    return {};
}

Step<> give_init() {
    const std::string target = new_root + "/init";
    const auto program = copy_tree("/init", 0);
    if (!program) {
        return std::unexpected(program.error());
    }
    const Descriptor place(::open(target.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0755));
    if (!place.is_open()) {
        return failed("Making the file '/init'");
    }
    return attach_tree(*program, target);
}

Step<> give_run() {
    const std::string target = new_root + "/run";
    if (const auto made = make_place(target); !made) {
        return made;
    }
    if (::mount("tmpfs", target.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755,size=64m") < 0) {
        return failed("Mounting /run");
    }
    return {};
}

Step<> become_root() {
    if (::chdir(new_root.c_str()) < 0 || ::syscall(SYS_pivot_root, ".", ".") < 0 ||
        ::umount2(".", MNT_DETACH) < 0 || ::chdir("/") < 0) {
        return failed("Making a distribution's folder the root");
    }
    return {};
}

Step<> change_root(const Descriptor& folder, bool keeps_changes) {
    Step<> step = keeps_changes ? attach_tree(folder, new_root) : mount_layer(folder);
    for (const char* const path : {"/proc", "/dev"}) {
        if (step) {
            step = move_over(path);
        }
    }
    if (step) {
        step = give_init();
    }
    if (step) {
        step = give_run();
    }
    return step ? become_root() : step;
}

/// In a child that sees the distribution's processes.
Step<protocol::DistributionStarted>
enter(const Init& init, const Descriptor& folder, bool keeps_changes) {
    if (::setns(init.handle.get(), CLONE_NEWNS) < 0) {
        return failed("Entering a distribution's mount namespace");
    }
    if (const auto changed = change_root(folder, keeps_changes); !changed) {
        return std::unexpected(changed.error());
    }
    const OsRelease release = read_os_release();
    return protocol::DistributionStarted{.flavor = release.id, .version = release.version_id};
}

}  // namespace

Step<OsRelease> enter_folder_root(const Init& init, const protocol::StartDistribution& request) {
    const auto folder = copy_tree(request.root, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    auto channel = open_report_channel();
    if (!channel) {
        return std::unexpected(channel.error());
    }
    const auto child = fork_into(init.handle.get());
    if (!child) {
        return std::unexpected(child.error());
    }
    if (*child == 0) {
        const auto entered = enter(init, *folder, request.keeps_changes);
        (void)send_report(channel->theirs, protocol::encode(entered));
        ::_exit(0);
    }
    channel->theirs.close();
    const auto report = receive_report(channel->ours);
    wait_for_child(*child);
    const auto reply = report
                           ? protocol::decode_reply<protocol::DistributionStarted>(report->message)
                           : std::nullopt;
    if (!reply) {
        return failed_with(ECHILD, "Entering the folder '" + request.root + "'");
    }
    if (!*reply) {
        return std::unexpected(reply->error());
    }
    return OsRelease{(*reply)->flavor, (*reply)->version};
}

}  // namespace wslplugins::guest
