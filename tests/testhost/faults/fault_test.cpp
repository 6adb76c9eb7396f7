// SPDX-License-Identifier: MIT
// Faults as a plugin on the bare ABI meets them, with the guest and on the scripted side.
#include "platform/exit_event.hpp"
#include "platform/paths.hpp"
#include "platform/socket.hpp"
#include "testhost/raw_plugins.hpp"

#include <wslplugins/core/text.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace wslplugins::testhost {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsSupersetOf;

constexpr std::size_t much = std::size_t{200} * 1000;
constexpr abi::SOCKET untouched = 0x5EED;
/// Longer than anything here takes: what has not come by then hangs.
constexpr std::chrono::seconds patience{60};

/// What a program's stream came to.
struct Stream {
    std::string text;
    HResult end;  ///< Success: the end of the stream.
};

Stream read_stream(abi::SOCKET raw) {
    platform::Socket socket(raw);
    Stream stream;
    std::array<char, 512> buffer;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (true) {
        const auto count = socket.receive(std::as_writable_bytes(std::span(buffer)), deadline);
        if (!count || *count == 0) {
            stream.end = count ? HResult::ok : count.error().code();
            return stream;
        }
        stream.text.append(buffer.data(), *count);
    }
}

class Faults : public testing::TestWithParam<Backend> {
protected:
    Faults() {
        linux_side_->answer("/bin/echo", {.output = "hello\n"});
        linux_side_->answer("/bin/sh", {.output = std::string(much, 'x')});
    }

    /// Starts a virtual machine with these faults, and lets the plugin do that when it starts.
    void start_vm(std::vector<Fault> faults,
                  const std::function<void(const abi::WSLPluginAPIV1& api)>& work) {
        plugin_.watch_everything();
        plugin_.on(Hook::OnVMStarted, [&work](const HookArguments& arguments) {
            work(arguments.api);
            return 0;
        });
        start(std::move(faults));
        (void)service_->user().launch("", {"true"});
    }

    void start(std::vector<Fault> faults) {
        ServiceOptions options;
        options.plugins = {plugin_.registration()};
        options.backend = GetParam();
        options.scripted_linux = linux_side_;
        options.faults = std::move(faults);
        service_ = start_service(std::move(options));
    }

    /// What a program wrote whose call succeeds.
    static Stream run(const abi::WSLPluginAPIV1& api, std::vector<const char*> command) {
        const std::string path = std::string("/bin/") + command.front();
        command.push_back(nullptr);
        abi::SOCKET socket = untouched;
        EXPECT_EQ(api.ExecuteBinary(0, path.c_str(), command.data(), &socket), 0);
        return read_stream(socket);
    }
    static Stream echo(const abi::WSLPluginAPIV1& api) { return run(api, {"echo", "hello"}); }
    static Stream write_much(const abi::WSLPluginAPIV1& api) {
        return run(api, {"sh", "-c", "head -c 200000 /dev/zero | tr '\\0' x"});
    }

    /// The code of a call that gives no socket.
    static HResult failed_echo(const abi::WSLPluginAPIV1& api) {
        const char* arguments[] = {"echo", "hello", nullptr};
        abi::SOCKET socket = untouched;
        const HResult result(api.ExecuteBinary(0, "/bin/echo", arguments, &socket));
        EXPECT_EQ(socket, untouched);
        return result;
    }

    static HResult mount(const abi::WSLPluginAPIV1& api) {
        return HResult(api.MountFolder(0,
                                       to_utf16("Z:\\usr").value().c_str(),
                                       to_utf16("/mnt/x").value().c_str(),
                                       1,
                                       to_utf16("x").value().c_str()));
    }

    /// The faults that the journal has, in order.
    [[nodiscard]] std::vector<std::string> journalled() const {
        std::vector<std::string> all;
        for (const JournalEntry& entry : service_->journal().entries()) {
            if (entry.name == "fault") {
                all.push_back(entry.plugin + ' ' + detail(entry, "fault"));
            }
        }
        return all;
    }

    RelayedPlugin plugin_{'a'};
    const std::shared_ptr<ScriptedLinux> linux_side_ = std::make_shared<ScriptedLinux>();
    std::unique_ptr<Service> service_;
};

TEST_P(Faults, MakeTheNthCallOfANameFailWithAnyCode) {
    start_vm({{.kind = FaultKind::Fail,
               .call = ApiCall::ExecuteBinary,
               .nth = 2,
               .code = HResult::from_bits(0x8004BEEFu)}},
             [](const abi::WSLPluginAPIV1& api) {
                 EXPECT_EQ(echo(api).text, "hello\n");
                 EXPECT_EQ(failed_echo(api), HResult::from_bits(0x8004BEEFu));
                 EXPECT_EQ(echo(api).text, "hello\n");
             });
    EXPECT_THAT(journalled(), ElementsAre("a fail:call=ExecuteBinary,nth=2,code=0x8004BEEF"));
}

TEST_P(Faults, MakeEveryCallFail) {
    start_vm({{.kind = FaultKind::Fail, .code = HResult::access_denied}},
             [](const abi::WSLPluginAPIV1& api) {
                 EXPECT_EQ(failed_echo(api), HResult::access_denied);
                 EXPECT_EQ(failed_echo(api), HResult::access_denied);
                 EXPECT_EQ(mount(api), HResult::access_denied);
                 EXPECT_EQ(HResult(api.PluginError(to_utf16("x").value().c_str())),
                           HResult::access_denied);
                 abi::HANDLE handle = nullptr;
                 EXPECT_EQ(HResult(api.WSLCProcessGetExitEvent(&handle, &handle)),
                           HResult::access_denied);
             });
    EXPECT_EQ(journalled().size(), 5u);
}

TEST_P(Faults, HappenToThePluginTheyAreMeantFor) {
    start_vm({{.kind = FaultKind::Fail, .plugin = "b", .code = HResult::access_denied},
              {.kind = FaultKind::Fail, .plugin = "a", .nth = 2, .code = HResult::aborted}},
             [](const abi::WSLPluginAPIV1& api) {
                 EXPECT_EQ(mount(api), HResult::ok);
                 EXPECT_EQ(failed_echo(api), HResult::aborted);
             });
    EXPECT_THAT(journalled(), ElementsAre("a fail:plugin=a,nth=2,code=E_ABORT"));
}

TEST_P(Faults, LetMemoryRunOut) {
    start_vm({{.kind = FaultKind::OutOfMemory, .call = ApiCall::MountFolder}},
             [](const abi::WSLPluginAPIV1& api) {
                 EXPECT_EQ(mount(api), HResult::out_of_memory);
                 EXPECT_EQ(echo(api).text, "hello\n");
             });
    const JournalEntry call = entry_named(*service_, "MountFolder");
    EXPECT_EQ(call.result, HResult::out_of_memory);
    EXPECT_EQ(entry_named(*service_, "fault").parent, call.id);
}

TEST_P(Faults, KeepACallWaiting) {
    start_vm({{.kind = FaultKind::Slow, .call = ApiCall::MountFolder, .nth = 1, .delay = 300ms}},
             [](const abi::WSLPluginAPIV1& api) {
                 const auto before = std::chrono::steady_clock::now();
                 EXPECT_EQ(mount(api), HResult::ok);
                 EXPECT_GE(std::chrono::steady_clock::now() - before, 300ms);
             });
    EXPECT_THAT(journalled(), ElementsAre("a slow:call=MountFolder,nth=1,delay_ms=300"));
}

TEST_P(Faults, HappenTogetherToOneCall) {
    start_vm({{.kind = FaultKind::Slow, .delay = 1ms},
              {.kind = FaultKind::OutOfMemory},
              {.kind = FaultKind::Fail, .code = HResult::aborted}},
             [](const abi::WSLPluginAPIV1& api) { EXPECT_EQ(mount(api), HResult::out_of_memory); });
    EXPECT_EQ(journalled().size(), 3u);
}

/// Wine's server shuts a connection down before it closes it, so that the plugin reads an end there.
bool resets_arrive() {
    return !platform::is_wine();
}

TEST_P(Faults, ResetASocketAtOnce) {
    start_vm({{.kind = FaultKind::ResetSocket, .nth = 1}}, [](const abi::WSLPluginAPIV1& api) {
        const Stream broken = echo(api);
        EXPECT_EQ(broken.text, "");
        EXPECT_EQ(broken.end.is_failure(), resets_arrive());
        EXPECT_NE(broken.end, HResult::timeout);
        EXPECT_EQ(echo(api).text, "hello\n");
    });
    EXPECT_THAT(journalled(), ElementsAre("a reset:nth=1"));
}

TEST_P(Faults, ResetASocketAfterSoManyBytes) {
    start_vm({{.kind = FaultKind::ResetSocket, .after_bytes = 100'000}},
             [](const abi::WSLPluginAPIV1& api) {
                 const Stream broken = write_much(api);
                 EXPECT_LE(broken.text.size(), 100'000u);
                 EXPECT_EQ(broken.end.is_failure(), resets_arrive());
                 EXPECT_NE(broken.end, HResult::timeout);
             });
}

TEST_P(Faults, EndASocketEarlyOrLate) {
    start_vm({{.kind = FaultKind::EndSocket, .nth = 1},
              {.kind = FaultKind::EndSocket, .nth = 2, .after_bytes = 123'456}},
             [](const abi::WSLPluginAPIV1& api) {
                 const Stream early = echo(api);
                 EXPECT_EQ(early.text, "");
                 EXPECT_EQ(early.end, HResult::ok);
                 const Stream late = write_much(api);
                 EXPECT_EQ(late.text, std::string(123'456, 'x'));
                 EXPECT_EQ(late.end, HResult::ok);
                 EXPECT_EQ(write_much(api).text.size(), much);
             });
}

TEST_P(Faults, LeaveAStreamWholeThatIsShorter) {
    start_vm({{.kind = FaultKind::ResetSocket, .after_bytes = much + 1}},
             [](const abi::WSLPluginAPIV1& api) {
                 const Stream whole = write_much(api);
                 EXPECT_EQ(whole.text, std::string(much, 'x'));
                 EXPECT_EQ(whole.end, HResult::ok);
             });
}

TEST_P(Faults, CarryASocketByteByByte) {
    start_vm({{.kind = FaultKind::ByteByByte, .delay = 20ms}}, [](const abi::WSLPluginAPIV1& api) {
        const auto before = std::chrono::steady_clock::now();
        const Stream stream = echo(api);
        EXPECT_EQ(stream.text, "hello\n");
        EXPECT_EQ(stream.end, HResult::ok);
        EXPECT_GE(std::chrono::steady_clock::now() - before, 5 * 20ms);
    });
}

TEST_P(Faults, CarryBytesToTheProgramAsEver) {
    linux_side_->compute("/bin/cat", [](const ScriptedProgram& program) {
        return ScriptedAnswer{.output = program.input};
    });
    start_vm({{.kind = FaultKind::ByteByByte}}, [](const abi::WSLPluginAPIV1& api) {
        const char* arguments[] = {"cat", nullptr};
        abi::SOCKET raw = untouched;
        ASSERT_EQ(api.ExecuteBinary(0, "/bin/cat", arguments, &raw), 0);
        platform::Socket socket(raw);
        const std::string input(3000, 'i');
        EXPECT_TRUE(socket.send_all(std::as_bytes(std::span(input))));
        EXPECT_TRUE(socket.shutdown_send());
        EXPECT_EQ(read_stream(socket.release()).text, input);
    });
}

TEST_P(Faults, KillTheGuestAtACall) {
    start_vm({{.kind = FaultKind::GuestDies, .call = ApiCall::MountFolder}},
             [](const abi::WSLPluginAPIV1& api) {
                 EXPECT_TRUE(mount(api).is_failure());
                 EXPECT_EQ(failed_echo(api), HResult::aborted);
             });
    service_->stop();
    EXPECT_EQ(entry_named(*service_, "vm-crash").result, HResult::ok);
    EXPECT_THAT(hooks_called(*service_), IsSupersetOf({"a OnVMStarted", "a OnVMStopping"}));
}

TEST_P(Faults, KillTheGuestBeforeAHook) {
    plugin_.watch_everything();
    start({{.kind = FaultKind::GuestDies, .hook = Hook::OnDistributionStarted, .nth = 1}});
    (void)service_->user().launch("", {"true"});
    service_->stop();
    EXPECT_THAT(
        hooks_called(*service_),
        IsSupersetOf({"a OnDistributionStarted", "a OnDistributionStopping", "a OnVMStopping"}));
    EXPECT_EQ(entry_named(*service_, "fault").parent,
              entry_named(*service_, "OnDistributionStarted").id);
    (void)entry_named(*service_, "vm-crash");
}

TEST_P(Faults, LetTheNextCommandStartAnotherMachine) {
    plugin_.watch_everything();
    start({{.kind = FaultKind::GuestDies, .hook = Hook::OnDistributionStarted, .nth = 1}});
    (void)service_->user().launch("", {"true"});
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (std::ranges::count(hooks_called(*service_), "a OnVMStopping") == 0 &&
           std::chrono::steady_clock::now() < deadline) {
        std::this_thread::yield();
    }
    EXPECT_EQ(service_->user().launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(std::ranges::count(hooks_called(*service_), "a OnVMStarted"), 2);
}

TEST_P(Faults, EndAProgramThatRunsWhenTheGuestDiesLater) {
    linux_side_->compute("/bin/cat", [](const ScriptedProgram& program) {
        return ScriptedAnswer{.output = program.input};
    });
    start_vm({{.kind = FaultKind::GuestDies, .call = ApiCall::ExecuteBinary, .delay = 50ms}},
             [](const abi::WSLPluginAPIV1& api) {
                 const char* arguments[] = {"cat", nullptr};
                 abi::SOCKET socket = untouched;
                 ASSERT_EQ(api.ExecuteBinary(0, "/bin/cat", arguments, &socket), 0);
                 EXPECT_NE(read_stream(socket).end, HResult::timeout)
                     << "though cat waits for input";
             });
}

TEST_P(Faults, SpareAGuestThatWasToDieAfterTheEnd) {
    plugin_.watch_everything();
    start({{.kind = FaultKind::GuestDies, .hook = Hook::OnVMStarted, .delay = 600s}});
    EXPECT_EQ(service_->user().launch("", {"true"}).exit_code, 0);
    const auto before = std::chrono::steady_clock::now();
    service_->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - before, patience);
    for (const JournalEntry& entry : service_->journal().entries()) {
        EXPECT_NE(entry.name, "vm-crash");
    }
}

TEST_P(Faults, CountAnewWhenTheServiceStartsAnew) {
    std::vector<HResult> codes;
    plugin_.on(Hook::OnVMStarted, [&](const HookArguments& arguments) {
        codes.push_back(mount(arguments.api));
        return 0;
    });
    start({{.kind = FaultKind::Fail,
            .call = ApiCall::MountFolder,
            .nth = 1,
            .code = HResult::access_denied}});
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(service_->user().launch("", {"true"}).exit_code, 0);
        EXPECT_TRUE(service_->restart());
    }
    EXPECT_THAT(codes, ElementsAre(HResult::access_denied, HResult::access_denied));
}

INSTANTIATE_TEST_SUITE_P(
    , Faults, testing::Values(Backend::Guest, Backend::Scripted), [](const auto& backend) {
        return std::string(backend.param == Backend::Guest ? "Guest" : "Scripted");
    });

/// A service that cannot be started for the registry's sake.
Error refused_start(RelayedPlugin& first, RelayedPlugin& second, Fault fault) {
    ServiceOptions options;
    options.plugins = {first.registration(), second.registration()};
    options.signature_check = SignatureCheck::Unofficial;
    options.faults = {std::move(fault)};
    const auto service = Service::start(std::move(options));
    EXPECT_FALSE(service);
    return service ? Error(HResult::ok) : service.error();
}

TEST(RegistryFault, OfTheKeyKeepsTheServiceFromStartingAndLoadsNothing) {
    RelayedPlugin first('a');
    RelayedPlugin second('b');
    int entered = 0;
    first.on_entry(
        [&](const abi::WSLPluginAPIV1&, abi::WSLPluginHooksV1&) { return ++entered, 0; });
    const Error error = refused_start(
        first, second, {.kind = FaultKind::RegistryDenies, .code = HResult::access_denied});
    EXPECT_EQ(error.code(), HResult::access_denied);
    EXPECT_THAT(error.text(), HasSubstr("registry key"));
    EXPECT_EQ(entered, 0);
}

TEST(RegistryFault, OfAValueKeepsTheServiceFromStartingOnceItIsReached) {
    RelayedPlugin first('a');
    RelayedPlugin second('b');
    int entered = 0;
    const auto count = [&](const abi::WSLPluginAPIV1&, abi::WSLPluginHooksV1&) {
        return ++entered, 0;
    };
    first.on_entry(count);
    second.on_entry(count);
    const Error error = refused_start(
        first,
        second,
        {.kind = FaultKind::RegistryDenies, .plugin = "b", .code = HResult::sharing_violation});
    EXPECT_EQ(error.code(), HResult::sharing_violation);
    EXPECT_THAT(error.text(), HasSubstr("value of the plugin 'b'"));
    EXPECT_EQ(entered, 1);
    EXPECT_TRUE(Service::start({})) << "the next one starts as ever";
}

}  // namespace
}  // namespace wslplugins::testhost
