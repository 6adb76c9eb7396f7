// SPDX-License-Identifier: MIT
// What a signature of each kind answers is told by the stories in tests/flows; here, what a file answers
// before its signature is looked at.
#include "platform/certificate_store.hpp"
#include "platform/paths.hpp"
#include "platform/signature.hpp"

#include <windows.h>

#include <gtest/gtest.h>

#include <array>

namespace wslplugins::platform {
namespace {

HResult code_of(std::string_view path) {
    const WinResult<VerifiedFile> verified = verify_signature(path);
    return verified ? HResult::ok : verified.error().code();
}

std::string this_program() {
    const auto path = executable_path();
    return path ? utf8_from_path(*path) : "";
}

TEST(Signature, MissingFileAndMissingFolderAreToldApart) {
    EXPECT_EQ(code_of("C:\\windows\\no such file.dll"), HResult::file_not_found);
    EXPECT_EQ(code_of("C:\\no such folder\\file.dll"), HResult::path_not_found);
}

TEST(Signature, PathWithNulIsRefused) {
    using namespace std::string_view_literals;
    EXPECT_EQ(code_of("C:\\a\0b.dll"sv), HResult::invalid_argument);
}

TEST(Signature, UnsignedProgramHasNone) {
    EXPECT_EQ(code_of(this_program()), HResult::no_signature);
}

TEST(Signature, FileOpenedForWritingIsNotChecked) {
    std::array<wchar_t, MAX_PATH> folder{};
    std::array<wchar_t, MAX_PATH> file{};
    ASSERT_NE(::GetTempPathW(MAX_PATH, folder.data()), 0u);
    ASSERT_NE(::GetTempFileNameW(folder.data(), L"sig", 0, file.data()), 0u);
    const HANDLE writer = ::CreateFileW(file.data(),
                                        GENERIC_WRITE,
                                        FILE_SHARE_READ | FILE_SHARE_WRITE,
                                        nullptr,
                                        OPEN_EXISTING,
                                        FILE_FLAG_DELETE_ON_CLOSE,
                                        nullptr);
    ASSERT_NE(writer, INVALID_HANDLE_VALUE);
    EXPECT_EQ(code_of(utf8_from_path(file.data())), HResult::sharing_violation);
    ::CloseHandle(writer);
}

TEST(CertificateStore, WhatIsNoCertificateIsRefused) {
    const std::array<std::byte, 4> garbage{std::byte{0x30}, std::byte{0x82}, std::byte{1}};
    EXPECT_FALSE(trust_root_certificate(garbage));
    EXPECT_FALSE(untrust_root_certificate(garbage));
    EXPECT_FALSE(trust_root_certificate({}));
}

}  // namespace
}  // namespace wslplugins::platform
