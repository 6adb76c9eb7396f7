// SPDX-License-Identifier: MIT
// What docs/containers.md says, done in container sessions of the test host, with real programs.
#include <wslplugins/inspect/container_document.hpp>
#include <wslplugins/plugin/linked_plugin.hpp>
#include <wslplugins/testhost/google_plugin_test.hpp>
#include <wslplugins/wslplugins.hpp>

#include <algorithm>
#include <array>

using namespace wslplugins;
using testhost::GooglePluginTest;

namespace {

// [region: admission]
class Admission final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_container_started(const WslcSession&,
                                        std::string_view inspect_json) override {
        const auto document = inspect::ContainerDocument::parse(inspect_json);
        if (!document) {
            return propagate(document.error());
        }
        constexpr std::array<std::string_view, 2> allowed{"base", "base:latest"};
        const std::string image = document->image.value_or("");  // none is not allowed
        if (std::ranges::find(allowed, image) == allowed.end()) {
            return refuse(HResult::access_denied, "The image '" + image + "' is not allowed.");
        }
        return {};
    }
};
// [end: admission]

// [region: machine]
class Helper final : public Plugin {
public:
    using Plugin::Plugin;

    WinResult<> on_wslc_vm_started(const WslcSession& session) override {
        const auto kernel = api().command(session, "/bin/cat").arg("/proc/version").run();
        if (!kernel) {
            return propagate(kernel.error());  // only logged: this hook cannot veto
        }
        log().info("kernel", kernel->standard_output);
        return {};
    }
};
// [end: machine]

// [region: process]
WinResult<std::string> first_line_of(const Api& api, const WslcSession& session) {
    auto process = api.command(session, "/bin/sh").args({"-c", "echo hello; exit 3"}).spawn();
    if (!process) {
        return propagate(process.error());  // Error::linux_error() has Linux' reason
    }
    auto output = process->take_stdout();  // each stream is handed out once
    if (!output) {
        return propagate(output.error());
    }
    std::array<char, 256> buffer{};
    const auto count = output->read(buffer);
    if (!count) {
        return propagate(count.error());
    }
    const auto status = process->wait();  // on the thread that spawned it
    if (!status) {
        return propagate(status.error());
    }
    return std::string(buffer.data(), *count) + to_string(*status);
}
// [end: process]

class Speaker final : public Plugin {
public:
    using Plugin::Plugin;

    WinResult<> on_wslc_vm_started(const WslcSession& session) override {
        log().info("said", first_line_of(api(), session).value());
        return {};
    }
};

/// Real programs run in containers, so that the guest has to be there.
class BookContainers : public testing::Test {
protected:
    BookContainers() { test_.options().backend = testhost::Backend::Guest; }

    GooglePluginTest test_;
};

TEST_F(BookContainers, AnImageThatIsNotAllowedDoesNotRun) {
    test_.add_plugin("admission", linked_plugin<Admission>());
    const testhost::WslcUser user = test_.service().wslc();
    user.publish({.reference = "base"});
    user.publish({.reference = "other"});
    EXPECT_EQ(user.run({.image = "base", .command = {"echo", "allowed"}}).text, "allowed\n");
    const auto refused = user.run({.image = "other", .command = {"sleep", "1000"}});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_NE(refused.text.find("is not allowed."), std::string::npos) << refused.text;
}

TEST_F(BookContainers, AProgramRunsInTheSessionsMachine) {
    test_.add_plugin("helper", linked_plugin<Helper>());
    EXPECT_EQ(test_.service().wslc().list_images().exit_code, 0);
    test_.expect_log("kernel: Linux version");
}

TEST_F(BookContainers, AProgramHasStreamsAndAnExitCode) {
    test_.add_plugin("speaker", linked_plugin<Speaker>());
    EXPECT_EQ(test_.service().wslc().list_images().exit_code, 0);
    test_.expect_log("hello");
    test_.expect_log("exit code 3");
}

TEST_F(BookContainers, AnOlderWslCallsNoContainerHook) {
    test_.add_plugin("helper", linked_plugin<Helper>());
    test_.options().version = {2, 8, 12};
    (void)test_.service().wslc().list_images();
    test_.expect_hooks({});
}

}  // namespace
