// SPDX-License-Identifier: MIT
#include "testhost/raw_plugins.hpp"

#include <gmock/gmock.h>

namespace wslplugins::testhost {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

/// Why a text is refused.
std::string refusal(std::string_view text) {
    const auto parsed = parse_fault(text);
    if (parsed) {
        return "taken";
    }
    EXPECT_EQ(parsed.error().code(), HResult::invalid_data);
    return parsed.error().text();
}

TEST(FaultText, HasEveryPartOfAFault) {
    const auto fault =
        parse_fault("fail:call=ExecuteBinary,plugin=guard,nth=2,code=E_ACCESSDENIED");
    ASSERT_TRUE(fault) << fault.error().to_string();
    EXPECT_EQ(fault->kind, FaultKind::Fail);
    EXPECT_EQ(fault->call, ApiCall::ExecuteBinary);
    EXPECT_FALSE(fault->hook);
    EXPECT_EQ(fault->plugin, "guard");
    EXPECT_EQ(fault->nth, 2u);
    EXPECT_EQ(fault->code, HResult::access_denied);
    const auto death = parse_fault("guest-dies:hook=OnDistributionStarted,delay_ms=600000");
    ASSERT_TRUE(death) << death.error().to_string();
    EXPECT_EQ(death->hook, Hook::OnDistributionStarted);
    EXPECT_EQ(death->delay, 600s);
    EXPECT_EQ(parse_fault("reset:after_bytes=1099511627776").value().after_bytes,
              std::uint64_t{1} << 40);
    EXPECT_EQ(parse_fault("fail:code=0x8004BEEF").value().code, HResult::from_bits(0x8004BEEFu));
    EXPECT_EQ(parse_fault("registry-denies").value().code, HResult::access_denied);
}

TEST(FaultText, TakesAPluginsNameAsItIs) {
    EXPECT_EQ(parse_fault("out-of-memory:plugin=a b=c").value().plugin, "a b=c");
    EXPECT_EQ(parse_fault("out-of-memory:plugin=a\\,b\\\\c,nth=1").value().plugin, "a,b\\c");
    EXPECT_EQ(parse_fault("out-of-memory:plugin=\\").value().plugin, "\\");
}

TEST(FaultText, IsPrintedAsItIsRead) {
    for (const std::string text : {
             "fail:code=E_FAIL",
             "fail:call=MountFolder,plugin=g\\,\\\\x,nth=3,code=0x8004BEEF",
             "out-of-memory:call=WSLCCreateProcess",
             "slow:delay_ms=0",
             "slow:call=PluginError,delay_ms=250",
             "reset",
             "end:call=WSLCProcessGetFd,nth=2,after_bytes=10",
             "byte-by-byte:call=ExecuteBinaryInDistribution,delay_ms=1",
             "guest-dies:call=WSLCUnmountFolder",
             "guest-dies:hook=OnVMStopping,plugin=p,delay_ms=5",
             "registry-denies:code=E_ACCESSDENIED",
             "registry-denies:plugin=p,code=ERROR_FILE_NOT_FOUND",
         }) {
        const auto fault = parse_fault(text);
        ASSERT_TRUE(fault) << text << ": " << fault.error().to_string();
        EXPECT_EQ(to_string(*fault), text);
    }
}

TEST(FaultText, SaysWhereItIsWrongAndWhatThereIs) {
    EXPECT_THAT(refusal("fial"),
                StartsWith("character 1: there is no fault 'fial'; there are fail,"));
    EXPECT_THAT(refusal(""), StartsWith("character 1: there is no fault ''"));
    EXPECT_EQ(refusal("slow:delay=3"),
              "character 6: 'slow' has no key 'delay'; there are call, plugin, nth, delay_ms");
    EXPECT_THAT(refusal("slow:delay_ms=3,call=Exec"),
                StartsWith("character 22: there is no call 'Exec'; there are MountFolder,"));
    EXPECT_THAT(refusal("guest-dies:hook=OnVmStarted"),
                StartsWith("character 17: there is no hook 'OnVmStarted'; there are OnVMStarted,"));
    EXPECT_EQ(refusal("slow:plugin=\xC3\xA4\xC3\xB6,nth=x"),
              "character 20: 'x' is not a number between 1 and 1000000");
    EXPECT_THAT(refusal("fail:code=E_NOTHING"),
                StartsWith("character 11: 'E_NOTHING' is not a code"));
    EXPECT_EQ(refusal("end:nth=1,nth=2"), "character 11: 'nth' is given twice");
}

TEST(FaultText, NeedsAKeyAndAValueBehindColonAndComma) {
    for (const char* const text :
         {"slow:", "slow:x", "slow:=3", "slow:delay_ms=3,", "slow:delay_ms=3,,", "slow:a,b=c"}) {
        EXPECT_THAT(refusal(text), HasSubstr("a key, '=' and a value are to come")) << text;
    }
    EXPECT_THAT(refusal("slow:delay_ms=3,"), StartsWith("character 17:"));
    EXPECT_THAT(refusal("slow:delay_ms="), StartsWith("character 15: '' is not a number"));
    EXPECT_THAT(refusal("out-of-memory:plugin="), HasSubstr("a plugin has a name"));
}

TEST(FaultText, RefusesNumbersOutOfTheirRange) {
    for (const char* const text : {"end:nth=0",
                                   "end:nth=1000001",
                                   "end:nth=-1",
                                   "end:nth=+1",
                                   "end:nth= 1",
                                   "end:nth=1x",
                                   "end:nth=99999999999999999999",
                                   "slow:delay_ms=600001",
                                   "reset:after_bytes=1099511627777"}) {
        EXPECT_THAT(refusal(text), HasSubstr("is not a number between")) << text;
    }
    for (const char* const text : {"fail:code=0x", "fail:code=0x1FFFFFFFF", "fail:code=5"}) {
        EXPECT_THAT(refusal(text), HasSubstr("is not a code")) << text;
    }
}

TEST(FaultText, RefusesWhatCannotBe) {
    EXPECT_EQ(refusal("fail:call=ExecuteBinary"), "character 1: 'fail' needs the key 'code'");
    EXPECT_THAT(refusal("fail:code=S_FALSE"), HasSubstr("needs the code of a failure"));
    EXPECT_THAT(refusal("fail:call=WSLCReleaseProcess,code=E_FAIL"),
                HasSubstr("cannot happen to WSLCReleaseProcess"));
    EXPECT_THAT(refusal("reset:call=MountFolder"), HasSubstr("cannot happen to MountFolder"));
    EXPECT_THAT(refusal("guest-dies"), HasSubstr("needs either a call or a hook"));
    EXPECT_THAT(refusal("guest-dies:call=ExecuteBinary,hook=OnVMStarted"),
                HasSubstr("needs either a call or a hook"));
    EXPECT_THAT(refusal("guest-dies:call=PluginError"), HasSubstr("cannot happen to PluginError"));
    EXPECT_THAT(refusal("guest-dies:call=WSLCProcessGetFd"), HasSubstr("cannot happen to"));
    EXPECT_THAT(refusal("\xFF"), HasSubstr("not valid UTF-8"));
    EXPECT_THAT(refusal(std::string_view("slow\0", 5)), HasSubstr("has a NUL in it"));
}

TEST(Fault, ThatCannotBeKeepsTheServiceFromStarting) {
    const auto start = [](Fault fault) {
        ServiceOptions options;
        options.faults = {std::move(fault)};
        const auto service = Service::start(std::move(options));
        return service ? std::string("started") : service.error().to_string();
    };
    EXPECT_THAT(start({.kind = FaultKind::ResetSocket, .call = ApiCall::MountFolder}),
                HasSubstr("'reset' cannot happen to MountFolder"));
    EXPECT_THAT(start({.kind = FaultKind::Fail, .code = HResult::ok}),
                HasSubstr("needs the code of a failure"));
    EXPECT_THAT(start({.kind = FaultKind::Slow, .hook = Hook::OnVMStarted}),
                HasSubstr("happens to calls, not to hooks"));
    EXPECT_THAT(start({.kind = FaultKind::Slow, .delay = -1ms}), HasSubstr("not negative"));
    EXPECT_EQ(start({.kind = FaultKind::Slow, .delay = 1ms}), "started");
}

}  // namespace
}  // namespace wslplugins::testhost
