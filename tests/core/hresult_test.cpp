// SPDX-License-Identifier: MIT
#include <wslplugins/core/hresult.hpp>

#include <gtest/gtest.h>

#include <cerrno>

namespace wslplugins {
namespace {

TEST(HResult, CountsEveryNonNegativeCodeAsSuccess) {
    EXPECT_TRUE(HResult().is_success());
    EXPECT_TRUE(HResult(1).is_success());
    EXPECT_TRUE(HResult::from_bits(0x7FFFFFFF).is_success());
    EXPECT_TRUE(HResult::from_bits(0x80000000).is_failure());
}

TEST(HResult, TurnsAWin32ErrorIntoItsHResultForm) {
    EXPECT_EQ(0x80070002u, HResult::from_win32(2).bits());
    EXPECT_EQ(0x8007274Du, HResult::from_win32(10061).bits());
    EXPECT_EQ(HResult::ok, HResult::from_win32(0));
}

TEST(HResult, TurnsErrnoIntoTheWindowsMeaning) {
    EXPECT_EQ(HResult::ok, HResult::from_errno(0));
    EXPECT_EQ(HResult::file_not_found, HResult::from_errno(ENOENT));
    EXPECT_EQ(HResult::access_denied, HResult::from_errno(EACCES));
    EXPECT_EQ(HResult::timeout, HResult::from_errno(ETIMEDOUT));
    EXPECT_EQ(HResult::fail, HResult::from_errno(-12345));
}

TEST(HResult, HasTheBitsThatWindowsGivesItsNames) {
    EXPECT_EQ(0x80004005u, HResult::fail.bits());
    EXPECT_EQ(0x8000FFFFu, HResult::unexpected.bits());
    EXPECT_EQ(0x80070005u, HResult::access_denied.bits());
    EXPECT_EQ(0x80070057u, HResult::invalid_argument.bits());
    EXPECT_EQ(0x80004003u, HResult::null_pointer.bits());
    EXPECT_EQ(0x8007000Eu, HResult::out_of_memory.bits());
    EXPECT_EQ(0x8000000Du, HResult::illegal_state_change.bits());
    EXPECT_EQ(0x8000000Eu, HResult::illegal_method_call.bits());
    EXPECT_EQ(0x8007139Fu, HResult::invalid_state.bits());
    EXPECT_EQ(0x800705B4u, HResult::timeout.bits());
    EXPECT_EQ(0x8007023Eu, HResult::unhandled_exception.bits());
    EXPECT_EQ(0x80010108u, HResult::disconnected.bits());
    EXPECT_EQ(0x8004032Au, HResult::plugin_requires_update.bits());
    EXPECT_EQ(0x80040313u, HResult::distribution_not_running.bits());
    EXPECT_EQ(0x8004031Cu, HResult::wsl2_needed.bits());
}

TEST(HResult, IsPrintedAsWslPrintsIt) {
    EXPECT_EQ("E_ACCESSDENIED", as_wsl_prints(HResult::access_denied));
    EXPECT_EQ("WSL_E_PLUGIN_REQUIRES_UPDATE", as_wsl_prints(HResult::plugin_requires_update));
    EXPECT_EQ("ERROR_MOD_NOT_FOUND", as_wsl_prints(HResult::module_not_found));
    // Windows has a name for these; WSL's table has not, and its digits are lower case.
    EXPECT_EQ("0x8007007f", as_wsl_prints(HResult::procedure_not_found));
    EXPECT_EQ("0x80004003", as_wsl_prints(HResult::null_pointer));
    EXPECT_EQ("0x8abcdef0", as_wsl_prints(HResult::from_bits(0x8ABCDEF0)));
}

TEST(HResult, IsPrintedWithItsNameInMessages) {
    EXPECT_EQ("0x80070005 (E_ACCESSDENIED)", to_string(HResult::access_denied));
    EXPECT_EQ("0x8007007F (ERROR_PROC_NOT_FOUND)", to_string(HResult::procedure_not_found));
    EXPECT_EQ("0x8ABCDEF0", to_string(HResult::from_bits(0x8ABCDEF0)));
}

TEST(HResult, HasNoNameForACodeThatNobodyDefined) {
    EXPECT_FALSE(name_of(HResult::from_bits(0x8ABCDEF0)).has_value());
}

}  // namespace
}  // namespace wslplugins
