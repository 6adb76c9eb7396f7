// SPDX-License-Identifier: MIT
#include "guest/privilege.hpp"

#include "guest/descriptor.hpp"

#include <array>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/syscall.h>

namespace wslplugins::guest {
namespace {

constexpr std::uint64_t bit(int capability) {
    return std::uint64_t{1} << capability;
}

constexpr std::uint64_t kept = bit(CAP_CHOWN) | bit(CAP_DAC_OVERRIDE) | bit(CAP_FOWNER) |
                               bit(CAP_FSETID) | bit(CAP_KILL) | bit(CAP_SETGID) | bit(CAP_SETUID) |
                               bit(CAP_NET_BIND_SERVICE) | bit(CAP_NET_RAW) | bit(CAP_SYS_CHROOT) |
                               bit(CAP_SETFCAP);

using CapabilityWords = std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3>;

std::uint64_t permitted_capabilities() {
    __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    CapabilityWords words{};
    if (::syscall(SYS_capget, &header, words.data()) < 0) {
        return 0;
    }
    return words[0].permitted | (std::uint64_t{words[1].permitted} << 32);
}

bool set_capabilities(std::uint64_t set) {
    __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    CapabilityWords words{};
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto word = static_cast<std::uint32_t>(set >> (32 * i));
        words[i] = {.effective = word, .permitted = word, .inheritable = word};
    }
    return ::syscall(SYS_capset, &header, words.data()) == 0;
}

Step<> write_file(const char* path, std::string_view text) {
    const Descriptor file(::open(path, O_WRONLY | O_CLOEXEC));
    if (!file.is_open() ||
        ::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        return failed(std::string("Writing ") + path);
    }
    return {};
}

}  // namespace

bool may_make_namespaces() {
    return (permitted_capabilities() & bit(CAP_SYS_ADMIN)) != 0;
}

Step<> enter_user_namespace() {
    const std::string user = std::to_string(::geteuid());
    const std::string group = std::to_string(::getegid());
    if (::unshare(CLONE_NEWUSER) < 0) {
        return failed(
            "Making a user namespace, which stands in for the missing CAP_SYS_ADMIN; look at "
            "the kernel settings user.max_user_namespaces and "
            "kernel.unprivileged_userns_clone, or run as root: it");
    }
    if (const auto denied = write_file("/proc/self/setgroups", "deny"); !denied) {
        return denied;
    }
    if (const auto mapped = write_file("/proc/self/uid_map", "0 " + user + " 1"); !mapped) {
        return mapped;
    }
    return write_file("/proc/self/gid_map", "0 " + group + " 1");
}

Step<> become_machine_root() {
    // A user namespace without groups denies setgroups; there the groups cannot be told from none.
    if (::setgroups(0, nullptr) < 0 && errno != EPERM) {
        return failed("Leaving the groups");
    }
    if (::setresgid(0, 0, 0) < 0 || ::setresuid(0, 0, 0) < 0) {
        return failed("Becoming root");
    }
    for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
        if ((kept & bit(capability)) == 0 && ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0) {
            return failed("Giving up capability " + std::to_string(capability));
        }
    }
    if (::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0 ||
        !set_capabilities(kept & permitted_capabilities()) ||
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) {
        return failed("Giving up capabilities");
    }
    return {};
}

}  // namespace wslplugins::guest
