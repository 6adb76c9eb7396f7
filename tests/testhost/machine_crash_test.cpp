// SPDX-License-Identifier: MIT
// A virtual machine that has died when nobody looked, between two things that users do.
#include "platform/socket.hpp"
#include "testhost/raw_plugins.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;

constexpr std::uint32_t aborted = 0x80004004u;

class UnnoticedCrash : public testing::TestWithParam<Backend> {
protected:
    UnnoticedCrash() {
        plugin_.watch_everything();
        ServiceOptions options;
        options.plugins = {plugin_.registration()};
        options.backend = GetParam();
        options.scripted_linux = std::make_shared<ScriptedLinux>();
        options.scripted_linux->answer("/bin/true", ScriptedAnswer());
        service_ = start_service(std::move(options));
        EXPECT_EQ(user().launch("", {"true"}).exit_code, 0);
    }

    void TearDown() override { service_.reset(); }

    [[nodiscard]] User user() const { return service_->user(); }

    [[nodiscard]] abi::HRESULT run_true() const {
        const char* arguments[] = {"true", nullptr};
        abi::SOCKET socket = 0;
        const abi::HRESULT result = plugin_.api().ExecuteBinary(0, "/bin/true", arguments, &socket);
        if (result == 0) {
            const platform::Socket closes(socket);
        }
        return result;
    }

    [[nodiscard]] std::ptrdiff_t crashes() const {
        return std::ranges::count(service_->journal().entries(), "vm-crash", &JournalEntry::name);
    }

    RelayedPlugin plugin_{'a'};
    std::unique_ptr<Service> service_;
};

TEST_P(UnnoticedCrash, IsToldBeforeTheNextCommandWhichStartsANewMachine) {
    user().crash_machine_unnoticed();
    EXPECT_EQ(crashes(), 0);
    EXPECT_EQ(hooks_called(*service_).size(), 2u) << "nobody is told yet";
    EXPECT_EQ(user().launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(crashes(), 1);
    EXPECT_THAT(hooks_called(*service_),
                ElementsAre("a OnVMStarted",
                            "a OnDistributionStarted",
                            "a OnDistributionStopping",
                            "a OnVMStopping",
                            "a OnVMStarted",
                            "a OnDistributionStarted"));
    EXPECT_NE(entry_named(*service_, "OnVMStopping").thread,
              entry_named(*service_, "OnVMStarted").thread)
        << "a thread of the service's own";
    EXPECT_EQ(run_true(), 0);
}

TEST_P(UnnoticedCrash, IsMetByCallsMeanwhile) {
    user().crash_machine_unnoticed();
    EXPECT_EQ(run_true(), code(aborted));
    EXPECT_EQ(hooks_called(*service_).size(), 2u);
}

TEST_P(UnnoticedCrash, IsToldBeforeATimeoutPasses) {
    user().crash_machine_unnoticed();
    user().let_idle_time_pass(IdleTimeout::VirtualMachine);
    EXPECT_EQ(crashes(), 1);
    EXPECT_EQ(hooks_called(*service_).back(), "a OnVMStopping");
}

TEST_P(UnnoticedCrash, EndsWithTheServiceAsIfItRan) {
    user().crash_machine_unnoticed();
    service_->stop();
    EXPECT_EQ(crashes(), 0);
    EXPECT_THAT(hooks_called(*service_),
                ElementsAre("a OnVMStarted",
                            "a OnDistributionStarted",
                            "a OnDistributionStopping",
                            "a OnVMStopping"));
}

TEST_P(UnnoticedCrash, OfNothingIsNothing) {
    EXPECT_EQ(user().shutdown().exit_code, 0);
    user().crash_machine_unnoticed();
    service_->user("alice").crash_machine_unnoticed();
    EXPECT_EQ(user().launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(crashes(), 0);
}

INSTANTIATE_TEST_SUITE_P(Both,
                         UnnoticedCrash,
                         testing::Values(Backend::Guest, Backend::Scripted),
                         [](const testing::TestParamInfo<Backend>& backend) {
                             return backend.param == Backend::Guest ? "Guest" : "Scripted";
                         });

}  // namespace
}  // namespace wslplugins::testhost
