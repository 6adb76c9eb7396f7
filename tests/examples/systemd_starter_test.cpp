// SPDX-License-Identifier: MIT
#include <wslplugins/plugin/linked_plugin.hpp>
#include <wslplugins/testhost/google_plugin_test.hpp>

#include <gmock/gmock.h>

#include "systemd-starter/systemd_starter.hpp"  // behind GoogleTest, whose names it would hide

namespace {

using testhost::GooglePluginTest;
using testhost::ScriptedProgram;
using testing::HasSubstr;

class SystemdStarterExample : public testing::Test {
protected:
    /// @param answer is that of `test`, which looks for the user's file.
    void launch_with(testhost::ScriptedAnswer answer) {
        test_.add_plugin("starter", linked_plugin<SystemdStarter>());
        test_.linux_side().answer("/usr/bin/test", std::move(answer));
        test_.linux_side().answer("/bin/sh", {});
        test_.expect_success(test_.user().launch("Debian", {"true"}));
    }

    /// What the plugin ran in the distribution, without what it asked.
    std::vector<std::string> started() {
        std::vector<std::string> scripts;
        for (const ScriptedProgram& program : test_.linux_side().programs()) {
            if (program.path == "/bin/sh") {
                EXPECT_TRUE(program.distribution.has_value());
                scripts.push_back(program.arguments.back());
            }
        }
        return scripts;
    }

    GooglePluginTest test_;
};

TEST_F(SystemdStarterExample, StartsTheUnitWhereTheUserWantsIt) {
    launch_with({});
    const auto scripts = started();
    ASSERT_EQ(scripts.size(), 1u);
    EXPECT_THAT(scripts.front(), HasSubstr("systemctl start --no-block company-agent.service"));
    test_.expect_log("started: Debian");
}

TEST_F(SystemdStarterExample, LeavesADistributionAloneWhoseUserSaidNothing) {
    launch_with({.exit_code = 1});
    EXPECT_EQ(started().size(), 0u);
    test_.expect_log("left alone: Debian");
}

TEST_F(SystemdStarterExample, LetsADistributionStartThatCannotBeAsked) {
    launch_with({.is_executable = false});
    EXPECT_EQ(started().size(), 0u);
}

}  // namespace
