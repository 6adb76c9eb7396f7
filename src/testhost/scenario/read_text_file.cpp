// SPDX-License-Identifier: MIT
#include "testhost/scenario/read_text_file.hpp"

#include "platform/paths.hpp"

#include <fstream>
#include <iterator>

namespace wslplugins::testhost {
namespace {

constexpr HResult read_fault = HResult::from_win32(30);

}  // namespace

WinResult<std::string> read_text_file(std::string_view path) {
    const std::filesystem::path file = platform::path_from_utf8(path);
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status)) {
        return failure(HResult::file_not_found, "There is no file '" + std::string(path) + "'");
    }
    std::ifstream stream;
    if (!std::filesystem::is_directory(status)) {
        stream.open(file, std::ios::binary);
    }
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream.is_open() || stream.bad()) {
        return failure(read_fault, "Could not read '" + std::string(path) + "'");
    }
    return text;
}

}  // namespace wslplugins::testhost
