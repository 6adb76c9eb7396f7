// SPDX-License-Identifier: MIT
#include "veto.hpp"

#include <wslplugins/plugin/linked_plugin.hpp>
#include <wslplugins/testhost/plugin_test.hpp>

using wslplugins::testhost::PluginTest;

int main() {
    PluginTest with_class;
    with_class.add_plugin("veto", wslplugins::linked_plugin<Veto>());
    with_class.expect_refusal(with_class.user().launch("", {}), "No distribution starts here.");
    const int result = with_class.result();
    PluginTest with_file;
    with_file.add_plugin("veto", WSLPLUGINS_TEST_PLUGIN);
    with_file.expect_refusal(with_file.user().launch("", {}), "No distribution starts here.");
    return result + with_file.result();
}
