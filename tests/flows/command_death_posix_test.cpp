// SPDX-License-Identifier: MIT
// The plugin's process dies, and with it the only one that knows of the program.
#include "flows/command_machine.hpp"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace wslplugins::tests {
namespace {

TEST_F(CommandFlow, TheDeathOfThePluginsProcessEndsTheProgram) {
    pid_t owner = -1;
    {
        const auto process = wsl.script("trap '' HUP TERM; while :; do sleep 60; done").spawn();
        ASSERT_TRUE(process.has_value()) << process.error().to_string();
        owner = ::fork();
        if (owner == 0) {
            for (;;) {
                ::pause();  // holds the connections, and does nothing else
            }
        }
    }
    ASSERT_GT(owner, 0);
    const auto alive = output_of(wsl.command("/bin/pidof").arg("sleep"));
    EXPECT_TRUE(alive.status.succeeded()) << "the other process still holds the connections";
    ASSERT_EQ(0, ::kill(owner, SIGKILL));
    ASSERT_EQ(owner, ::waitpid(owner, nullptr, 0));
    EXPECT_EQ("", wsl.what_stays());
}

}  // namespace
}  // namespace wslplugins::tests
