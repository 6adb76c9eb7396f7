// SPDX-License-Identifier: MIT
#include "platform/socket.hpp"
#include "testhost/raw_plugins.hpp"

#include <wslplugins/core/text.hpp>

#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <thread>

namespace wslplugins::testhost {
namespace {

using testing::HasSubstr;

constexpr std::uint32_t disconnected = 0x80010108u;
constexpr std::uint32_t no_machine = 0x8007139Fu;
constexpr std::uint32_t not_running = 0x80040313u;
constexpr std::uint32_t session_not_found = 0x8004060Fu;
constexpr std::uint32_t null_pointer = 0x80004003u;
constexpr std::uint32_t file_not_found = 0x80070002u;
constexpr abi::SOCKET untouched = 0x5EED;

/// A folder that every machine that runs these tests has, as Windows names it.
constexpr char some_folder[] = "Z:\\usr";

/// What a call came to: its code, and what the program wrote.
struct ProgramRun {
    abi::HRESULT result = 0;
    std::string output;
};

std::string read_all(abi::SOCKET raw) {
    platform::Socket socket(raw);
    std::string text;
    std::array<char, 512> buffer;
    while (true) {
        const auto count = socket.receive(std::as_writable_bytes(std::span(buffer)));
        if (!count || *count == 0) {
            return text;
        }
        text.append(buffer.data(), *count);
    }
}

ProgramRun
run(const abi::WSLPluginAPIV1& api, const char* path, std::vector<const char*> arguments) {
    arguments.push_back(nullptr);
    abi::SOCKET socket = untouched;
    ProgramRun done{api.ExecuteBinary(0, path, arguments.data(), &socket), {}};
    if (done.result == 0) {
        done.output = read_all(socket);
    } else {
        EXPECT_EQ(socket, untouched) << "written only on success";
    }
    return done;
}

abi::HRESULT execute_in(const abi::WSLPluginAPIV1& api, const abi::GUID* distribution) {
    const char* arguments[] = {"true", nullptr};
    abi::SOCKET socket = untouched;
    const abi::HRESULT result =
        api.ExecuteBinaryInDistribution(0, distribution, "/bin/true", arguments, &socket);
    if (result == 0) {
        read_all(socket);
    }
    return result;
}

abi::HRESULT mount(const abi::WSLPluginAPIV1& api,
                   const std::string& windows_path,
                   const std::string& linux_path) {
    return api.MountFolder(0,
                           to_utf16(windows_path).value().c_str(),
                           to_utf16(linux_path).value().c_str(),
                           1,
                           to_utf16("share").value().c_str());
}

/// Runs a test's calls inside a hook, and the command that leads there.
class ApiCalls : public testing::Test {
protected:
    void in_hook(Hook hook, RelayedPlugin::Behaviour behaviour) {
        plugin.on(hook, std::move(behaviour));
        service = start_service({&plugin});
        output = service->user().launch("", {"true"});
    }

    RelayedPlugin plugin{'a'};
    std::unique_ptr<Service> service;
    UserOutput output;
};

TEST_F(ApiCalls, RunAProgramAndReadItsOutput) {
    in_hook(Hook::OnVMStarted, [](const HookArguments& arguments) {
        const ProgramRun done = run(arguments.api, "/bin/echo", {"echo", "a b", "c"});
        EXPECT_EQ(done.result, 0);
        EXPECT_EQ(done.output, "a b c\n");
        return 0;
    });
    EXPECT_EQ(output.exit_code, 0);
    const JournalEntry call = entry_named(*service, "ExecuteBinary");
    EXPECT_EQ(call.plugin, "a");
    EXPECT_EQ(call.session, 0u);
    EXPECT_EQ(detail(call, "path"), "/bin/echo");
    EXPECT_EQ(detail(call, "arguments"), R"(["echo","a b","c"])");
}

TEST_F(ApiCalls, EndTheArgumentsAtAnEmptyOne) {
    in_hook(Hook::OnVMStarted, [](const HookArguments& arguments) {
        EXPECT_EQ(run(arguments.api, "/bin/echo", {"echo", "kept", "", "lost"}).output, "kept\n");
        return 0;
    });
    EXPECT_THAT(detail(entry_named(*service, "ExecuteBinary"), "note"),
                HasSubstr("the last 2 were dropped"));
}

TEST_F(ApiCalls, FailForAProgramThatCannotBeExecuted) {
    in_hook(Hook::OnVMStarted, [](const HookArguments& arguments) {
        EXPECT_EQ(run(arguments.api, "/no/such/program", {"program"}).result, code(0x80004005u));
        EXPECT_EQ(run(arguments.api, nullptr, {"program"}).result, code(0x80004005u));
        return 0;
    });
    EXPECT_EQ(output.exit_code, 0) << "what a plugin deals with is no failure of the command";
}

TEST_F(ApiCalls, AnswerWhereTheRealServiceWouldCrash) {
    in_hook(Hook::OnVMStarted, [](const HookArguments& arguments) {
        const abi::WSLPluginAPIV1& api = arguments.api;
        const char* list[] = {"true", nullptr};
        abi::SOCKET socket = untouched;
        EXPECT_EQ(api.ExecuteBinary(0, "/bin/true", nullptr, &socket), code(null_pointer));
        EXPECT_EQ(api.ExecuteBinary(0, "/bin/true", list, nullptr), code(null_pointer));
        EXPECT_EQ(socket, untouched);
        const WideString text = to_utf16("x").value();
        EXPECT_EQ(api.MountFolder(0, nullptr, text.c_str(), 0, text.c_str()), code(null_pointer));
        EXPECT_EQ(api.MountFolder(0, text.c_str(), text.c_str(), 0, nullptr), code(null_pointer));
        return 0;
    });
    EXPECT_EQ(detail(entry_named(*service, "ExecuteBinary"), "note"),
              "the real service would crash here: Arguments is NULL");
    EXPECT_EQ(detail(entry_named(*service, "MountFolder"), "note"),
              "the real service would crash here: WindowsPath is NULL");
}

TEST_F(ApiCalls, KnowTheSessionByItsNumber) {
    in_hook(Hook::OnVMStarted, [](const HookArguments& arguments) {
        const char* list[] = {"true", nullptr};
        abi::SOCKET socket = untouched;
        EXPECT_EQ(arguments.api.ExecuteBinary(1, "/bin/true", list, &socket), code(disconnected));
        const WideString text = to_utf16("x").value();
        EXPECT_EQ(arguments.api.MountFolder(7, text.c_str(), text.c_str(), 0, text.c_str()),
                  code(disconnected));
        return 0;
    });
}

TEST_F(ApiCalls, FailInADistributionThatDoesNotRun) {
    in_hook(Hook::OnVMStarted, [](const HookArguments& arguments) {
        const abi::GUID unknown{};
        EXPECT_EQ(execute_in(arguments.api, nullptr), code(0x80070057u));
        EXPECT_EQ(execute_in(arguments.api, &unknown), code(not_running));
        return 0;
    });
}

TEST_F(ApiCalls, CheckTheDistributionBeforeTheSession) {
    in_hook(Hook::OnVMStarted, [](const HookArguments& arguments) {
        const char* list[] = {"true", nullptr};
        abi::SOCKET socket = untouched;
        EXPECT_EQ(arguments.api.ExecuteBinaryInDistribution(9, nullptr, "/bin/true", list, &socket),
                  code(0x80070057u));
        return 0;
    });
}

TEST_F(ApiCalls, RunInADistributionWhileItRuns) {
    plugin.on(Hook::OnDistributionStopping, [](const HookArguments& arguments) {
        EXPECT_NE(execute_in(arguments.api, &arguments.distribution().Id), 0)
            << "its processes are gone already";
        EXPECT_EQ(run(arguments.api, "/bin/true", {"true"}).result, 0) << "the machine runs";
        return 0;
    });
    in_hook(Hook::OnDistributionStarted, [](const HookArguments& arguments) {
        EXPECT_EQ(execute_in(arguments.api, &arguments.distribution().Id), 0);
        return 0;
    });
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
}

TEST_F(ApiCalls, MountAFolder) {
    in_hook(Hook::OnVMStarted, [](const HookArguments& arguments) {
        EXPECT_EQ(mount(arguments.api, some_folder, "/mnt/deep/share"), 0);
        EXPECT_EQ(mount(arguments.api, some_folder, ""), code(0x80004005u));
        EXPECT_EQ(mount(arguments.api, "Z:\\no\\such\\folder", "/mnt/x"), code(file_not_found));
        const WideString folder = to_utf16(some_folder).value();
        EXPECT_EQ(arguments.api.MountFolder(0, folder.c_str(), nullptr, 0, folder.c_str()),
                  code(0x80004005u));
        return 0;
    });
    EXPECT_EQ(output.exit_code, 0);
}

TEST_F(ApiCalls, NameTheStepThatFailedWhenThePluginPassesItsCodeOn) {
    in_hook(Hook::OnVMStarted, [](const HookArguments& arguments) {
        return mount(arguments.api, "Z:\\no\\such\\folder", "/mnt/x");
    });
    EXPECT_EQ(output.text,
              "A fatal error was returned by plugin 'a'\n"
              "Error code: Wsl/Service/CreateInstance/CreateVm/Plugin/HCS/ERROR_FILE_NOT_FOUND\n");
}

TEST_F(ApiCalls, AreForgottenWhenThePluginReturnsAnotherCode) {
    in_hook(Hook::OnVMStarted, [](const HookArguments& arguments) {
        EXPECT_NE(mount(arguments.api, "Z:\\no\\such\\folder", "/mnt/x"), 0);
        return code(0x80004005u);
    });
    EXPECT_EQ(output.text,
              "A fatal error was returned by plugin 'a'\n"
              "Error code: Wsl/Service/CreateInstance/CreateVm/Plugin/E_FAIL\n");
}

TEST_F(ApiCalls, ThatFailWhileTheMachineStopsHideWhyItDidNotStart) {
    plugin.on(Hook::OnVMStopping, [](const HookArguments& arguments) {
        EXPECT_NE(mount(arguments.api, "Z:\\no\\such\\folder", "/mnt/x"), 0);
        return 0;
    });
    in_hook(Hook::OnVMStarted, [](const HookArguments&) { return code(0x80070005u); });
    EXPECT_EQ(output.text, "Error code: Wsl/Service/E_ACCESSDENIED\n");
}

TEST_F(ApiCalls, OutsideOfHooksNeedAMachine) {
    in_hook(Hook::OnVMStarted, [](const HookArguments&) { return 0; });
    EXPECT_EQ(run(plugin.api(), "/bin/echo", {"echo", "between"}).output, "between\n");
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
    EXPECT_EQ(run(plugin.api(), "/bin/true", {"true"}).result, code(no_machine));
    EXPECT_EQ(mount(plugin.api(), some_folder, "/mnt/x"), code(no_machine));
    const abi::GUID unknown{};
    EXPECT_EQ(execute_in(plugin.api(), &unknown), code(no_machine));
}

TEST_F(ApiCalls, OfOtherThreadsWaitUntilTheOperationIsOver) {
    std::promise<void> is_calling;
    std::atomic<abi::HRESULT> answer = -1;
    std::thread worker;
    plugin.on(Hook::OnDistributionStarted, [](const HookArguments&) { return 0; });
    in_hook(Hook::OnVMStarted, [&](const HookArguments& arguments) {
        worker = std::thread([&] {
            is_calling.set_value();
            answer = run(arguments.api, "/bin/true", {"true"}).result;
        });
        is_calling.get_future().wait();
        // Each of these takes and gives the lock once more: an unfair lock would let the worker in.
        for (int i = 0; i < 10; ++i) {
            EXPECT_EQ(run(arguments.api, "/bin/true", {"true"}).result, 0);
        }
        return 0;
    });
    worker.join();
    EXPECT_EQ(answer, 0);
    const auto entries = service->journal().entries();
    const JournalEntry hook = entry_named(*service, "OnDistributionStarted");
    const auto waiting = std::ranges::find_if(entries, [&](const JournalEntry& entry) {
        return entry.name == "ExecuteBinary" && entry.thread != hook.thread;
    });
    ASSERT_NE(waiting, entries.end());
    EXPECT_EQ(waiting->plugin, "") << "no hook runs on the plugin's own thread";
    EXPECT_GE(waiting->time + *waiting->duration, hook.time + *hook.duration);
}

TEST_F(ApiCalls, OfTheStopHooksOfTheServiceFindNoSession) {
    std::vector<abi::HRESULT> answers;
    const auto ask = [&](const HookArguments& arguments) {
        answers.push_back(run(arguments.api, "/bin/true", {"true"}).result);
        answers.push_back(mount(arguments.api, some_folder, "/mnt/x"));
        answers.push_back(execute_in(arguments.api, &arguments.distribution().Id));
        return 0;
    };
    plugin.on(Hook::OnDistributionStopping, ask);
    in_hook(Hook::OnVMStarted, [](const HookArguments&) { return 0; });
    service.reset();
    EXPECT_THAT(answers, testing::Each(code(disconnected)));
    EXPECT_EQ(answers.size(), 3u);
}

TEST_F(ApiCalls, ForContainersKnowNoSession) {
    in_hook(Hook::OnVMStarted, [](const HookArguments& arguments) {
        const abi::WSLPluginAPIV1& api = arguments.api;
        const WideString folder = to_utf16(some_folder).value();
        EXPECT_EQ(api.WSLCMountFolder(1, nullptr, "/x", 0), code(null_pointer));
        EXPECT_EQ(api.WSLCMountFolder(1, folder.c_str(), nullptr, 0), code(null_pointer));
        EXPECT_EQ(api.WSLCMountFolder(1, folder.c_str(), "/x", 0), code(session_not_found));
        EXPECT_EQ(api.WSLCUnmountFolder(1, nullptr), code(null_pointer));
        EXPECT_EQ(api.WSLCUnmountFolder(1, "/x"), code(session_not_found));

        int seen = 0;
        abi::WSLCProcessHandle process = &seen;
        int error_number = -7;
        EXPECT_EQ(api.WSLCCreateProcess(1, nullptr, nullptr, nullptr, &process, &error_number),
                  code(null_pointer));
        EXPECT_EQ(error_number, -7) << "untouched";
        EXPECT_EQ(api.WSLCCreateProcess(1, "/x", nullptr, nullptr, nullptr, nullptr),
                  code(null_pointer));
        EXPECT_EQ(api.WSLCCreateProcess(1, "/x", nullptr, nullptr, &process, &error_number),
                  code(session_not_found));
        EXPECT_EQ(process, nullptr);
        EXPECT_EQ(error_number, 0);

        abi::HANDLE handle = nullptr;
        int exit_code = 0;
        EXPECT_EQ(api.WSLCProcessGetFd(nullptr, abi::WSLCProcessFdStdin, &handle),
                  code(null_pointer));
        EXPECT_EQ(api.WSLCProcessGetExitEvent(nullptr, &handle), code(null_pointer));
        EXPECT_EQ(api.WSLCProcessGetExitCode(nullptr, &exit_code), code(null_pointer));
        EXPECT_EQ(api.WSLCProcessGetExitCode(&seen, &exit_code), code(null_pointer));
        api.WSLCReleaseProcess(nullptr);
        return 0;
    });
    EXPECT_EQ(entry_named(*service, "WSLCReleaseProcess").result, HResult::ok);
}

}  // namespace
}  // namespace wslplugins::testhost
