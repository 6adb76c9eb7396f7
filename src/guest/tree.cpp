// SPDX-License-Identifier: MIT
#include "guest/tree.hpp"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>

namespace wslplugins::guest {

Step<Descriptor> copy_tree(const std::string& path, std::uint64_t attributes) {
    Descriptor tree(
        ::open_tree(AT_FDCWD, path.c_str(), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE));
    if (!tree.is_open()) {
        return failed("Copying the mounts of '" + path + "'");
    }
    mount_attr change{};
    change.attr_set = attributes;
    if (::mount_setattr(tree.get(), "", AT_EMPTY_PATH | AT_RECURSIVE, &change, sizeof change) < 0) {
        if (errno == ENOSYS) {
            return failed("Making a mount read-only with all below it (Linux 5.12 or newer can)");
        }
        return failed("Restricting the mounts of '" + path + "'");
    }
    return tree;
}

Step<> attach_tree(const Descriptor& tree, const std::string& target) {
    if (::move_mount(tree.get(), "", AT_FDCWD, target.c_str(), MOVE_MOUNT_F_EMPTY_PATH) < 0) {
        return failed("Mounting at '" + target + "'");
    }
    return {};
}

Step<> make_folders(const std::string& path) {
    for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
        const std::string part = path.substr(0, end);
        if (::mkdir(part.c_str(), 0755) < 0 && errno != EEXIST) {
            return failed("Making the folder '" + part + "'");
        }
        if (end == std::string::npos) {
            return {};
        }
    }
}

}  // namespace wslplugins::guest
