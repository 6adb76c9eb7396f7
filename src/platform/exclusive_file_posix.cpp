// SPDX-License-Identifier: MIT
#include "platform/exclusive_file.hpp"

#include <utility>

namespace wslplugins::platform {
namespace {

constexpr char no_record[] = "This system keeps no record of changes to a Windows machine";

}  // namespace

WinResult<FileLock> FileLock::acquire(std::string_view, std::chrono::milliseconds) {
    return failure(HResult::not_supported, no_record);
}

FileLock::FileLock(FileLock&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}

FileLock::~FileLock() = default;

WinResult<> replace_file(std::string_view, std::string_view, std::string_view) {
    return failure(HResult::not_supported, no_record);
}

}  // namespace wslplugins::platform
