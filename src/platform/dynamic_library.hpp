// SPDX-License-Identifier: MIT
/// @file
/// `DynamicLibrary`: a DLL or shared object, loaded by the system's own loader as WSL loads a plugin.
#pragma once

#include <wslplugins/core/result.hpp>

#include <string_view>

namespace wslplugins::platform {

/// What the file of a library ends with: `.dll` or `.so`.
extern const char* const library_suffix;

/// Owns a loaded library and releases it.
class DynamicLibrary {
public:
    /// Loads the file at `path` (UTF-8). On Windows this is `LoadLibrary` without flags, as the service
    /// calls it: DLLs that the file needs are not looked for beside it.
    /// @return the loader's code: ERROR_MOD_NOT_FOUND for a missing file or a missing DLL that it needs,
    ///         ERROR_BAD_EXE_FORMAT for another architecture, ERROR_DLL_INIT_FAILED for a refusing DllMain.
    [[nodiscard]] static WinResult<DynamicLibrary> open(std::string_view path);

    DynamicLibrary(DynamicLibrary&& other) noexcept;
    DynamicLibrary& operator=(DynamicLibrary&& other) noexcept;
    ~DynamicLibrary();

    /// The exported symbol's address, or null.
    [[nodiscard]] void* find(const char* symbol) const noexcept;

private:
    explicit DynamicLibrary(void* handle) noexcept : handle_(handle) {}
    void release() noexcept;

    void* handle_;
};

}  // namespace wslplugins::platform
