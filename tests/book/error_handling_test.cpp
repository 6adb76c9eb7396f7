// SPDX-License-Identifier: MIT
// What docs/error-handling.md says, done.
#include <wslplugins/plugin/linked_plugin.hpp>
#include <wslplugins/testhost/google_plugin_test.hpp>
#include <wslplugins/wslplugins.hpp>

#include <charconv>
#include <stdexcept>
#include <system_error>

using namespace wslplugins;
using testhost::GooglePluginTest;

namespace {

// [region: refuse]
class NameGuard final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_distribution_started(const Session&,
                                           const Distribution& distribution) override {
        const auto name = distribution.name();
        if (!name) {
            return propagate(name.error());  // a name that cannot be read is not allowed
        }
        if (name->starts_with("test-")) {
            return refuse(HResult::access_denied, "Distributions named test-… are blocked.");
        }
        return {};
    }
};
// [end: refuse]

// [region: failure]
WinResult<int> number_in(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
        return failure(HResult::invalid_data,
                       "'" + std::string(text) + "' is no number; write digits only");
    }
    return number;
}
// [end: failure]

// [region: open]
class Inventory final : public Plugin {
public:
    using Plugin::Plugin;
    static constexpr PluginPolicy policy =
        PluginPolicy().fail_open(Hook::OnVMStarted).time_budget(std::chrono::seconds(2));

    PluginResult<> on_vm_started(const Session& session, const VmSettings&) override {
        const auto output = api().command(session, "/bin/nproc").run_raw();
        if (!output) {
            return propagate(output.error());  // logged; the virtual machine starts all the same
        }
        log().info("processors", *output);
        return {};
    }
};
// [end: open]

// [region: throw]
class Careless final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_vm_started(const Session&, const VmSettings&) override {
        throw std::system_error(std::make_error_code(std::errc::permission_denied), "my file");
    }
};
// [end: throw]

TEST(BookErrors, ARefusalIsShownToTheUser) {
    GooglePluginTest test;
    test.options().distributions.resize(1);
    test.options().distributions[0].name = "test-1";
    test.add_plugin("name-guard", linked_plugin<NameGuard>());
    const auto refused = test.user().launch("test-1", {"true"});
    test.expect_refusal(refused, "Error message: 'Distributions named test-… are blocked.'");
    test.expect_refusal(refused, "Wsl/Service/CreateInstance/Plugin/E_ACCESSDENIED");
}

TEST(BookErrors, AFailureSaysWhatWasTriedAndWhatToDo) {
    EXPECT_EQ(number_in("17"), 17);
    const auto wrong = number_in("17x");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().to_string(),
              "'17x' is no number; write digits only: 0x8007000D (ERROR_INVALID_DATA)");
}

TEST(BookErrors, FailingOpenLetsTheMachineStart) {
    GooglePluginTest test;
    test.add_plugin("inventory", linked_plugin<Inventory>());
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.expect_log("E_FAIL");
}

TEST(BookErrors, AnExceptionBecomesItsCode) {
    GooglePluginTest test;
    test.add_plugin("careless", linked_plugin<Careless>());
    test.expect_refusal(test.user().launch("Debian", {"true"}), "CreateVm/Plugin/E_ACCESSDENIED");
    test.expect_log("my file");
}

}  // namespace
