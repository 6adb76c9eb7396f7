// SPDX-License-Identifier: MIT
#include <wslplugins/findings/code_explanation.hpp>

#include <gmock/gmock.h>

#include <set>

namespace wslplugins::findings {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::IsEmpty;
using testing::SizeIs;

HResult code(std::uint32_t bits) {
    return HResult::from_bits(bits);
}

/// The facts again, so that a row that gets lost fails: what WSL shows when a plugin cannot be loaded.
constexpr std::array load_codes{0x8004032Au,
                                0x800B0100u,
                                0x80096010u,
                                0x800B0109u,
                                0x80070002u,
                                0x80070003u,
                                0x8007007Eu,
                                0x80070020u,
                                0x800700C1u,
                                0x8007045Au,
                                0x8007007Fu,
                                0x8007023Eu};

/// What WSL answers to a plugin's calls.
constexpr std::array call_codes{0x8000000Du,
                                0x8000000Eu,
                                0x80070057u,
                                0x80004003u,
                                0x80010108u,
                                0x8007139Fu,
                                0x80040313u,
                                0x8004031Cu,
                                0x80004005u,
                                0x80070002u,
                                0x80070003u,
                                0x8004060Fu,
                                0x80040610u,
                                0x800700B7u,
                                0x80070490u,
                                0x80004004u,
                                0x800705B4u,
                                0x8001010Eu};

std::set<std::uint32_t> codes_of(Place place) {
    std::set<std::uint32_t> codes;
    for (const CodeExplanation& explanation : all_code_explanations()) {
        if (explanation.place == place) {
            EXPECT_TRUE(codes.insert(explanation.code.bits()).second)
                << to_string(explanation.code) << " is explained twice for " << name_of(place);
        }
    }
    return codes;
}

TEST(CodeExplanation, CoversEveryCodeOfLoadingAndOfCalls) {
    EXPECT_EQ(codes_of(Place::Load), std::set(load_codes.begin(), load_codes.end()));
    EXPECT_EQ(codes_of(Place::Call), std::set(call_codes.begin(), call_codes.end()));
}

TEST(CodeExplanation, HasForEachCauseWhatToDo) {
    for (const CodeExplanation& explanation : all_code_explanations()) {
        EXPECT_THAT(std::string(explanation.happened), EndsWith("."));
        EXPECT_FALSE(explanation.causes.empty()) << explanation.happened;
        for (const Cause& cause : explanation.causes) {
            EXPECT_THAT(std::string(cause.what), EndsWith("."));
            EXPECT_THAT(std::string(cause.fix), EndsWith("."));
        }
    }
}

TEST(CodeExplanation, IsFoundByItsCode) {
    EXPECT_THAT(explanations_of(code(0x8000000Du)), SizeIs(2));
    EXPECT_THAT(explanations_of(code(0x8007007Fu)), SizeIs(1));
    EXPECT_THAT(explanations_of(code(0x80071234u)), IsEmpty());
    EXPECT_THAT(explanations_of(HResult::ok), IsEmpty());
}

TEST(CodesIn, FindsTheCodeHoweverItIsWritten) {
    for (const char* const text :
         {"0x8007007f",
          "0X8007007F",
          "2147942527",
          "-2147024769",
          "ERROR_PROC_NOT_FOUND",
          "Wsl/Service/CreateInstance/CreateVm/Plugin/0x8007007f",
          "A fatal error was returned by plugin 'a'\r\n"
          "Error code: Wsl/Service/CreateInstance/CreateVm/Plugin/0x8007007f\n",
          "(0x8007007f)."}) {
        EXPECT_THAT(codes_in(text), ElementsAre(code(0x8007007Fu))) << text;
    }
}

TEST(CodesIn, FindsEachCodeOnceInTheOrderOfTheText) {
    EXPECT_THAT(codes_in("E_FAIL then 0x80070002 then E_FAIL"),
                ElementsAre(code(0x80004005u), code(0x80070002u)));
}

TEST(CodesIn, TakesNothingElseForACode) {
    for (const char* const text : {"",
                                   "   ",
                                   "0x",
                                   "0x8007007",
                                   "0x18007007f",
                                   "x8007007f",
                                   "0x8007007g",
                                   "e_fail",
                                   "E_FAILURE",
                                   "WSL 2.9.4 of 2026, 5 plugins",
                                   "99999999999",
                                   "exit code -1",
                                   "S_OK"}) {
        EXPECT_THAT(codes_in(text), IsEmpty()) << text;
    }
}

}  // namespace
}  // namespace wslplugins::findings
