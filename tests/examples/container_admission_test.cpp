// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "container-admission/container_admission.hpp"  // behind GoogleTest, whose names it would hide

namespace {

using testing::HasSubstr;

class NoLog final : public LogSink {
public:
    void write(const LogRecord&) noexcept override {}
};

/// What the user is told of a container with this document; empty where it may run.
std::string told_of(std::string_view document) {
    wslplugins::abi::WSLPluginAPIV1 table{};
    NoLog sink;
    const Context context(&table, sink);
    ContainerAdmission admission(context);
    const wslplugins::abi::WSLCSessionInformation raw{};
    const auto allowed = admission.on_container_started(WslcSession(&raw), document);
    if (allowed) {
        return {};
    }
    EXPECT_TRUE(allowed.error().code().is_failure());
    return allowed.error().user_message().value_or("(no message)");
}

TEST(ContainerAdmissionExample, LetsInWhatItKnowsAndWhatCanWriteNowhere) {
    EXPECT_EQ(told_of(R"({"Image": "registry.example/tools:1", "Config": {"User": "1000:1000"},
        "Mounts": [{"Type": "volume", "ReadWrite": true}, {"Type": "bind", "ReadWrite": false}]})"),
              "");
}

TEST(ContainerAdmissionExample, DeniesOtherImagesAndThoseThatAreUnknown) {
    EXPECT_THAT(told_of(R"({"Image": "registry.example/tools:2"})"), HasSubstr("tools:2"));
    EXPECT_THAT(told_of("{}"), HasSubstr("its image is (unknown)"));
}

TEST(ContainerAdmissionExample, DeniesRootByEveryName) {
    for (const std::string user : {"", "root", "0", "00", "0:1000", "root:staff"}) {
        EXPECT_THAT(
            told_of(R"({"Image": "registry.example/web:3", "Mounts": [], "Config": {"User": ")" +
                    user + R"("}})"),
            HasSubstr("it runs as root"))
            << user;
    }
}

TEST(ContainerAdmissionExample, DeniesFoldersOfWindowsThatItCanWriteTo) {
    const std::string begin = R"({"Image": "registry.example/web:3", "Config": {"User": "web"})";
    EXPECT_THAT(told_of(begin + "}"), HasSubstr("its mounts are unknown"));
    EXPECT_THAT(
        told_of(begin +
                R"(, "Mounts": [{"Type": "bind", "Source": "C:\\data", "ReadWrite": true}]})"),
        HasSubstr("it can write to C:\\data"));
    EXPECT_THAT(told_of(begin + R"(, "Mounts": [{}]})"), HasSubstr("it can write to (unknown)"));
}

TEST(ContainerAdmissionExample, DeniesWhatItCannotRead) {
    EXPECT_EQ(told_of("no document"), "(no message)");
}

}  // namespace
