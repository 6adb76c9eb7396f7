// SPDX-License-Identifier: MIT
#include "platform/dynamic_library.hpp"

#include <array>
#include <cstring>
#include <dlfcn.h>
#include <elf.h>
#include <fstream>
#include <optional>
#include <string>
#include <utility>

namespace wslplugins::platform {
namespace {

/// What makes an ELF file loadable here: magic, class and byte order, then the machine.
struct Architecture {
    std::array<unsigned char, EI_DATA + 1> identification{};
    Elf64_Half machine = 0;

    friend bool operator==(const Architecture&, const Architecture&) noexcept = default;
};

std::optional<Architecture> architecture_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return std::nullopt;
    }
    // The machine lies at the same place in 32-bit and 64-bit files.
    std::array<char, offsetof(Elf64_Ehdr, e_machine) + sizeof(Elf64_Half)> head{};
    file.read(head.data(), head.size());
    Architecture found;
    std::memcpy(found.identification.data(), head.data(), found.identification.size());
    std::memcpy(
        &found.machine, head.data() + offsetof(Elf64_Ehdr, e_machine), sizeof found.machine);
    return found;
}

/// The loader here gives a sentence only; the code that Windows' loader would give is found out apart.
HResult code_of_failure(const std::string& path) {
    const auto file = architecture_of(path);
    const auto own = architecture_of("/proc/self/exe");
    return file && file != own ? HResult::bad_executable_format : HResult::module_not_found;
}

}  // namespace

const char* const library_suffix = ".so";

WinResult<DynamicLibrary> DynamicLibrary::open(std::string_view path) {
    const std::string file(path);
    void* const handle = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
        const char* const reason = ::dlerror();
        return failure(code_of_failure(file),
                       "Loading '" + file +
                           "' failed: " + (reason == nullptr ? "no reason given" : reason));
    }
    return DynamicLibrary(handle);
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
    return ::dlsym(handle_, symbol);
}

void DynamicLibrary::release() noexcept {
    if (handle_ != nullptr) {
        (void)::dlclose(handle_);
    }
}

}  // namespace wslplugins::platform
