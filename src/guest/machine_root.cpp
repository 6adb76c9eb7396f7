// SPDX-License-Identifier: MIT
#include "guest/machine_root.hpp"

#include "guest/proc_tree.hpp"
#include "guest/tree.hpp"

#include <array>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <memory>
#include <string_view>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <vector>

namespace wslplugins::guest {
namespace {

/// The root is put together over this folder, which every Linux machine has, seen by this mount namespace only.
const std::string site = "/tmp";

constexpr const char* root_options = "mode=0755,size=1g";
constexpr std::uint64_t foreign = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_RDONLY;

Step<> make_file(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0444));
    if (!file.is_open()) {
        return failed("Making the file '" + path + "'");
    }
    return {};
}

Step<> bind_file(const std::string& source, const std::string& target, std::uint64_t attributes) {
    const auto tree = copy_tree(source, attributes);
    if (!tree) {
        return std::unexpected(tree.error());
    }
    if (const auto made = make_file(target); !made) {
        return made;
    }
    return attach_tree(*tree, target);
}

/// A symbolic link is made again, a folder is bound, what the machine lacks is left out.
Step<> take_over(const std::string& path) {
    struct stat status{};
    if (::lstat(path.c_str(), &status) < 0) {
        return {};
    }
    const std::string target = site + path;
    if (S_ISLNK(status.st_mode)) {
        std::array<char, PATH_MAX> to{};
        const ssize_t length = ::readlink(path.c_str(), to.data(), to.size() - 1);
        if (length < 0 || ::symlink(to.data(), target.c_str()) < 0) {
            return failed("Making the link '" + path + "'");
        }
        return {};
    }
    if (!S_ISDIR(status.st_mode)) {
        return {};
    }
    const auto tree = copy_tree(path, foreign);
    if (!tree) {
        return std::unexpected(tree.error());
    }
    if (const auto made = make_folders(target); !made) {
        return made;
    }
    return attach_tree(*tree, target);
}

/// /usr, /etc, /opt, /bin, /sbin and whatever begins with /lib, as a distribution has them.
std::vector<std::string> folders_to_take_over() {
    std::vector<std::string> folders{"/usr", "/etc", "/opt", "/bin", "/sbin"};
    const std::unique_ptr<DIR, int (*)(DIR*)> root(::opendir("/"), ::closedir);
    for (const dirent* entry = root ? ::readdir(root.get()) : nullptr; entry != nullptr;
         entry = ::readdir(root.get())) {
        if (std::string_view(entry->d_name).starts_with("lib")) {
            folders.push_back(std::string("/") + entry->d_name);
        }
    }
    return folders;
}

Step<> make_fresh_folders() {
    struct Folder {
        const char* path;
        mode_t mode;
    };
    constexpr std::array folders{Folder{"/tmp", 01777},
                                 Folder{"/run", 0755},
                                 Folder{"/root", 0700},
                                 Folder{"/home", 0755},
                                 Folder{"/mnt", 0755},
                                 Folder{"/var", 0755},
                                 Folder{"/var/tmp", 01777},
                                 Folder{"/var/log", 0755},
                                 Folder{"/proc", 0555},
                                 Folder{"/dev", 0755}};
    for (const Folder& folder : folders) {
        const std::string path = site + folder.path;
        // chmod besides, because mkdir's mode goes through the umask.
        if (::mkdir(path.c_str(), 0755) < 0 || ::chmod(path.c_str(), folder.mode) < 0) {
            return failed(std::string("Making the folder '") + folder.path + "'");
        }
    }
    if (::symlink("/run", (site + "/var/run").c_str()) < 0) {
        return failed("Making the link '/var/run'");
    }
    return {};
}

/// The devices' own mounts are read-only: that forbids to change the machine's inodes (mode, owner), and
/// still lets the devices be written.
Step<> make_devices() {
    const std::string dev = site + "/dev";
    if (::mount("tmpfs", dev.c_str(), "tmpfs", MS_NOSUID | MS_NOEXEC, "mode=0755,size=64k") < 0) {
        return failed("Mounting /dev");
    }
    for (const char* const name : {"/null", "/zero", "/full", "/random", "/urandom"}) {
        constexpr std::uint64_t attributes =
            MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
        const auto bound = bind_file(std::string("/dev") + name, dev + name, attributes);
        if (!bound) {
            return bound;
        }
    }
    struct Link {
        const char* name;
        const char* to;
    };
    constexpr std::array links{Link{"/fd", "/proc/self/fd"},
                               Link{"/stdin", "/proc/self/fd/0"},
                               Link{"/stdout", "/proc/self/fd/1"},
                               Link{"/stderr", "/proc/self/fd/2"}};
    for (const Link& link : links) {
        if (::symlink(link.to, (dev + link.name).c_str()) < 0) {
            return failed(std::string("Making the link '/dev") + link.name + "'");
        }
    }
    const std::string shm = dev + "/shm";
    if (::mkdir(shm.c_str(), 0755) < 0 ||
        ::mount("tmpfs", shm.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777,size=256m") < 0) {
        return failed("Mounting /dev/shm");
    }
    return {};
}

/// The old root is mounted over the new one by the call itself, and taken away from there.
Step<> become_root() {
    if (::chdir(site.c_str()) < 0 || ::syscall(SYS_pivot_root, ".", ".") < 0 ||
        ::umount2(".", MNT_DETACH) < 0 || ::chdir("/") < 0) {
        return failed("Making the throwaway root the root");
    }
    return {};
}

}  // namespace

Step<> enter_machine_root(const std::string& program) {
    // Taken before the site covers it: the program may itself lie below /tmp.
    const auto init = copy_tree(program, foreign);
    if (!init) {
        return std::unexpected(init.error());
    }
    if (::mount("tmpfs", site.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, root_options) < 0) {
        return failed("Mounting the throwaway root");
    }
    for (const std::string& folder : folders_to_take_over()) {
        if (const auto taken = take_over(folder); !taken) {
            return taken;
        }
    }
    const std::string init_path = site + "/init";
    if (const auto made = make_file(init_path); !made) {
        return made;
    }
    if (const auto attached = attach_tree(*init, init_path); !attached) {
        return attached;
    }
    if (const auto made = make_fresh_folders(); !made) {
        return made;
    }
    if (const auto made = make_devices(); !made) {
        return made;
    }
    if (const auto mounted = mount_proc(site + "/proc"); !mounted) {
        return mounted;
    }
    return become_root();
}

}  // namespace wslplugins::guest
