// SPDX-License-Identifier: MIT
// The plugins of docs/first-plugin.md and docs/plugin-model.md, and what they do.
#include <wslplugins/plugin/json_lines_log.hpp>
#include <wslplugins/plugin/linked_plugin.hpp>
#include <wslplugins/testhost/google_plugin_test.hpp>
#include <wslplugins/wslplugins.hpp>

#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

using namespace wslplugins;
using testhost::GooglePluginTest;

namespace {

// [region: smallest]
class Smallest final : public Plugin {
public:
    using Plugin::Plugin;
};
// [end: smallest]

// [region: hooks]
class StartLog final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_vm_started(const Session& session, const VmSettings&) override {
        const auto kernel = api().command(session, "/bin/cat").arg("/proc/version").run_raw();
        if (!kernel) {
            return propagate(kernel.error());
        }
        log().info("kernel", *kernel);
        return {};
    }

    WinResult<> on_distribution_stopping(const Session&,
                                         const Distribution& distribution) override {
        log().info("stopping", distribution.name().value_or("?"));
        return {};
    }
};
// [end: hooks]

std::string folder_of_the_log() {
    static const std::string name = "wslplugins-book-log-" + std::to_string(std::random_device()());
    return (std::filesystem::temp_directory_path() / name).string();
}

// [region: create]
class Recorder final : public Plugin {
public:
    static WinResult<std::unique_ptr<Recorder>> create(const Context& context) {
        auto file = JsonLinesLog::open(context, {.folder = folder_of_the_log()});
        if (!file) {
            return propagate(file.error());  // WSL shows the code; no virtual machine starts
        }
        return std::unique_ptr<Recorder>(new Recorder(context, std::move(*file)));
    }

    PluginResult<> on_vm_started(const Session& session, const VmSettings&) override {
        log().info("vm-started", to_string(session));
        return {};
    }

    WinResult<> on_vm_stopping(const Session&) override { return {}; }

private:
    Recorder(const Context& context, std::unique_ptr<JsonLinesLog> file)
        : Plugin(context), file_(std::move(file)) {}

    std::unique_ptr<JsonLinesLog> file_;
};
// [end: create]

// [region: keep]
class Ledger final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_distribution_started(const Session& session,
                                           const Distribution& distribution) override {
        auto kept = distribution.to_owned();
        if (!kept) {
            return propagate(kept.error());
        }
        started_[session.id()].push_back(std::move(*kept));
        return {};
    }

    WinResult<> on_vm_stopping(const Session& session) override {
        for (const OwnedDistribution& distribution : started_[session.id()]) {
            log().info("ran", to_string(distribution));
        }
        started_.erase(session.id());
        return {};
    }

private:
    std::map<SessionId, std::vector<OwnedDistribution>> started_;
};
// [end: keep]

// [region: who]
class WhoseMachine final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_vm_started(const Session& session, const VmSettings& settings) override {
        if (const auto sid = session.user_sid()) {
            log().info("user", sid->to_string().value_or("?"));
        }
        if (settings.has(VmCustomization::CustomKernelCommandLine)) {
            log().warning("kernel-command-line", "set by the user");
        }
        return {};
    }
};
// [end: who]

TEST(BookFirstPlugin, ThatIsTheSmallestLoadsAndIsCalledForNothing) {
    GooglePluginTest test;
    test.add_plugin("smallest", linked_plugin<Smallest>());
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.expect_hooks({});
}

TEST(BookFirstPlugin, LogsTheKernelAndWhatStops) {
    GooglePluginTest test;
    test.add_plugin("start-log", linked_plugin<StartLog>());
    test.linux_side().answer("/bin/cat", {"/proc/version"}, {.output = "Linux version 6.6"});
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.expect_success(test.user().shutdown());
    test.expect_log("kernel: Linux version 6.6");
    test.expect_log("stopping: Debian");
    test.expect_hooks({"OnVMStarted", "OnDistributionStopping"});
}

TEST(BookFirstPlugin, ThatCannotReadTheKernelStopsTheMachine) {
    GooglePluginTest test;
    test.add_plugin("start-log", linked_plugin<StartLog>());
    test.expect_refusal(test.user().launch("Debian", {"true"}), "CreateVm/Plugin/E_FAIL");
}

TEST(BookFirstPlugin, OpensItsFileWhenItIsMade) {
    std::filesystem::remove_all(folder_of_the_log());
    GooglePluginTest test;
    test.add_plugin("recorder", linked_plugin<Recorder>());
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.stop();
    const std::filesystem::path folder = folder_of_the_log();
    EXPECT_GT(std::filesystem::file_size(folder / "plugin.jsonl"), 0u);
    std::filesystem::remove_all(folder);
}

TEST(BookFirstPlugin, ThatCannotBeMadeKeepsMachinesFromStarting) {
    std::filesystem::remove_all(folder_of_the_log());
    std::filesystem::create_directories(folder_of_the_log() + "/plugin.jsonl");  // no file
    GooglePluginTest test;
    test.add_plugin("recorder", linked_plugin<Recorder>());
    test.expect_refusal(test.user().launch("Debian", {"true"}),
                        "A fatal error was returned by plugin 'recorder'");
    std::filesystem::remove_all(folder_of_the_log());
}

TEST(BookPluginModel, KeepsWhatItCopied) {
    GooglePluginTest test;
    test.add_plugin("ledger", linked_plugin<Ledger>());
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.expect_no_log("ran: Debian");
    test.expect_success(test.user().shutdown());
    test.expect_log("ran: Debian {");
}

TEST(BookPluginModel, SaysWhoseMachineItIs) {
    GooglePluginTest test;
    test.add_plugin("whose", linked_plugin<WhoseMachine>());
    test.options().config.custom_kernel_command_line = true;
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.expect_log("user: S-1-5-21-");
    test.expect_log("kernel-command-line");
}

}  // namespace
