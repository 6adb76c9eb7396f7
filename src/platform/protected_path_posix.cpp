// SPDX-License-Identifier: MIT
#include "platform/protected_path.hpp"

namespace wslplugins::platform {
namespace {

std::unexpected<Error> no_such_folders() {
    return failure(HResult::not_supported, "There are no Windows access lists on this system");
}

}  // namespace

WinResult<std::optional<std::string>> find_open_to_others(std::string_view) {
    return no_such_folders();
}

WinResult<> make_protected_folder(std::string_view) {
    return no_such_folders();
}

WinResult<std::string> program_data_folder() {
    return no_such_folders();
}

WinResult<std::string> program_files_folder() {
    return no_such_folders();
}

}  // namespace wslplugins::platform
