// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_probe.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace wslplugins::testhost {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class ContainerImage : public testing::Test {
protected:
    void SetUp() override { start(newest_known_version); }

    void start(const Version& version) {
        service_.reset();
        plugin_.reset();
        plugin_.emplace('a');
        plugin_->watch_everything(version);
        plugin_->on(Hook::ImageCreated, [this](const HookArguments& arguments) {
            created_.push_back(json::parse(arguments.text()));
            return code(0x80004005u);
        });
        plugin_->on(Hook::ImageDeleted, [this](const HookArguments& arguments) {
            deleted_.emplace_back(arguments.text());
            return code(0x80004005u);
        });
        ServiceOptions options;
        options.version = version;
        options.plugins = {plugin_->registration()};
        service_ = start_service(std::move(options));
    }

    std::optional<RelayedPlugin> plugin_;
    std::unique_ptr<Service> service_;
    std::vector<json> created_;
    std::vector<std::string> deleted_;
};

TEST_F(ContainerImage, ThatIsPulledIsToldWithItsDocument) {
    service_->wslc().publish({.reference = "registry.example:5000/base",
                              .author = "somebody",
                              .comment = "a comment",
                              .size = 4096});
    EXPECT_EQ(service_->wslc().pull("registry.example:5000/base").exit_code, 0);
    ASSERT_EQ(created_.size(), 1u);
    const json& document = created_.front();
    std::set<std::string> keys;
    for (const auto& [key, value] : document.items()) {
        keys.insert(key);
    }
    EXPECT_EQ(keys,
              (std::set<std::string>{"Id",
                                     "RepoTags",
                                     "RepoDigests",
                                     "Parent",
                                     "Comment",
                                     "Created",
                                     "Author",
                                     "Architecture",
                                     "Os",
                                     "Size",
                                     "Config",
                                     "RootFS"}));
    EXPECT_THAT(document["Id"].get<std::string>(), StartsWith("sha256:"));
    EXPECT_EQ(document["Id"].get<std::string>().size(), 7u + 64u);
    EXPECT_EQ(document["RepoTags"], json::array({"registry.example:5000/base:latest"}));
    EXPECT_EQ(document["Size"], 4096);
    EXPECT_EQ(document["Author"], "somebody");
    EXPECT_EQ(service_->wslc().pull("registry.example:5000/base").exit_code, 0);
    EXPECT_EQ(created_.size(), 2u) << "every pull is told";
}

TEST_F(ContainerImage, ThatTheRegistryLacksIsNotFound) {
    const UserOutput output = service_->wslc().pull("nothing");
    EXPECT_EQ(output.exit_code, 1);
    EXPECT_EQ(output.text, "No such image: nothing\nError code: WSLC_E_IMAGE_NOT_FOUND\n");
    EXPECT_TRUE(created_.empty());
}

TEST_F(ContainerImage, ThatIsLoadedIsToldOnceALine) {
    EXPECT_EQ(service_->wslc().load({{.reference = "one"}, {.reference = "two"}}).text,
              "Loaded image: one:latest\nLoaded image: two:latest\n");
    EXPECT_EQ(created_.size(), 2u);
}

TEST_F(ContainerImage, ThatIsLoadedWasNotToldBefore294) {
    start(Version{2, 9, 3});
    EXPECT_EQ(service_->wslc().load({{.reference = "one"}}).exit_code, 0);
    EXPECT_TRUE(created_.empty());
    EXPECT_EQ(service_->wslc().import_image({.reference = "two"}).exit_code, 0);
    EXPECT_EQ(created_.size(), 1u);
}

TEST_F(ContainerImage, ThatIsImportedIsToldWithOrWithoutAName) {
    const WslcUser user = service_->wslc();
    EXPECT_EQ(user.import_image({.reference = "named", .comment = "one"}).exit_code, 0);
    EXPECT_EQ(user.import_image({.reference = "", .comment = "two"}).exit_code, 0);
    ASSERT_EQ(created_.size(), 2u);
    EXPECT_EQ(created_[0]["RepoTags"], json::array({"named:latest"}));
    EXPECT_EQ(created_[1]["RepoTags"], json::array());
}

TEST_F(ContainerImage, ThatIsTaggedOrPushedIsNotTold) {
    const WslcUser user = service_->wslc();
    EXPECT_EQ(user.load({{.reference = "one"}}).exit_code, 0);
    EXPECT_EQ(user.tag("one", "two:2").exit_code, 0);
    EXPECT_EQ(user.push("two:2").exit_code, 0);
    EXPECT_EQ(created_.size(), 1u);
    EXPECT_THAT(user.list_images().text, StartsWith("one:latest two:2 sha256:"));
    EXPECT_EQ(service_->wslc("another").pull("two:2").exit_code, 0) << "it is in the registry";
    EXPECT_THAT(user.tag("missing", "x").text, HasSubstr("WSLC_E_IMAGE_NOT_FOUND"));
    EXPECT_THAT(user.push("missing").text, HasSubstr("WSLC_E_IMAGE_NOT_FOUND"));
}

TEST_F(ContainerImage, ThatLosesANameIsToldOnlyWithTheLast) {
    const WslcUser user = service_->wslc();
    EXPECT_EQ(user.load({{.reference = "one"}}).exit_code, 0);
    EXPECT_EQ(user.tag("one", "two").exit_code, 0);
    EXPECT_EQ(user.remove_image("one").text, "Untagged: one:latest\n");
    EXPECT_TRUE(deleted_.empty());
    const std::string id = created_.front()["Id"];
    EXPECT_EQ(user.remove_image("two").text, "Untagged: two:latest\nDeleted: " + id + "\n");
    EXPECT_THAT(deleted_, ElementsAre(id));
    EXPECT_THAT(user.remove_image("two").text, HasSubstr("WSLC_E_IMAGE_NOT_FOUND"));
}

TEST_F(ContainerImage, IsDeletedByItsIdWithAllItsNames) {
    const WslcUser user = service_->wslc();
    EXPECT_EQ(user.load({{.reference = "one"}}).exit_code, 0);
    EXPECT_EQ(user.tag("one", "two").exit_code, 0);
    const std::string id = created_.front()["Id"];
    EXPECT_EQ(user.remove_image(id).text,
              "Untagged: one:latest\nUntagged: two:latest\nDeleted: " + id + "\n");
    EXPECT_THAT(deleted_, ElementsAre(id));
}

TEST_F(ContainerImage, ThatIsPrunedIsNotTold) {
    const WslcUser user = service_->wslc();
    EXPECT_EQ(user.load({{.reference = "used", .comment = "1"}, {.reference = "free"}}).exit_code,
              0);
    EXPECT_EQ(user.create({.image = "used"}).exit_code, 0);
    EXPECT_THAT(user.prune_images().text, StartsWith("Untagged: free:latest\nDeleted: sha256:"));
    EXPECT_TRUE(deleted_.empty());
    EXPECT_EQ(user.inspect_image("used").exit_code, 0);
    EXPECT_THAT(user.inspect_image("free").text, HasSubstr("WSLC_E_IMAGE_NOT_FOUND"));
}

TEST_F(ContainerImage, SurvivesTheMachineAndTheSessionOfItsStorage) {
    const WslcUser user = service_->wslc();
    EXPECT_EQ(user.load({{.reference = "one"}}).exit_code, 0);
    EXPECT_TRUE(user.let_idle_time_pass(1).value());
    EXPECT_EQ(user.inspect_image("one").exit_code, 0);
    ASSERT_TRUE(user.terminate_session(1));
    EXPECT_EQ(user.inspect_image("one").exit_code, 0);
}

}  // namespace
}  // namespace wslplugins::testhost
