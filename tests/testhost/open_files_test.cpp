// SPDX-License-Identifier: MIT
// An init that refuses to stop for being idle: Windows programs have its files open.
#include "testhost/raw_plugins.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;

class OpenFiles : public testing::Test {
protected:
    OpenFiles() {
        plugin_.watch_everything();
        ServiceOptions options;
        options.plugins = {plugin_.registration()};
        options.backend = Backend::Scripted;
        service_ = start_service(std::move(options));
    }

    void TearDown() override { service_.reset(); }

    [[nodiscard]] User user() const { return service_->user(); }

    /// How often init has refused.
    [[nodiscard]] std::ptrdiff_t refusals() const {
        return std::ranges::count(
            service_->journal().entries(), "refuse-stop", &JournalEntry::name);
    }

    RelayedPlugin plugin_{'a'};
    std::unique_ptr<Service> service_;
};

TEST_F(OpenFiles, KeepADistributionAndItsMachineFromStoppingForBeingIdle) {
    EXPECT_EQ(user().launch("Debian", {"true"}).exit_code, 0);
    EXPECT_TRUE(user().open_files("debian"));
    user().let_idle_time_pass(IdleTimeout::Distribution);
    user().let_idle_time_pass(IdleTimeout::VirtualMachine);
    EXPECT_EQ(refusals(), 2) << "it is asked again and again";
    EXPECT_THAT(hooks_called(*service_), ElementsAre("a OnVMStarted", "a OnDistributionStarted"))
        << "no hook is called for a stop that was refused";

    EXPECT_TRUE(user().close_files("Debian"));
    user().let_idle_time_pass(IdleTimeout::VirtualMachine);
    EXPECT_EQ(refusals(), 2);
    EXPECT_THAT(hooks_called(*service_),
                ElementsAre("a OnVMStarted",
                            "a OnDistributionStarted",
                            "a OnDistributionStopping",
                            "a OnVMStopping"));
}

TEST_F(OpenFiles, DoNotKeepWhatIsStoppedOnPurpose) {
    EXPECT_EQ(user().launch("Debian", {"true"}).exit_code, 0);
    EXPECT_TRUE(user().open_files("Debian"));
    EXPECT_EQ(user().terminate("Debian").exit_code, 0);
    EXPECT_EQ(hooks_called(*service_).back(), "a OnDistributionStopping");
    EXPECT_EQ(refusals(), 0);

    EXPECT_EQ(user().launch("Debian", {"true"}).exit_code, 0);
    user().let_idle_time_pass(IdleTimeout::Distribution);
    EXPECT_EQ(refusals(), 0) << "its end has closed them";
    EXPECT_EQ(hooks_called(*service_).back(), "a OnDistributionStopping");
}

TEST_F(OpenFiles, AreOfARunningDistributionOnly) {
    EXPECT_FALSE(user().open_files("Debian")) << "there is no session yet";
    EXPECT_EQ(user().launch("Debian", {"true"}).exit_code, 0);
    EXPECT_FALSE(user().open_files("NoSuchDistribution"));
    EXPECT_EQ(user().terminate("Debian").exit_code, 0);
    EXPECT_FALSE(user().open_files("Debian"));
    EXPECT_FALSE(user().close_files("Debian"));
}

}  // namespace
}  // namespace wslplugins::testhost
