// SPDX-License-Identifier: MIT
#include "testhost/strict/executable_page.hpp"

#include <windows.h>

#include <system_error>

namespace wslplugins::testhost {

ExecutablePage::~ExecutablePage() {
    if (page_ != nullptr) {
        (void)::VirtualFree(page_, 0, MEM_RELEASE);
    }
}

void ExecutablePage::make() {
    page_ = ::VirtualAlloc(nullptr, 4096, MEM_RESERVE | MEM_COMMIT, PAGE_EXECUTE_READWRITE);
    if (page_ == nullptr) {
        throw std::system_error(
            static_cast<int>(::GetLastError()), std::system_category(), "VirtualAlloc");
    }
}

}  // namespace wslplugins::testhost
