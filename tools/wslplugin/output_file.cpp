// SPDX-License-Identifier: MIT
#include "output_file.hpp"

#include "platform/paths.hpp"

#include <fstream>

namespace wslplugins::tool {
namespace {

constexpr HResult write_fault = HResult::from_win32(29);

}  // namespace

WinResult<> write_output_file(const std::string& path, const std::string& content) {
    std::ofstream stream(platform::path_from_utf8(path), std::ios::binary | std::ios::trunc);
    stream << content;
    stream.close();
    if (!stream) {
        return failure(write_fault,
                       "Could not write '" + path + "'; check that its folder exists and is yours");
    }
    return {};
}

}  // namespace wslplugins::tool
