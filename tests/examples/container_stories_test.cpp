// SPDX-License-Identifier: MIT
// What users do with containers, and what the examples about them say of it.
#include <wslplugins/plugin/linked_plugin.hpp>
#include <wslplugins/testhost/google_plugin_test.hpp>

#include <gmock/gmock.h>

#include "container-admission/container_admission.hpp"  // behind GoogleTest, whose names they would hide
#include "container-vm-ledger/container_vm_ledger.hpp"
#include "image-audit/image_audit.hpp"

namespace {

using testhost::GooglePluginTest;
using testing::HasSubstr;

class ContainerExamples : public testing::Test {
protected:
    testhost::WslcUser user() {
        const testhost::WslcUser user = test_.service().wslc();
        user.publish({.reference = "registry.example/tools:1"});
        user.publish({.reference = "other.example/miner:9"});
        return user;
    }

    GooglePluginTest test_;
};

TEST_F(ContainerExamples, AdmitKnownImagesForUsersWhoAreNotRoot) {
    test_.options().backend = testhost::Backend::Guest;  // a container's program has three streams
    test_.add_plugin("admission", linked_plugin<ContainerAdmission>());
    const auto admitted = user().run(
        {.image = "registry.example/tools:1", .command = {"true"}, .name = "a", .user = "1000"});
    EXPECT_EQ(admitted.exit_code, 0) << admitted.text;
    const auto unknown = user().run(
        {.image = "other.example/miner:9", .command = {"true"}, .name = "b", .user = "1000"});
    EXPECT_EQ(unknown.exit_code, 1);
    EXPECT_THAT(unknown.text, HasSubstr("its image is other.example/miner:9"));
    const auto root =
        user().run({.image = "registry.example/tools:1", .command = {"true"}, .name = "c"});
    EXPECT_EQ(root.exit_code, 1);
    EXPECT_THAT(root.text, HasSubstr("it runs as root"));
}

TEST_F(ContainerExamples, AuditImagesThatComeAndGo) {
    test_.add_plugin("audit", linked_plugin<ImageAudit>());
    const auto pulled = user().pull("registry.example/tools:1");
    EXPECT_EQ(pulled.exit_code, 0) << pulled.text;
    test_.expect_log("info created: container session 1");
    test_.expect_log("for linux/amd64 registry.example/tools:1");
    const auto imported = user().import_image({.comment = "nobody knows this one"});
    EXPECT_EQ(imported.exit_code, 0) << imported.text;
    test_.expect_log("warning created without a name: container session 1");
    const auto removed = user().remove_image("registry.example/tools:1");
    EXPECT_EQ(removed.exit_code, 0) << removed.text;
    test_.expect_log("info deleted: container session 1 (wslc-cli-user): sha256:");
}

TEST_F(ContainerExamples, KeepALedgerThatCountsEachMachineOfASession) {
    test_.add_plugin("ledger", linked_plugin<ContainerVmLedger>());
    const auto session =
        user().create_session({.display_name = "lab", .storage_path = "lab"}).value();
    const auto lab = user().in_session("lab");
    for (int machine = 0; machine < 2; ++machine) {
        EXPECT_EQ(lab.list_images().exit_code, 0);
        EXPECT_TRUE(user().let_idle_time_pass(session).value());
    }
    EXPECT_TRUE(user().release_session(session));
    test_.stop();
    test_.expect_log("closed: container session 1 (lab) after 2 starts and 2 stops");
}

TEST_F(ContainerExamples, KeepALedgerThatDoesNotBalanceWhereASessionsProcessDies) {
    test_.add_plugin("ledger", linked_plugin<ContainerVmLedger>());
    const auto session =
        user().create_session({.display_name = "lab", .storage_path = "lab"}).value();
    EXPECT_EQ(user().in_session("lab").list_images().exit_code, 0);
    EXPECT_TRUE(user().kill_session_process(session));
    test_.stop();
    test_.expect_log("closed: container session 1 (lab) after 1 starts and 0 stops");
}

}  // namespace
