// SPDX-License-Identifier: MIT
#include "api/wslc/linux_error.hpp"

#include <array>
#include <string_view>

namespace wslplugins::detail {
namespace {

struct Row {
    int number;
    std::string_view name;
    HResult code;
    std::string_view meaning;
};

constexpr auto rows = std::to_array<Row>({
    {1, "EPERM", HResult::access_denied, "not permitted"},
    {2,
     "ENOENT",
     HResult::file_not_found,
     "there is no such program, or the interpreter that it names is missing"},
    {7,
     "E2BIG",
     HResult::from_win32(206),  // ERROR_FILENAME_EXCED_RANGE
     "the arguments and the environment together are too long"},
    {8, "ENOEXEC", HResult::bad_executable_format, "it is no program of this machine"},
    {12, "ENOMEM", HResult::out_of_memory, "the virtual machine is out of memory"},
    {13, "EACCES", HResult::access_denied, "it may not be executed"},
    {20, "ENOTDIR", HResult::path_not_found, "a part of the path is no folder"},
    {21, "EISDIR", HResult::access_denied, "it is a folder"},
    {26, "ETXTBSY", HResult::sharing_violation, "it is being written"},
    {36, "ENAMETOOLONG", HResult::from_win32(206), "the path is too long"},
    {40, "ELOOP", HResult::path_not_found, "the path has too many links"},
});

const Row* find(int number) noexcept {
    for (const Row& row : rows) {
        if (row.number == number) {
            return &row;
        }
    }
    return nullptr;
}

}  // namespace

HResult code_of_linux_error(int number) noexcept {
    const Row* const row = find(number);
    return row == nullptr ? HResult::fail : row->code;
}

std::string text_of_linux_error(int number) {
    std::string text = "errno " + std::to_string(number);
    if (const Row* const row = find(number)) {
        text += " (" + std::string(row->name) + "): " + std::string(row->meaning);
    }
    return text;
}

}  // namespace wslplugins::detail
