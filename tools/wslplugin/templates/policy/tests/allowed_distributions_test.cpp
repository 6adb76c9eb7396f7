// SPDX-License-Identifier: MIT
#include "allowed_distributions.hpp"

#include <wslplugins/plugin/linked_plugin.hpp>
#include <wslplugins/testhost/plugin_test.hpp>

#include <fstream>

using wslplugins::linked_plugin;
using wslplugins::testhost::PluginTest;

namespace {

constexpr const char* list_of_tests = "allowed-distributions-of-tests.txt";

class WithListOfTests final : public AllowedDistributions {
public:
    explicit WithListOfTests(const wslplugins::Context& context)
        : AllowedDistributions(context, list_of_tests) {}
};

void write_list(const char* text) {
    std::ofstream(list_of_tests, std::ios::binary) << text;
}

int lets_start_what_stands_in_the_list() {
    write_list("Ubuntu\r\nDebian\r\n");
    PluginTest test;
    test.add_plugin("class", linked_plugin<WithListOfTests>());
    test.expect_success(test.user().launch("Debian", {"true"}));
    return test.result();
}

int refuses_what_does_not_stand_in_the_list() {
    write_list("Ubuntu\nDebian 12\n");
    PluginTest test;
    test.add_plugin("class", linked_plugin<WithListOfTests>());
    test.expect_refusal(test.user().launch("Debian", {"true"}), "'Debian' is not allowed");
    test.expect_log("refused: Debian");
    return test.result();
}

int counts_a_change_of_the_list_at_once() {
    write_list("");
    PluginTest test;
    test.add_plugin("class", linked_plugin<WithListOfTests>());
    test.expect_refusal(test.user().launch("Debian", {"true"}), "E_ACCESSDENIED");
    write_list("Debian");
    test.expect_success(test.user().launch("Debian", {"true"}));
    return test.result();
}

int refuses_everything_without_a_list_as_a_dll() {
    PluginTest test;
    test.add_plugin("dll", WSLPLUGINS_TEST_PLUGIN);
    test.expect_refusal(test.user().launch("Debian", {"true"}), "no list of allowed distributions");
    return test.result();
}

}  // namespace

int main() {
    return lets_start_what_stands_in_the_list() + refuses_what_does_not_stand_in_the_list() +
           counts_a_change_of_the_list_at_once() + refuses_everything_without_a_list_as_a_dll();
}
