// SPDX-License-Identifier: MIT
#include "platform/paths.hpp"
#include "testhost/wslc/wslc_probe.hpp"

#include <wslplugins/core/text.hpp>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <future>
#include <set>
#include <thread>

namespace wslplugins::testhost {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::set<std::string> keys_of(const json& object) {
    std::set<std::string> keys;
    for (const auto& [key, value] : object.items()) {
        keys.insert(key);
    }
    return keys;
}

/// `wslc.exe` with an image of a registry, and a plugin that sees the hooks of containers.
class Container : public testing::Test {
protected:
    void SetUp() override {
        plugin_.watch_everything();
        service_ = start_service({&plugin_});
        user_ = service_->wslc();
        user_->publish({.reference = "base:1",
                        .env = {"PATH=/bin:/usr/bin", "A=image", "B=image"},
                        .labels = {{"from", "image"}}});
    }

    void TearDown() override { user_.reset(); }

    /// The hooks that are about containers.
    std::vector<std::string> container_hooks() {
        std::vector<std::string> names;
        for (const std::string& name : hook_names(*service_)) {
            if (name.starts_with("Container")) {
                names.push_back(name);
            }
        }
        return names;
    }

    std::string detached(const std::string& name, std::vector<std::string> command) {
        const UserOutput output =
            user_->run_detached({.image = "base:1", .command = std::move(command), .name = name});
        EXPECT_EQ(output.exit_code, 0) << output.text;
        return output.text.substr(0, output.text.find('\n'));
    }

    RelayedPlugin plugin_{'a'};
    std::unique_ptr<Service> service_;
    std::optional<WslcUser> user_;
};

TEST_F(Container, RunsItsCommandWithTheImagesAndItsOwnEnvironment) {
    const UserOutput output = user_->run({.image = "base:1",
                                          .command = {"sh", "-c", "echo $A $B $C; pwd; exit 3"},
                                          .env = {"B=own", "C=own"},
                                          .working_dir = "/tmp/work"});
    EXPECT_EQ(output.text, "image own own\n/tmp/work\n");
    EXPECT_EQ(output.exit_code, 3);
    EXPECT_THAT(hook_names(*service_),
                ElementsAre("OnSessionCreated",
                            "WslcVmStarted",
                            "ImageCreated",
                            "ContainerStarted",
                            "ContainerStopping"));
}

TEST_F(Container, HasARootOfItsOwnThatGoesWithIt) {
    EXPECT_EQ(
        user_->run({.image = "base:1", .command = {"sh", "-c", "echo x > /root/mark"}}).exit_code,
        0);
    EXPECT_NE(user_->run({.image = "base:1", .command = {"cat", "/root/mark"}}).exit_code, 0);
}

TEST_F(Container, IsToldOnceItRunsWithItsDocument) {
    json document;
    std::thread::id thread;
    plugin_.on(Hook::ContainerStarted, [&](const HookArguments& arguments) {
        document = json::parse(arguments.text());
        thread = std::this_thread::get_id();
        EXPECT_EQ(run_program(arguments.api,
                              arguments.container_session().SessionId,
                              {"/bin/echo", "beside"})
                      .output,
                  "beside\n");
        return 0;
    });
    const std::string id = detached("one", {"sleep", "1000"});
    EXPECT_EQ(keys_of(document),
              (std::set<std::string>{"Id",
                                     "Name",
                                     "Created",
                                     "Image",
                                     "State",
                                     "HostConfig",
                                     "Config",
                                     "Ports",
                                     "Mounts",
                                     "Labels",
                                     "NetworkSettings"}));
    EXPECT_EQ(keys_of(document["State"]),
              (std::set<std::string>{"Status", "Running", "ExitCode", "StartedAt", "FinishedAt"}));
    EXPECT_EQ(keys_of(document["HostConfig"]),
              (std::set<std::string>{"NetworkMode", "Memory", "NanoCpus", "Ulimits"}));
    EXPECT_EQ(keys_of(document["Config"]),
              (std::set<std::string>{"Env",
                                     "Cmd",
                                     "Entrypoint",
                                     "User",
                                     "WorkingDir",
                                     "StopTimeout",
                                     "Healthcheck",
                                     "Labels"}));
    EXPECT_EQ(keys_of(document["NetworkSettings"]), std::set<std::string>{"Networks"});
    EXPECT_EQ(document["Id"], id);
    EXPECT_EQ(document["Name"], "one");
    EXPECT_EQ(document["Image"], "base:1");
    EXPECT_EQ(document["State"]["Status"], "running");
    EXPECT_EQ(document["Config"]["Cmd"], json::array({"sleep", "1000"}));
    EXPECT_EQ(document["Labels"]["from"], "image");
    EXPECT_NE(thread, std::this_thread::get_id());
    EXPECT_EQ(user_->remove("one", true).exit_code, 0);
}

TEST_F(Container, RefusedByAPluginIsStoppedAgainAndNobodyIsTold) {
    plugin_.on(Hook::ContainerStarted, [](const HookArguments& arguments) {
        (void)arguments.api.PluginError(to_utf16("not this one").value().c_str());
        return code(0x80070005u);
    });
    const UserOutput output =
        user_->run_detached({.image = "base:1", .command = {"sleep", "1000"}, .name = "bad"});
    EXPECT_EQ(output.exit_code, 1);
    EXPECT_EQ(output.text,
              "A fatal error was returned by plugin 'a'. Error message: 'not this one'\n"
              "Error code: E_ACCESSDENIED\n");
    EXPECT_THAT(container_hooks(), ElementsAre("ContainerStarted"));
    EXPECT_THAT(user_->list_containers().text, HasSubstr(" bad base:1 exited\n"))
        << "it is not deleted";
    plugin_.on(Hook::ContainerStarted, [](const HookArguments&) { return 0; });
    EXPECT_EQ(user_->start("bad").exit_code, 0) << "every start asks again";
    EXPECT_THAT(container_hooks(), ElementsAre("ContainerStarted", "ContainerStarted"));
}

TEST_F(Container, ThatIsStoppedIsToldAfterwardsByItsId) {
    const std::string id = detached("one", {"sleep", "1000"});
    std::string told;
    plugin_.on(Hook::ContainerStopping, [&](const HookArguments& arguments) {
        told = arguments.text();
        return code(0x80004005u);
    });
    EXPECT_EQ(user_->stop("one").exit_code, 0);
    EXPECT_EQ(told, id);
    EXPECT_EQ(user_->wait("one").text, "143\n");
    EXPECT_EQ(user_->stop("one").exit_code, 0) << "it does not run";
    EXPECT_THAT(container_hooks(), ElementsAre("ContainerStarted", "ContainerStopping"));
}

TEST_F(Container, ThatIgnoresTheRequestIsKilledAfterItsTimeout) {
    EXPECT_EQ(user_
                  ->run_detached({.image = "base:1",
                                  .command = {"sh", "-c", "trap '' TERM; echo ready; sleep 1000"},
                                  .name = "deaf",
                                  .stop_timeout = 0})
                  .exit_code,
              0);
    while (user_->logs("deaf").text != "ready\n") {
        std::this_thread::yield();
    }
    EXPECT_EQ(user_->stop("deaf").exit_code, 0);
    EXPECT_EQ(user_->wait("deaf").text, "137\n");
}

TEST_F(Container, ThatIsKilledIsTold) {
    (void)detached("one", {"sleep", "1000"});
    EXPECT_EQ(user_->kill("one").exit_code, 0);
    EXPECT_EQ(user_->wait("one").text, "137\n");
    EXPECT_THAT(container_hooks(), ElementsAre("ContainerStarted", "ContainerStopping"));
    const UserOutput again = user_->kill("one");
    EXPECT_EQ(again.exit_code, 1);
    EXPECT_THAT(again.text, HasSubstr("Error code: WSLC_E_CONTAINER_NOT_RUNNING\n"));
}

TEST_F(Container, GoesAtItsEndWhenItIsToBeRemoved) {
    EXPECT_EQ(
        user_->run({.image = "base:1", .command = {"true"}, .remove_when_ended = true}).exit_code,
        0);
    EXPECT_EQ(user_->list_containers().text, "");
    EXPECT_THAT(container_hooks(), ElementsAre("ContainerStarted", "ContainerStopping"));
}

TEST_F(Container, ThatRunsIsDeletedByForceAndNobodyIsTold) {
    (void)detached("one", {"sleep", "1000"});
    const UserOutput refused = user_->remove("one");
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.text, HasSubstr("Error code: WSLC_E_CONTAINER_IS_RUNNING\n"));
    EXPECT_EQ(user_->remove("one", true).exit_code, 0);
    EXPECT_THAT(container_hooks(), ElementsAre("ContainerStarted"));
    EXPECT_THAT(user_->stop("one").text, HasSubstr("Error code: WSLC_E_CONTAINER_NOT_FOUND\n"));
}

TEST_F(Container, ThatRunsWhenItsSessionEndsIsNotTold) {
    (void)detached("one", {"sleep", "1000"});
    ASSERT_TRUE(user_->terminate_session(1));
    EXPECT_THAT(container_hooks(), ElementsAre("ContainerStarted"));
    EXPECT_THAT(user_->list_containers().text, HasSubstr(" one base:1 exited\n"))
        << "the storage outlives the session";
}

TEST_F(Container, ThatRunsKeepsTheMachineFromIdling) {
    (void)detached("one", {"sleep", "1000"});
    EXPECT_FALSE(user_->let_idle_time_pass(1).value());
    EXPECT_EQ(user_->stop("one").exit_code, 0);
    EXPECT_TRUE(user_->let_idle_time_pass(1).value());
    EXPECT_EQ(user_->start("one").exit_code, 0) << "in a new machine";
    EXPECT_EQ(user_->remove("one", true).exit_code, 0);
}

TEST_F(Container, ExecutesAProgramBesideItsOwnAndTellsNobody) {
    user_->publish({.reference = "placed", .working_dir = "/work"});
    EXPECT_EQ(
        user_
            ->run_detached(
                {.image = "placed", .command = {"sleep", "1000"}, .name = "one", .env = {"C=own"}})
            .exit_code,
        0);
    const UserOutput output =
        user_->exec("one", {"sh", "-c", "echo $C; pwd; touch /seen; echo bad >&2; exit 5"});
    EXPECT_THAT(output.text, HasSubstr("own\n/work\n"));
    EXPECT_THAT(output.text, HasSubstr("bad\n"));
    EXPECT_EQ(output.exit_code, 5);
    EXPECT_EQ(user_->exec("one", {"ls", "/seen"}).text, "/seen\n") << "the container's own root";
    EXPECT_EQ(user_->logs("one").text, "") << "only the container's own program is logged";
    EXPECT_THAT(container_hooks(), ElementsAre("ContainerStarted"));
}

TEST_F(Container, ExecutesOnlyWhileItRunsAndOnlyWhatIsThere) {
    (void)detached("one", {"sleep", "1000"});
    EXPECT_THAT(user_->exec("one", {"no-such-program"}).text, HasSubstr("Error code: E_FAIL\n"));
    EXPECT_THAT(user_->exec("one", {}).text, HasSubstr("Error code: E_INVALIDARG\n"));
    EXPECT_THAT(user_->exec("two", {"true"}).text,
                HasSubstr("Error code: WSLC_E_CONTAINER_NOT_FOUND\n"));
    EXPECT_EQ(user_->stop("one").exit_code, 0);
    EXPECT_THAT(user_->exec("one", {"true"}).text,
                HasSubstr("Error code: WSLC_E_CONTAINER_NOT_RUNNING\n"));
}

TEST_F(Container, EndsWhatIsExecutedInItWithItself) {
    (void)detached("one", {"sleep", "1000"});
    auto executed =
        std::async(std::launch::async, [&] { return user_->exec("one", {"sleep", "1000"}); });
    const auto runs = [&] {
        return user_->exec("one", {"sh", "-c", "cat /proc/[0-9]*/cmdline | tr '\\0' ' '"}).text;
    };
    std::string seen;
    while (seen.find("sleep 1000") == seen.rfind("sleep 1000")) {
        seen = runs();
    }
    EXPECT_EQ(user_->kill("one").exit_code, 0);
    EXPECT_EQ(executed.get().exit_code, 137);
}

/// A folder of Windows with a file in it.
class ContainerVolume : public Container {
protected:
    void SetUp() override {
        Container::SetUp();
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        std::ofstream(folder_ / "file", std::ios::binary) << "content\n";
    }

    void TearDown() override {
        Container::TearDown();
        service_.reset();
        std::filesystem::remove_all(folder_);
    }

    [[nodiscard]] std::string path() const { return platform::utf8_from_path(folder_); }

    const std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / "wslplugins-container-volume";
};

TEST_F(ContainerVolume, ShowsTheFolderToItAndIsToldInItsDocument) {
    const UserOutput output =
        user_->run({.image = "base:1",
                    .command = {"sh", "-c", "cat /data/deep/file; echo new > /data/deep/made"},
                    .name = "one",
                    .volumes = {{path(), "/data/deep"}}});
    EXPECT_EQ(output.text, "content\n");
    EXPECT_EQ(output.exit_code, 0);
    EXPECT_TRUE(std::filesystem::exists(folder_ / "made"));
    const json document = json::parse(user_->inspect("one").text);
    ASSERT_EQ(document["Mounts"].size(), 1u);
    EXPECT_EQ(document["Mounts"][0]["Type"], "bind");
    EXPECT_EQ(document["Mounts"][0]["Source"], path());
    EXPECT_EQ(document["Mounts"][0]["Destination"], "/data/deep");
    EXPECT_EQ(document["Mounts"][0]["ReadWrite"], true);
}

TEST_F(ContainerVolume, IsReadOnlyWhereItIsAskedToBe) {
    EXPECT_NE(user_
                  ->run({.image = "base:1",
                         .command = {"touch", "/data/made"},
                         .name = "one",
                         .volumes = {{path(), "/data", true}}})
                  .exit_code,
              0);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "made"));
    EXPECT_EQ(json::parse(user_->inspect("one").text)["Mounts"][0]["ReadWrite"], false);
}

TEST_F(ContainerVolume, IsOfThatContainerOnly) {
    EXPECT_EQ(user_
                  ->run_detached({.image = "base:1",
                                  .command = {"sleep", "1000"},
                                  .name = "one",
                                  .volumes = {{path(), "/data"}}})
                  .exit_code,
              0);
    EXPECT_EQ(user_->exec("one", {"cat", "/data/file"}).text, "content\n");
    EXPECT_NE(user_->run({.image = "base:1", .command = {"cat", "/data/file"}}).exit_code, 0);
}

TEST_F(ContainerVolume, ThatIsNotThereKeepsItFromStarting) {
    const UserOutput missing = user_->run(
        {.image = "base:1", .command = {"true"}, .volumes = {{path() + "-not", "/data"}}});
    EXPECT_THAT(missing.text, HasSubstr("Error code: ERROR_PATH_NOT_FOUND\n"));
    const UserOutput relative =
        user_->run({.image = "base:1", .command = {"true"}, .volumes = {{path(), "data"}}});
    EXPECT_THAT(relative.text, HasSubstr("Error code: E_INVALIDARG\n"));
    EXPECT_THAT(container_hooks(), ElementsAre());
}

TEST_F(Container, WhoseProgramCannotBeExecutedDoesNotStart) {
    const UserOutput output = user_->run({.image = "base:1", .command = {"no-such-program"}});
    EXPECT_EQ(output.exit_code, 1);
    EXPECT_THAT(output.text, HasSubstr("Error code: E_FAIL\n"));
    EXPECT_THAT(container_hooks(), ElementsAre());
    EXPECT_EQ(user_->run({.image = "base:1", .command = {"true"}}).exit_code, 0);
}

TEST_F(Container, NeedsAnImageAFreeNameAndACommand) {
    EXPECT_THAT(user_->run({.image = "no-such-image"}).text,
                HasSubstr("Error code: WSLC_E_IMAGE_NOT_FOUND\n"));
    EXPECT_EQ(user_->create({.image = "base:1", .name = "one"}).exit_code, 0);
    EXPECT_THAT(user_->create({.image = "base:1", .name = "one"}).text,
                HasSubstr("Error code: ERROR_ALREADY_EXISTS\n"));
    user_->publish({.reference = "empty", .cmd = {}});
    EXPECT_THAT(user_->create({.image = "empty"}).text, HasSubstr("Error code: E_INVALIDARG\n"));
}

TEST_F(Container, IsFoundByTheBeginningOfItsIdIfThereIsOne) {
    const std::string id = detached("one", {"true"});
    (void)detached("two", {"true"});
    EXPECT_EQ(user_->wait(id.substr(0, 12)).text, "0\n");
    EXPECT_THAT(user_->wait("").text, HasSubstr("Error code: WSLC_E_CONTAINER_NOT_FOUND\n"));
    EXPECT_THAT(user_->inspect(id).text, StartsWith("{\"Id\":\"" + id));
}

TEST(ContainerSessions, OfSeveralUsersRunAtOnce) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    const auto service = start_service({&plugin});
    service->wslc().publish({.reference = "base"});
    std::vector<std::future<UserOutput>> runs;
    for (const std::string name : {"Ann", "Bob", "Cid"}) {
        runs.push_back(std::async(std::launch::async, [user = service->wslc(name), name] {
            return user.run({.image = "base", .command = {"echo", name}});
        }));
    }
    EXPECT_EQ(runs[0].get().text, "Ann\n");
    EXPECT_EQ(runs[1].get().text, "Bob\n");
    EXPECT_EQ(runs[2].get().text, "Cid\n");
}

}  // namespace
}  // namespace wslplugins::testhost
