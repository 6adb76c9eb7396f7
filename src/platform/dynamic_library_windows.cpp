// SPDX-License-Identifier: MIT
#include "platform/dynamic_library.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>

#include <string>
#include <utility>

namespace wslplugins::platform {

const char* const library_suffix = ".dll";

WinResult<DynamicLibrary> DynamicLibrary::open(std::string_view path) {
    const auto wide = to_utf16_for_wsl(path);
    if (!wide) {
        return propagate(wide.error());
    }
    const HMODULE module = ::LoadLibraryW(wide->c_str());
    if (module == nullptr) {
        return failure(HResult::from_win32(::GetLastError()),
                       "Loading '" + std::string(path) + "' failed");
    }
    return DynamicLibrary(module);
}

DynamicLibrary::DynamicLibrary(DynamicLibrary&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)) {}

DynamicLibrary& DynamicLibrary::operator=(DynamicLibrary&& other) noexcept {
    if (this != &other) {
        release();
        handle_ = std::exchange(other.handle_, nullptr);
    }
    return *this;
}

DynamicLibrary::~DynamicLibrary() {
    release();
}

void* DynamicLibrary::find(const char* symbol) const noexcept {
    return reinterpret_cast<void*>(::GetProcAddress(static_cast<HMODULE>(handle_), symbol));
}

void DynamicLibrary::release() noexcept {
    if (handle_ != nullptr) {
        (void)::FreeLibrary(static_cast<HMODULE>(handle_));
    }
}

}  // namespace wslplugins::platform
