// SPDX-License-Identifier: MIT
#include "start_log.hpp"

#include <wslplugins/plugin/linked_plugin.hpp>
#include <wslplugins/testhost/plugin_test.hpp>

using wslplugins::linked_plugin;
using wslplugins::testhost::PluginTest;

namespace {

int logs_what_starts_and_stops() {
    PluginTest test;
    test.add_plugin("class", linked_plugin<StartLog>());
    test.linux_side().answer("/bin/cat", {"/proc/version"}, {.output = "Linux version 6.6"});
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.expect_success(test.user().shutdown());
    test.expect_log("virtual machine started: Linux version 6.6");
    test.expect_log("distribution started: Debian");
    test.expect_log("distribution stopping: Debian");
    test.expect_log("virtual machine stopping");
    return test.result();
}

int keeps_nothing_from_starting_when_the_kernel_cannot_be_read() {
    PluginTest test;
    test.add_plugin("class", linked_plugin<StartLog>());
    test.linux_side().answer("/bin/cat", {.is_executable = false});
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.expect_log("kernel not read");
    return test.result();
}

int does_the_same_as_a_dll() {
    PluginTest test;
    test.add_plugin("dll", WSLPLUGINS_TEST_PLUGIN);
    test.linux_side().answer("/bin/cat", {.output = "Linux version 6.6"});
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.expect_hooks({"OnVMStarted", "OnDistributionStarted"});
    return test.result();
}

}  // namespace

int main() {
    return logs_what_starts_and_stops() +
           keeps_nothing_from_starting_when_the_kernel_cannot_be_read() + does_the_same_as_a_dll();
}
