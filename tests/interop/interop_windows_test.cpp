// SPDX-License-Identifier: MIT
#include <wslplugins/interop_windows.hpp>

#include <gtest/gtest.h>

namespace wslplugins::interop {
namespace {

TEST(Interop, ConvertsCodesBothWays) {
    EXPECT_EQ(E_ACCESSDENIED, to_native(HResult::access_denied));
    EXPECT_EQ(HResult::access_denied, from_native(E_ACCESSDENIED));
    EXPECT_EQ(S_FALSE, to_native(from_native(S_FALSE)));
}

TEST(Interop, ConvertsGuidsBothWays) {
    const ::GUID native{
        0x0A1B2C3D, 0x4E5F, 0x6071, {0x82, 0x93, 0xA4, 0xB5, 0xC6, 0xD7, 0xE8, 0xF9}};
    EXPECT_EQ("{0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9}", to_string(from_native(native)));
    EXPECT_TRUE(::IsEqualGUID(native, to_native(from_native(native))));
}

TEST(Interop, TakesTheSocketOutOfARawProcess) {
    RawProcess process(abi::SOCKET{INVALID_SOCKET});
    EXPECT_EQ(INVALID_SOCKET, to_native(std::move(process)));
}

TEST(Interop, GivesTheLastErrorOfWindows) {
    ::SetLastError(ERROR_FILE_NOT_FOUND);
    EXPECT_EQ(HResult::file_not_found, last_error());
    ::SetLastError(ERROR_SUCCESS);
    EXPECT_EQ(HResult::ok, last_error());
}

}  // namespace
}  // namespace wslplugins::interop
