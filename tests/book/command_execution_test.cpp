// SPDX-License-Identifier: MIT
// What docs/command-execution.md says, done: with canned answers, so that it runs everywhere.
#include <wslplugins/plugin/linked_plugin.hpp>
#include <wslplugins/testhost/google_plugin_test.hpp>
#include <wslplugins/wslplugins.hpp>

#include <array>

using namespace wslplugins;
using namespace std::chrono_literals;
using testhost::GooglePluginTest;
using testhost::ScriptedAnswer;
using testhost::ScriptedProgram;

namespace {

// [region: run]
WinResult<std::string> free_space(const Api& api, const Session& session) {
    const auto df = api.command(session, "/bin/df").args({"--output=avail", "/"}).run();
    if (!df) {
        return propagate(df.error());  // it did not run, or not to its end
    }
    if (!df->status.succeeded()) {
        return failure(HResult::fail, "df: " + to_string(df->status) + ": " + df->standard_error);
    }
    return df->standard_output;
}
// [end: run]

// [region: options]
WinResult<CommandOutput>
count_lines(const Api& api, const Session& session, std::string_view text) {
    return api.command(session, "/usr/bin/wc")
        .arg("-l")
        .input(text)  // secrets go here: the command line can be read by every user of Linux
        .clear_environment()
        .environment("LC_ALL", "C")
        .working_folder("/tmp")
        .as_user("nobody")
        .time_limit(5s)
        .output_limit(64 * 1024)
        .run();
}
// [end: options]

// [region: distribution]
WinResult<CommandOutput>
os_release(const Api& api, const Session& session, const Guid& distribution) {
    return api.command(session, "/bin/cat").arg("/etc/os-release").in(distribution).run();
}
// [end: distribution]

// [region: talk]
WinResult<std::string> ask(const Api& api, const Session& session) {
    auto agent = api.command(session, "/usr/bin/agent").spawn();
    if (!agent) {
        return propagate(agent.error());
    }
    const auto deadline = std::chrono::steady_clock::now() + 5s;
    if (const auto sent = agent->write("status\n", deadline); !sent) {
        return propagate(sent.error());
    }
    if (const auto closed = agent->close_stdin(); !closed) {
        return propagate(closed.error());
    }
    std::array<char, 4096> buffer{};
    std::string answer;
    for (;;) {
        const auto count = agent->read(buffer, deadline);
        if (!count) {
            return propagate(count.error());
        }
        if (*count == 0) {
            return answer;  // the agent ends with `agent`, whatever happens
        }
        answer.append(buffer.data(), *count);
    }
}
// [end: talk]

// [region: prepared]
class Pulse final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_vm_started(const Session& session, const VmSettings&) override {
        const auto uptime = api().command(session, "/bin/cat").arg("/proc/uptime").prepare();
        if (!uptime) {
            return propagate(uptime.error());  // the description is wrong: nothing has run
        }
        for (int i = 0; i < 3; ++i) {
            log().info("uptime", uptime->run_raw().value_or("?"));
        }
        return {};
    }
};
// [end: prepared]

// [region: mount]
class Tools final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_vm_started(const Session& session, const VmSettings&) override {
        const auto mounted =
            api().mount_folder(session,
                               {.windows_path = "C:\\Program Files\\Example\\Linux",
                                .linux_path = "/run/example",
                                .access = FolderAccess::ReadOnly,
                                .name = "example-tools"});
        if (!mounted) {
            return propagate(mounted.error());
        }
        return {};
    }
};
// [end: mount]

/// Calls the functions above from a hook, as a plugin would.
class Caller final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_distribution_started(const Session& session,
                                           const Distribution& distribution) override {
        log().info("space", free_space(api(), session).value());
        log().info("lines", count_lines(api(), session, "a\nb\n").value().standard_output);
        log().info("os", os_release(api(), session, distribution.id()).value().standard_output);
        log().info("answer", ask(api(), session).value());
        return {};
    }
};

ScriptedAnswer counted(const ScriptedProgram& program) {
    const bool is_as_told = program.user == "nobody" && program.working_folder == "/tmp" &&
                            program.environment == std::vector<std::string>{"LC_ALL=C"};
    return {.output = is_as_told && program.input == "a\nb\n" ? "2" : "something else"};
}

TEST(BookCommands, AreRunAsThePagesSay) {
    GooglePluginTest test;
    test.add_plugin("caller", linked_plugin<Caller>());
    test.linux_side().answer("/bin/df", {"--output=avail", "/"}, {.output = "17"});
    test.linux_side().compute("/usr/bin/wc", counted);
    test.linux_side().answer("/bin/cat", {"/etc/os-release"}, {.output = "ID=debian"});
    test.linux_side().compute("/usr/bin/agent", [](const ScriptedProgram& program) {
        return ScriptedAnswer{.output = "to " + program.input};
    });
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.expect_log("space: 17");
    test.expect_log("lines: 2");
    test.expect_log("os: ID=debian");
    test.expect_log("answer: to status");
    const auto programs = test.linux_side().programs();
    ASSERT_EQ(programs.size(), 5u);  // the last one is the user's
    EXPECT_FALSE(programs[0].distribution);
    EXPECT_TRUE(programs[2].distribution);
}

TEST(BookCommands, AProgramThatFailsIsAResultAndNoError) {
    GooglePluginTest test;
    test.add_plugin("caller", linked_plugin<Caller>());
    test.linux_side().answer("/bin/df", {.exit_code = 1, .error_output = "no such folder"});
    test.expect_refusal(test.user().launch("Debian", {"true"}), "Plugin/E_FAIL");
    test.expect_log("df: exit code 1: no such folder");
}

TEST(BookCommands, APreparedCommandIsRunAgain) {
    GooglePluginTest test;
    test.add_plugin("pulse", linked_plugin<Pulse>());
    test.linux_side().answer("/bin/cat", {"/proc/uptime"}, {.output = "1.0"});
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.expect_calls({"ExecuteBinary", "ExecuteBinary", "ExecuteBinary"});
}

TEST(BookCommands, AFolderIsMountedReadOnly) {
    GooglePluginTest test;
    test.add_plugin("tools", linked_plugin<Tools>());
    test.expect_success(test.user().launch("Debian", {"true"}));
    ASSERT_EQ(test.linux_side().mounts().size(), 1u);
    EXPECT_TRUE(test.linux_side().mounts()[0].read_only);
}

TEST(BookCommands, AFolderThatIsMissingStopsTheMachine) {
    GooglePluginTest test;
    test.add_plugin("tools", linked_plugin<Tools>());
    test.linux_side().lack_folder("C:\\Program Files\\Example\\Linux");
    test.expect_refusal(test.user().launch("Debian", {"true"}), "ERROR_FILE_NOT_FOUND");
}

}  // namespace
