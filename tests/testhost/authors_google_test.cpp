// SPDX-License-Identifier: MIT
// How an author tests a plugin class with GoogleTest; docs/testing.md shows the first.
#include <wslplugins/plugin/linked_plugin.hpp>
#include <wslplugins/testhost/google_plugin_test.hpp>

#include "custom_kernel_guard.hpp"

using testhost::GooglePluginTest;

// [region: logs]
TEST(CustomKernelGuard, LogsTheKernelOfAMachineThatStarts) {
    GooglePluginTest test;
    test.add_plugin("guard", linked_plugin<CustomKernelGuard>());
    test.linux_side().answer("/bin/cat", {"/proc/version"}, {.output = "Linux version 6.6"});
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.expect_log("kernel: Linux version 6.6");
    test.expect_hooks({"OnVMStarted"});
}
// [end: logs]

// [region: refuses]
TEST(CustomKernelGuard, RefusesAKernelOfTheUsersOwn) {
    GooglePluginTest test;
    test.add_plugin("guard", linked_plugin<CustomKernelGuard>());
    test.options().config.custom_kernel = true;
    test.expect_refusal(test.user().launch("Debian", {}), "Custom kernels are blocked");
    test.expect_calls({"PluginError"});
}
// [end: refuses]

// [region: no-findings]
TEST(CustomKernelGuard, GivesStrictModeNothingToFind) {
    GooglePluginTest test;
    test.add_plugin("guard", linked_plugin<CustomKernelGuard>());
    test.linux_side().answer("/bin/cat", {"/proc/version"}, {.output = "Linux version 6.6"});
    test.expect_no_findings();
    test.expect_success(test.user().launch("Debian", {"true"}));
}
// [end: no-findings]
