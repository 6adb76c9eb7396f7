// SPDX-License-Identifier: MIT
// What a plugin's command can do as the machine's root. Each test runs in the outer sandbox.
#include "guest/machine_probe.hpp"
#include "support/outer_sandbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace wslplugins::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string data_marker = sandbox_data + "/marker";
const std::string program_marker = sandbox_programs + "/marker";

void write_marker(const std::string& path) {
    std::ofstream(path) << "untouched";
}

std::string content_of(const std::string& path) {
    std::ifstream file(path);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

/// Things outside the machine that nothing inside may reach.
class Outside {
public:
    Outside() {
        write_marker(data_marker);
        write_marker(program_marker);
        bystander_ = ::fork();
        if (bystander_ == 0) {
            ::pause();
            ::_exit(0);
        }
        abstract_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        name_ = "wslplugins-test-" + std::to_string(::getpid()) + "-" +
                std::to_string(listener_->port());
        name_.copy(address.sun_path + 1, name_.size());
        const auto size =
            static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name_.size());
        EXPECT_EQ(::bind(abstract_, reinterpret_cast<const sockaddr*>(&address), size), 0);
        EXPECT_EQ(::listen(abstract_, 1), 0);
        ::stat("/dev/null", &null_device_);
    }
    Outside(const Outside&) = delete;
    Outside& operator=(const Outside&) = delete;
    ~Outside() { ::close(abstract_); }

    void expect_untouched() const {
        EXPECT_EQ(content_of(data_marker), "untouched");
        EXPECT_EQ(content_of(program_marker), "untouched");
        EXPECT_EQ(std::distance(std::filesystem::directory_iterator(sandbox_programs), {}), 1);
        EXPECT_EQ(::kill(bystander_, 0), 0);
        struct stat now{};
        ::stat("/dev/null", &now);
        EXPECT_EQ(now.st_mode, null_device_.st_mode);
        EXPECT_EQ(now.st_uid, null_device_.st_uid);
    }

    [[nodiscard]] std::string port() const { return std::to_string(listener_->port()); }
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] std::string bystander() const { return std::to_string(bystander_); }

private:
    WinResult<platform::Listener> listener_ = platform::Listener::open();
    pid_t bystander_ = 0;
    int abstract_ = -1;
    std::string name_;
    struct stat null_device_{};
};

/// Runs each line as a command of its own and says which ones the machine let through.
std::string lines_let_through(testhost::LinuxMachine& machine,
                              const std::vector<std::string>& lines) {
    std::string let_through;
    for (const std::string& line : lines) {
        if (run(machine, {"/bin/bash", "-c", line}).exit_code == 0) {
            let_through += line + "\n";
        }
    }
    return let_through;
}

TEST(Isolation, RefusesWhatReachesTheMachineOutside) {
    run_in_outer_sandbox([] {
        const Outside outside;
        const auto machine = start_machine();
        ASSERT_NE(machine, nullptr);
        const std::vector<std::string> attempts{
            "chmod 600 /dev/null",
            "chown 1 /dev/null",
            "rm /dev/null",
            "echo x > /proc/sys/kernel/hostname",
            "echo h > /proc/sysrq-trigger",
            // The kernel has one entry for all of /proc's namespaces, so that no sandbox could hold a change
            // back: these change nothing where they succeed.
            "for f in /proc/[!0-9]*; do test -L $f && continue; chmod $(stat -c %a $f) $f && exit "
            "0; done; exit 1",
            "chown 0:0 /proc/version",
            "hostname x",
            "mount -o remount,rw /usr",
            "mount -o remount,bind,rw /opt",
            "mount -t tmpfs none /mnt",
            "mount --bind /tmp /opt",
            "touch /opt/new",
            "echo x > /opt/marker",
            "rm /opt/marker",
            "ln /opt/marker /tmp/link",
            "mknod /tmp/disk b 8 0",
            "mknod /tmp/null c 1 3",
            "umount /proc/sys",
            "umount -l /opt",
            "umount /dev/null",
            "test -e " + data_marker,
            "test -e /proc/1/root" + data_marker,
            "nsenter -t 1 -m true",
            "chroot /proc/1/root test -e " + data_marker,
            "test -e /sys/kernel",
            "test \"$(head -c 1 /proc/kcore | wc -c)\" = 1",
            "date -s 2000-01-01",
            "dmesg -C",
            "swapoff -a && test -s /proc/swaps",
            "unshare -Urm sh -c 'mount -o remount,bind,rw /opt && touch /opt/new'",
            "unshare -Urm sh -c 'mount -o remount,rw /usr'",
            "unshare -Urm umount /proc/sys",
            "unshare -Urm umount -l /opt",
            "unshare -Urmpf sh -c 'mount -t proc proc /mnt && echo h > /mnt/sysrq-trigger'",
            "unshare -Ur mknod /tmp/disk b 8 0",
            "exec 3<>/dev/tcp/127.0.0.1/" + outside.port(),
            "perl -MSocket -e 'socket(S,AF_UNIX,SOCK_STREAM,0); exit(connect(S, "
            "pack_sockaddr_un(\"\\0" +
                outside.name() + "\")) ? 0 : 1)'",
            "test \"$(tr '\\0' ' ' < /proc/" + outside.bystander() +
                "/cmdline)\" = \"$(tr '\\0' ' ' "
                "< /proc/self/cmdline)\" && kill -9 " +
                outside.bystander(),
        };
        EXPECT_EQ(lines_let_through(*machine, attempts), "");
        outside.expect_untouched();
    });
}

TEST(Isolation, GivesTheRootInsideNoRightsOverTheKernel) {
    run_in_outer_sandbox([] {
        const auto machine = start_machine();
        ASSERT_NE(machine, nullptr);
        // CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID, NET_BIND_SERVICE, NET_RAW, SYS_CHROOT,
        // SETFCAP, and nothing else.
        const std::string sets =
            run_script(*machine, "grep ^Cap /proc/self/status | tr -d '\\t'").output;
        EXPECT_EQ(sets,
                  "CapInh:00000000800424fb\nCapPrm:00000000800424fb\nCapEff:00000000800424fb\n"
                  "CapBnd:00000000800424fb\nCapAmb:0000000000000000\n");
    });
}

TEST(Isolation, OutlivesACommandThatDestroysAllItCanReach) {
    run_in_outer_sandbox([] {
        const Outside outside;
        const std::string mounts = own_mounts();
        {
            const auto machine = start_machine();
            ASSERT_NE(machine, nullptr);
            ASSERT_EQ(run_script(*machine, "touch /run/a /tmp/b /root/c /etc-not").exit_code, 0);
            (void)run_script(*machine,
                             "for f in $(find / -xdev -type f -writable 2>/dev/null) "
                             "/opt/* /dev/* /proc/sys/kernel/* /proc/*; do echo broken > $f; done; "
                             "for f in /opt /etc /usr /dev/*; do chmod -R 0 $f; done; "
                             "kill -9 -1");
            (void)run_script(*machine,
                             "cd /; exec rm -rf --no-preserve-root /opt /etc /dev /home /root /run "
                             "/tmp /mnt /var /usr/bin /proc/1 /init /bin /lib /lib64 /sbin");
            outside.expect_untouched();
        }
        EXPECT_EQ(own_mounts(), mounts);
        outside.expect_untouched();
        // The next machine is a fresh one.
        const auto machine = start_machine();
        ASSERT_NE(machine, nullptr);
        EXPECT_EQ(run(*machine, {"/bin/cat", program_marker}).output, "untouched");
    });
}

TEST(Isolation, ShowsOnlyTheMachinesOwnProcesses) {
    run_in_outer_sandbox([] {
        const auto machine = start_machine();
        ASSERT_NE(machine, nullptr);
        const auto seen =
            run_script(*machine, "for f in /proc/[0-9]*/comm; do read name < $f; echo $name; done");
        EXPECT_EQ(seen.output, "init\nsh\n");
        EXPECT_THAT(run_script(*machine, "tr '\\0' ' ' < /proc/1/cmdline").output,
                    Not(HasSubstr("guest")));
    });
}

}  // namespace
}  // namespace wslplugins::tests
