// SPDX-License-Identifier: MIT
// What docs/version-capabilities.md says of requirements and optional features.
#include <wslplugins/plugin/linked_plugin.hpp>
#include <wslplugins/testhost/google_plugin_test.hpp>
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;
using testhost::GooglePluginTest;

namespace {

// [region: optional]
class Flavors final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_distribution_started(const Session&,
                                           const Distribution& distribution) override {
        const auto flavor = distribution.flavor();
        if (flavor) {
            log().info("flavor", flavor->value_or("(it says none)"));
        } else if (flavor.error().code() != HResult::plugin_requires_update) {
            return propagate(flavor.error());
        }  // else: this WSL is too old to know
        return {};
    }
};
// [end: optional]

// [region: supports]
class Counter final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_vm_started(const Session&, const VmSettings&) override {
        if (!api().supports(Capability::DistributionRegisteredHook)) {
            log().warning("old-wsl",
                          "new distributions are not counted on WSL " + to_string(api().version()));
        }
        return {};
    }

    WinResult<> on_distribution_registered(const Session&, const OfflineDistribution&) override {
        log().info("registered", std::to_string(++count_));
        return {};
    }

private:
    int count_ = 0;
};
// [end: supports]

// [region: constants]
static_assert(required_version(Capability::ExecuteBinaryInDistribution) == Version{2, 1, 2});
static_assert(supports(Version{2, 4, 4}, Capability::DistributionFlavor));
static_assert(!capabilities_of(Version{2, 8, 7}).contains(Capability::Wslc));
// [end: constants]

TEST(BookVersions, AnOptionalFieldIsLeftOutOnAnOlderWsl) {
    for (const auto& [version, line] :
         {std::pair{Version{2, 4, 4}, "flavor: debian"}, {Version{2, 4, 3}, ""}}) {
        GooglePluginTest test;
        test.add_plugin("flavors", linked_plugin<Flavors>());
        test.options().version = version;
        test.options().distributions.resize(1);
        test.options().distributions[0].name = "Debian";
        test.options().distributions[0].flavor = "debian";
        test.expect_success(test.user().launch("Debian", {"true"}));
        if (*line == '\0') {
            test.expect_no_log("flavor");
        } else {
            test.expect_log(line);
        }
    }
}

TEST(BookVersions, AHookThatWslLacksIsNeverCalledAndThePluginCanSaySo) {
    GooglePluginTest test;
    test.add_plugin("counter", linked_plugin<Counter>());
    test.options().version = {2, 1, 1};
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.expect_log("old-wsl: new distributions are not counted on WSL 2.1.1");
}

/// A plugin that the build made from one of exports/.
std::string built(const std::string& name) {
    return std::string(WSLPLUGINS_BOOK_PLUGINS) + "/" + name + WSLPLUGINS_BOOK_SUFFIX;
}

void expect_required(const std::string& name, const Version& needed, const Version& too_old) {
    for (const Version& version : {needed, too_old}) {
        GooglePluginTest test;
        test.options().version = version;
        test.options().signature_check = testhost::SignatureCheck::Unofficial;
        test.add_plugin(name, built(name));
        if (version == needed) {
            test.expect_success(test.user().launch("Debian", {"true"}));
        } else {
            test.expect_refusal(test.user().launch("Debian", {"true"}),
                                "The plugin '" + name + "' requires a newer version of WSL.");
        }
    }
}

TEST(BookVersions, AnOlderWslThanRequiredTellsTheUserToUpdate) {
    expect_required("book_one_version", {2, 1, 3}, {2, 1, 2});
    expect_required("book_capabilities", {2, 4, 4}, {2, 4, 3});
    expect_required("book_own_entry_point", {2, 4, 4}, {2, 4, 3});
}

TEST(BookVersions, APluginWithoutARequirementLoadsInTheFirstRelease) {
    GooglePluginTest test;
    test.options().version = first_version;
    test.options().signature_check = testhost::SignatureCheck::Unofficial;
    test.add_plugin("any", built("book_any_wsl"));
    test.expect_success(test.user().launch("Debian", {"true"}));
}

#if defined(_WIN32)
TEST(BookByHand, RefusesAKernelOfTheUsersOwn) {
    GooglePluginTest test;
    test.options().signature_check = testhost::SignatureCheck::Unofficial;
    test.options().config.custom_kernel = true;
    test.add_plugin("by-hand", built("book_by_hand"));
    test.expect_refusal(test.user().launch("Debian", {"true"}), "Custom kernels are blocked");
}
#endif

}  // namespace
