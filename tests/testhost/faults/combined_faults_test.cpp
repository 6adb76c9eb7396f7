// SPDX-License-Identifier: MIT
// Faults of a plugin that has a process of its own, under strict mode, and both.
#include "platform/paths.hpp"
#include "platform/socket.hpp"
#include "testhost/scripted/scripted_plugins.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace wslplugins::testhost {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;

struct Surroundings {
    HostModel model;
    bool is_strict;
};

std::string name_of(const testing::TestParamInfo<Surroundings>& info) {
    return name_of(info.param.model) + (info.param.is_strict ? "Strict" : "");
}

class CombinedFaults : public testing::TestWithParam<Surroundings> {
protected:
    /// A service with the plugin that does what the script says.
    std::unique_ptr<Service> start(const ScriptedPlugin& plugin, std::vector<Fault> faults) {
        ServiceOptions options = options_with(plugin, std::move(faults));
        return start_service(std::move(options));
    }

    static ServiceOptions options_with(const ScriptedPlugin& plugin, std::vector<Fault> faults) {
        ServiceOptions options;
        options.plugins = {plugin.registration()};
        options.host_model = GetParam().model;
        options.strict = GetParam().is_strict;
        options.signature_check = SignatureCheck::Unofficial;
        options.backend = Backend::Scripted;
        options.scripted_linux = std::make_shared<ScriptedLinux>();
        options.scripted_linux->answer("/bin/echo", {.output = "hello\n"});
        options.faults = std::move(faults);
        return options;
    }

    static std::vector<std::string> findings_of(Service& service) {
        std::vector<std::string> found;
        for (const JournalEntry& entry : service.journal().entries()) {
            if (entry.kind == JournalKind::Finding) {
                found.push_back(entry.name);
            }
        }
        return found;
    }

    static std::ptrdiff_t faults_in(Service& service) {
        return std::ranges::count(service.journal().entries(), "fault", &JournalEntry::name);
    }
};

TEST_P(CombinedFaults, MakeTheNthCallFail) {
    const ScriptedPlugin a('a', "OnVMStarted run echo;run echo;run echo\n");
    const auto service = start(a,
                               {{.kind = FaultKind::Fail,
                                 .call = ApiCall::ExecuteBinary,
                                 .plugin = "a",
                                 .nth = 2,
                                 .code = HResult::access_denied}});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_THAT(said(*service), ElementsAre("a run hello", "a run E_ACCESSDENIED", "a run hello"));
    service->stop();
    EXPECT_THAT(findings_of(*service), IsEmpty()) << "the fault is not the plugin's";
    EXPECT_EQ(entry_named(*service, "fault").plugin, "a");
}

TEST_P(CombinedFaults, LetMemoryRunOut) {
    const ScriptedPlugin a('a', "OnVMStarted run echo\n");
    const auto service =
        start(a, {{.kind = FaultKind::OutOfMemory, .call = ApiCall::ExecuteBinary}});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_THAT(said(*service), ElementsAre("a run E_OUTOFMEMORY"));
    EXPECT_EQ(entry_named(*service, "fault").parent, entry_named(*service, "ExecuteBinary").id);
}

TEST_P(CombinedFaults, EndASocketEarly) {
    const ScriptedPlugin a('a', "OnVMStarted run echo;run echo\n");
    const auto service = start(a, {{.kind = FaultKind::EndSocket, .nth = 1, .after_bytes = 2}});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_THAT(said(*service), ElementsAre("a run he", "a run hello"));
    service->stop();
    EXPECT_THAT(findings_of(*service), IsEmpty()) << "the plugin has closed what it was given";
}

TEST_P(CombinedFaults, ResetASocket) {
    const ScriptedPlugin a('a', "OnVMStarted run echo;run echo\n");
    const auto service = start(a, {{.kind = FaultKind::ResetSocket, .nth = 1}});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_THAT(said(*service), ElementsAre("a run ", "a run hello"));
    service->stop();
    EXPECT_THAT(findings_of(*service), IsEmpty());
}

TEST_P(CombinedFaults, CarryASocketSlowly) {
    const ScriptedPlugin a('a', "OnVMStarted run echo\n");
    const auto service = start(
        a,
        {{.kind = FaultKind::ByteByByte, .delay = 2ms}, {.kind = FaultKind::Slow, .delay = 20ms}});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_THAT(said(*service), ElementsAre("a run hello"));
    EXPECT_EQ(faults_in(*service), 2);
    service->stop();
    EXPECT_THAT(findings_of(*service), IsEmpty());
}

TEST_P(CombinedFaults, KillTheGuestBeforeAHook) {
    const ScriptedPlugin a('a',
                           "OnVMStarted say up\nOnDistributionStarted run echo\n"
                           "OnDistributionStopping say stopping\nOnVMStopping say down\n");
    const auto service =
        start(a, {{.kind = FaultKind::GuestDies, .hook = Hook::OnDistributionStarted, .nth = 1}});
    (void)service->user().launch("", {"true"});
    service->stop();
    EXPECT_THAT(hooks_called(*service), IsSupersetOf({"a OnVMStarted", "a OnVMStopping"}));
    EXPECT_THAT(said(*service), IsSupersetOf({"a up", "a down"}));
    (void)entry_named(*service, "vm-crash");
    EXPECT_THAT(findings_of(*service), IsEmpty());
}

TEST_P(CombinedFaults, KeepTheServiceFromStartingAndLeaveNoProcess) {
    const ScriptedPlugin a('a', "EntryPoint say loaded\n");
    const auto service = Service::start(
        options_with(a, {{.kind = FaultKind::RegistryDenies, .code = HResult::access_denied}}));
    ASSERT_FALSE(service);
    EXPECT_EQ(service.error().code(), HResult::access_denied);
    EXPECT_EQ(start(a, {})->user().launch("", {"true"}).exit_code, 0) << "the next one starts";
}

INSTANTIATE_TEST_SUITE_P(All,
                         CombinedFaults,
                         testing::Values(Surroundings{HostModel::InService, true},
                                         Surroundings{HostModel::OwnProcess, false},
                                         Surroundings{HostModel::OwnProcess, true}),
                         name_of);

TEST(FaultsInAProcessOfItsOwn, MeetAWorkersCallToo) {
    const ScriptedPlugin a('a', "OnVMStarted worker-runs echo;run echo\n");
    ServiceOptions options;
    options.plugins = {a.registration()};
    options.host_model = HostModel::OwnProcess;
    options.backend = Backend::Scripted;
    options.faults = {{.kind = FaultKind::Fail, .plugin = "a", .nth = 1, .code = HResult::aborted},
                      {.kind = FaultKind::Fail, .code = HResult::access_denied}};
    const auto service = start_service(std::move(options));
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_THAT(said(*service), ElementsAre("a run E_ABORT", "a run E_ACCESSDENIED"));
}

TEST(FaultsInAProcessOfItsOwn, CountBesideItsDeath) {
    const ScriptedPlugin a('a', "OnVMStarted run echo;die 9\nOnDistributionStarted say never\n");
    ServiceOptions options;
    options.plugins = {a.registration()};
    options.host_model = HostModel::OwnProcess;
    options.strict = true;
    options.backend = Backend::Scripted;
    options.faults = {{.kind = FaultKind::Fail, .code = HResult::access_denied}};
    const auto service = start_service(std::move(options));
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0) << "a dead process vetoes nothing";
    EXPECT_THAT(said(*service), ElementsAre("a run E_ACCESSDENIED"));
    EXPECT_EQ(detail(entry_named(*service, "plugin-process-ended"), "exit_code"), "9");
}

TEST(FaultsUnderStrictMode, LeaveWhatIsThePlugins) {
    RelayedPlugin plugin('a');
    abi::SOCKET kept = 0;
    plugin.on(Hook::OnVMStarted, [&](const HookArguments& arguments) {
        const char* words[] = {"echo", nullptr};
        return arguments.api.ExecuteBinary(
            arguments.session().SessionId, "/bin/echo", words, &kept);
    });
    ServiceOptions options;
    options.plugins = {plugin.registration()};
    options.strict = true;
    options.backend = Backend::Scripted;
    options.scripted_linux = std::make_shared<ScriptedLinux>();
    options.scripted_linux->answer("/bin/echo", {.output = "hello\n"});
    options.faults = {{.kind = FaultKind::EndSocket, .after_bytes = 1}};
    const auto service = start_service(std::move(options));
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    service->stop();
    EXPECT_EQ(entry_named(*service, "socket-leaked").plugin, "a")
        << "a socket that a fault has ended is the plugin's to close";
    const platform::Socket closes(kept);
}

}  // namespace
}  // namespace wslplugins::testhost
