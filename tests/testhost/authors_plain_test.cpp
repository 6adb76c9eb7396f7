// SPDX-License-Identifier: MIT
// How an author tests a plugin without any test library, and a built DLL in place of the class; docs/testing.md shows it.
#include "minimal.hpp"

#include <wslplugins/plugin/linked_plugin.hpp>
#include <wslplugins/testhost/plugin_test.hpp>

using wslplugins::testhost::PluginTest;

namespace {

int logs_what_starts_and_stops() {
    PluginTest test;
    test.add_plugin("minimal", wslplugins::linked_plugin<Minimal>());
    test.linux_side().answer("/bin/cat", {.output = "Linux version 6.6"});
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.expect_success(test.user().shutdown());
    test.expect_log("distribution started: Debian");
    test.expect_log("VM stopping");
    return test.result();
}

// [region: plain]
int lets_the_other_plugin_refuse_a_distribution() {
    PluginTest test;
    test.add_plugin("minimal", wslplugins::linked_plugin<Minimal>());
    test.add_plugin("veto", WSLPLUGINS_TEST_PLUGIN);
    test.linux_side().answer("/bin/cat", {.output = "Linux version 6.6"});
    test.expect_refusal(test.user().launch("Debian", {}), "The distribution Debian is blocked.");
    test.expect_hooks({"OnVMStarted", "OnDistributionStarted"}, "minimal");
    return test.result();
}
// [end: plain]

}  // namespace

int main() {
    return logs_what_starts_and_stops() + lets_the_other_plugin_refuse_a_distribution();
}
