// SPDX-License-Identifier: MIT
#include "pinned_images.hpp"

#include <wslplugins/plugin/linked_plugin.hpp>
#include <wslplugins/testhost/plugin_test.hpp>

using wslplugins::linked_plugin;
using wslplugins::testhost::PluginTest;

namespace {

int lets_run_what_names_its_version() {
    PluginTest test;
    test.expect(allowed_image(R"({"Image": "debian:12"})") == "debian:12", "a version is named");
    return test.result();
}

int refuses_what_does_not_name_its_version() {
    PluginTest test;
    const auto refused = allowed_image(R"({"Image": "debian:latest"})");
    test.expect(!refused && refused.error().user_message(), "the user is told what to do");
    test.expect(!allowed_image("{}"), "what does not say its image does not run");
    test.expect(!allowed_image("no document"), "what cannot be read does not run");
    return test.result();
}

int tells_a_tag_from_a_port_and_a_digest() {
    PluginTest test;
    test.expect(is_pinned("registry.example:5000/debian:12"), "a tag behind a port is one");
    test.expect(is_pinned("debian@sha256:0123"), "a digest names a version");
    test.expect(!is_pinned("registry.example:5000/debian"), "a port is no tag");
    test.expect(!is_pinned("debian"), "no tag means latest");
    test.expect(!is_pinned(""), "an image without a name has no version");
    return test.result();
}

int logs_images_that_come() {
    PluginTest test;
    test.add_plugin("class", linked_plugin<PinnedImages>());
    const auto user = test.service().wslc();
    user.publish({.reference = "debian:12"});
    test.expect_success(user.pull("debian:12"));
    test.expect_hooks({"ImageCreated"});
    test.expect_log("image came: debian:12");
    return test.result();
}

int asks_for_a_wsl_with_containers_as_a_dll() {
    PluginTest test;
    test.options().version = {2, 4, 4};
    test.add_plugin("dll", WSLPLUGINS_TEST_PLUGIN);
    test.expect_refusal(test.user().launch("Debian", {}), "WSL_E_PLUGIN_REQUIRES_UPDATE");
    return test.result();
}

int disturbs_nothing_but_containers_as_a_dll() {
    PluginTest test;
    test.add_plugin("dll", WSLPLUGINS_TEST_PLUGIN);
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.expect_hooks({});
    return test.result();
}

}  // namespace

int main() {
    return lets_run_what_names_its_version() + refuses_what_does_not_name_its_version() +
           tells_a_tag_from_a_port_and_a_digest() + logs_images_that_come() +
           asks_for_a_wsl_with_containers_as_a_dll() + disturbs_nothing_but_containers_as_a_dll();
}
