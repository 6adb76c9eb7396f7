// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>
#include <wslplugins/inspect/container_document.hpp>

#include <random>
#include <string>

namespace wslplugins::inspect {
namespace {

using Texts = std::vector<std::string>;
using TextMap = std::map<std::string, std::string>;

constexpr std::string_view whole = R"({
    "Id": "8f3c", "Name": "/web", "Created": "2026-01-02T03:04:05Z", "Image": "sha256:01",
    "State": {"Status": "running", "Running": true, "ExitCode": 0, "StartedAt": "s",
              "FinishedAt": "f", "Health": {"Status": "healthy"}},
    "HostConfig": {"NetworkMode": "bridge", "Memory": 1073741824, "NanoCpus": 1500000000,
                   "Ulimits": [{"Name": "nofile"}]},
    "Config": {"Env": ["A=1", "B=ü"], "Cmd": ["sh", ""], "Entrypoint": [], "User": "0:0",
               "WorkingDir": "/srv", "StopTimeout": 10, "Healthcheck": {"Test": ["NONE"]},
               "Labels": {"x": "y"}},
    "Ports": {"80/tcp": [{"HostPort": "8080"}]},
    "Mounts": [{"Type": "bind", "Source": "C:\\a", "Destination": "/a", "ReadWrite": false}, {}],
    "Labels": {"maintainer": "me", "nul": "a\u0000b"},
    "NetworkSettings": {"Networks": {"bridge": {"IPAddress": "172.17.0.2"}, "none": null}},
    "SomethingNew": {"is": "left alone"}})";

void expect_refused(std::string_view text, std::string_view why) {
    const auto container = ContainerDocument::parse(text);
    ASSERT_FALSE(container);
    EXPECT_EQ(HResult::invalid_data, container.error().code());
    EXPECT_TRUE(container.error().text().contains(why)) << container.error().text();
}

TEST(ContainerDocument, HasWhatTheContainerIs) {
    const auto container = ContainerDocument::parse(whole);
    ASSERT_TRUE(container) << container.error().to_string();
    EXPECT_EQ("8f3c", container->id);
    EXPECT_EQ("/web", container->name);
    EXPECT_EQ("2026-01-02T03:04:05Z", container->created);
    EXPECT_EQ("sha256:01", container->image);
    EXPECT_EQ("running", container->state.status);
    EXPECT_EQ(true, container->state.running);
    EXPECT_EQ(0, container->state.exit_code);
    EXPECT_EQ("s", container->state.started_at);
    EXPECT_EQ("f", container->state.finished_at);
    EXPECT_EQ(R"({"Status":"healthy"})", container->state.health_json);
}

TEST(ContainerDocument, HasHowTheContainerRuns) {
    const auto container = ContainerDocument::parse(whole);
    ASSERT_TRUE(container) << container.error().to_string();
    EXPECT_EQ("bridge", container->host_config.network_mode);
    EXPECT_EQ(1073741824, container->host_config.memory);
    EXPECT_EQ(1500000000, container->host_config.nano_cpus);
    EXPECT_EQ(R"([{"Name":"nofile"}])", container->host_config.ulimits_json);
    EXPECT_EQ((Texts{"A=1", "B=\xC3\xBC"}), container->config.env);
    EXPECT_EQ((Texts{"sh", ""}), container->config.cmd);
    EXPECT_EQ(Texts{}, container->config.entrypoint);
    EXPECT_EQ("0:0", container->config.user);
    EXPECT_EQ("/srv", container->config.working_dir);
    EXPECT_EQ(10, container->config.stop_timeout);
    EXPECT_EQ(R"({"Test":["NONE"]})", container->config.healthcheck_json);
    EXPECT_EQ((TextMap{{"x", "y"}}), container->config.labels);
}

TEST(ContainerDocument, HasWhatTheContainerIsConnectedTo) {
    const auto container = ContainerDocument::parse(whole);
    ASSERT_TRUE(container) << container.error().to_string();
    EXPECT_EQ(R"({"80/tcp":[{"HostPort":"8080"}]})", container->ports_json);
    ASSERT_TRUE(container->mounts);
    ASSERT_EQ(2u, container->mounts->size());
    const ContainerMount& mount = container->mounts->front();
    EXPECT_EQ("bind", mount.type);
    EXPECT_EQ("C:\\a", mount.source);
    EXPECT_EQ("/a", mount.destination);
    EXPECT_EQ(false, mount.read_write);
    EXPECT_FALSE(container->mounts->back().source);
    EXPECT_EQ((TextMap{{"maintainer", "me"}, {"nul", std::string("a\0b", 3)}}), container->labels);
    EXPECT_EQ((TextMap{{"bridge", R"({"IPAddress":"172.17.0.2"})"}, {"none", "null"}}),
              container->networks_json);
}

TEST(ContainerDocument, TakesAMemberOfAnotherTypeAsNone) {
    for (const char* const other : {"null", "1.5", "18446744073709551615", "[1]", "{\"a\": 1}"}) {
        const std::string o = other;
        const auto container = ContainerDocument::parse(
            R"({"Id": )" + o + R"(, "State": {"Running": )" + o + R"(, "ExitCode": )" + o +
            R"(}, "Config": {"Env": )" + o + R"(, "Labels": )" + o + R"(}, "Mounts": )" + o + "}");
        ASSERT_TRUE(container) << other;
        EXPECT_FALSE(container->id) << other;
        EXPECT_FALSE(container->state.running) << other;
        EXPECT_FALSE(container->state.exit_code) << other;
        EXPECT_FALSE(container->config.env) << other;
        EXPECT_FALSE(container->config.labels) << other;
        EXPECT_FALSE(container->mounts) << other;
    }
}

TEST(ContainerDocument, WithoutAnObjectHasNoneOfItsMembers) {
    for (const char* const other : {"null", "7", "\"text\"", "[]"}) {
        const auto container = ContainerDocument::parse(R"({"State": )" + std::string(other) +
                                                        R"(, "NetworkSettings": )" + other + "}");
        ASSERT_TRUE(container);
        EXPECT_FALSE(container->state.status || container->state.health_json);
        EXPECT_FALSE(container->networks_json);
    }
}

TEST(ContainerDocument, NeverGivesAPartOfAList) {
    const auto container = ContainerDocument::parse(
        R"({"Config": {"Env": ["A=1", 2]}, "Labels": {"a": "b", "c": null}, "Mounts": [{}, []]})");
    ASSERT_TRUE(container);
    EXPECT_FALSE(container->config.env);
    EXPECT_FALSE(container->labels);
    EXPECT_FALSE(container->mounts);
}

TEST(ContainerDocument, TakesTheLastOfTwoMembersOfOneName) {
    const auto container = ContainerDocument::parse(R"({"Id": "a", "Id": "b"})");
    ASSERT_TRUE(container);
    EXPECT_EQ("b", container->id);
}

TEST(ContainerDocument, ReadsIntegersAtTheEndsOfTheirRange) {
    const auto container = ContainerDocument::parse(
        R"({"HostConfig": {"Memory": 9223372036854775807, "NanoCpus": -9223372036854775808}})");
    ASSERT_TRUE(container);
    EXPECT_EQ(INT64_MAX, container->host_config.memory);
    EXPECT_EQ(INT64_MIN, container->host_config.nano_cpus);
    const auto beyond =
        ContainerDocument::parse(R"({"HostConfig": {"Memory": 9223372036854775808}})");
    ASSERT_TRUE(beyond);
    EXPECT_FALSE(beyond->host_config.memory);
}

TEST(ContainerDocument, ThatIsNoJsonInUtf8IsRefused) {
    expect_refused("", "not JSON");
    expect_refused(R"({"Id": "a)", "not JSON");
    expect_refused("{\"Id\": \"\xFF\"}", "not JSON");
    expect_refused(R"({"Id": "\ud800"})", "not JSON");
    expect_refused(R"({"Id": 1e400})", "beyond all limits");
    expect_refused(std::string_view("{}\0{}", 5), "NUL");
    expect_refused("[]", "not a JSON object");
}

TEST(ContainerDocument, ThatIsNestedTooDeepIsRefusedHoweverDeep) {
    const auto nested = [](std::size_t depth) {
        return "{\"Ports\":" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
    };
    EXPECT_TRUE(ContainerDocument::parse(nested(128)));
    expect_refused(nested(129), "nested deeper than 128");
    expect_refused(nested(5'000'000), "nested deeper than 128");
    expect_refused(std::string(10'000'000, '['), "nested deeper than 128");
    const std::string brackets_in_a_text = R"({"Id": "\")" + std::string(1000, '{') + "\"}";
    EXPECT_TRUE(ContainerDocument::parse(brackets_in_a_text));
}

TEST(ContainerDocument, ThatIsTooLongIsRefused) {
    constexpr std::size_t limit = std::size_t{16} * 1024 * 1024;
    const std::string_view rest = R"({"Id": ""})";
    const std::string longest = R"({"Id": ")" + std::string(limit - rest.size(), 'x') + R"("})";
    ASSERT_EQ(limit, longest.size());
    const auto container = ContainerDocument::parse(longest);
    ASSERT_TRUE(container) << container.error().to_string();
    EXPECT_EQ(limit - rest.size(), container->id->size());
    expect_refused(longest + ' ', "the limit is 16777216");
}

TEST(ContainerDocument, ReadsOrRefusesWhateverAByteIsChangedTo) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int i = 0; i < 2000; ++i) {
        std::string text(whole);
        text[random() % text.size()] = static_cast<char>(random() % 256);
        text.resize(text.size() - (i % 3 == 0 ? random() % text.size() : 0));
        const auto container = ContainerDocument::parse(text);
        if (!container) {
            ASSERT_EQ(HResult::invalid_data, container.error().code());
        }
    }
}

}  // namespace
}  // namespace wslplugins::inspect
