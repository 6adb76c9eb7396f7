// SPDX-License-Identifier: MIT
#include "image/system_library.hpp"

#include <windows.h>

namespace wslplugins::tool {

std::filesystem::path system_folder() {
    std::wstring folder(MAX_PATH, L'\0');
    const UINT length = ::GetSystemDirectoryW(folder.data(), MAX_PATH);
    folder.resize(length < MAX_PATH ? length : 0);
    return folder;
}

}  // namespace wslplugins::tool
