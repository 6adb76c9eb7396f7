// SPDX-License-Identifier: MIT
// [region: test]
#include "my_plugin.hpp"

#include <wslplugins/plugin/linked_plugin.hpp>
#include <wslplugins/testhost/plugin_test.hpp>

using wslplugins::testhost::PluginTest;

int main() {
    PluginTest test;
    test.add_plugin("my-plugin", wslplugins::linked_plugin<MyPlugin>());
    test.options().distributions.resize(1);
    test.options().distributions[0].name = "Blocked";
    test.expect_refusal(test.user().launch("Blocked", {"true"}), "Blocked is blocked");
    test.expect_hooks({"OnDistributionStarted"});
    return test.result();
}
// [end: test]
