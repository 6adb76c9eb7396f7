// SPDX-License-Identifier: MIT
#include "platform/registry.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>

#include <cstring>
#include <span>
#include <utility>

namespace wslplugins::platform {
namespace {

/// Names of values have at most 16,383 characters; with the terminating NUL this always suffices.
constexpr DWORD longest_name = 16'384;

/// Owns an open key.
class Key {
public:
    explicit Key(HKEY handle) noexcept : handle_(handle) {}
    Key(Key&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Key& operator=(Key&&) = delete;
    ~Key() {
        if (handle_ != nullptr) {
            ::RegCloseKey(handle_);
        }
    }

    [[nodiscard]] HKEY get() const noexcept { return handle_; }

private:
    HKEY handle_;
};

std::unexpected<Error> failed(const char* what, std::string_view subject, LSTATUS status) {
    return failure(HResult::from_win32(static_cast<std::uint32_t>(status)),
                   std::string("Could not ") + what + std::string(subject));
}

/// WSL is a 64-bit service: its key is the 64-bit view's, whatever this process is.
WinResult<Key> open_key(std::string_view key, REGSAM access) {
    const WinResult<WideString> wide = to_utf16_for_wsl(key);
    if (!wide) {
        return propagate(wide.error());
    }
    HKEY handle = nullptr;
    const LSTATUS status =
        ::RegOpenKeyExW(HKEY_LOCAL_MACHINE, wide->c_str(), 0, access | KEY_WOW64_64KEY, &handle);
    if (status != ERROR_SUCCESS) {
        return failed("open the registry key HKEY_LOCAL_MACHINE\\", key, status);
    }
    return Key(handle);
}

WinResult<Key> create_key(std::string_view key, REGSAM access) {
    const WinResult<WideString> wide = to_utf16_for_wsl(key);
    if (!wide) {
        return propagate(wide.error());
    }
    HKEY handle = nullptr;
    const LSTATUS status = ::RegCreateKeyExW(HKEY_LOCAL_MACHINE,
                                             wide->c_str(),
                                             0,
                                             nullptr,
                                             REG_OPTION_NON_VOLATILE,
                                             access | KEY_WOW64_64KEY,
                                             nullptr,
                                             &handle,
                                             nullptr);
    if (status != ERROR_SUCCESS) {
        return failed("make the registry key HKEY_LOCAL_MACHINE\\", key, status);
    }
    return Key(handle);
}

/// Nothing makes a writer end a string with a NUL or give it an even length: what is there counts, up to
/// the first NUL, as every function sees it that takes a NUL-terminated path.
std::string text_of(std::span<const std::byte> data) {
    WideString text(data.size() / sizeof(abi::WCHAR), L'\0');
    std::memcpy(text.data(), data.data(), text.size() * sizeof(abi::WCHAR));
    return to_utf8_lossy(WideStringView(text).substr(0, text.find(L'\0')));
}

RegistryValue value_of(WideStringView name, DWORD type, std::span<const std::byte> data) {
    RegistryValue value;
    value.name = to_utf8_lossy(name);
    value.type = type;
    value.data.assign(data.begin(), data.end());
    if (type == REG_SZ || type == REG_EXPAND_SZ) {
        value.text = text_of(data);
    }
    return value;
}

/// Another process may make a value longer between two calls, so that the size told is only a hint.
void grow(std::vector<std::byte>& data, DWORD needed) {
    data.resize(needed > data.size() ? needed : data.size() * 2);
}

}  // namespace

WinResult<std::vector<RegistryValue>> read_registry_values(std::string_view key) {
    std::vector<RegistryValue> values;
    const WinResult<Key> opened = open_key(key, KEY_READ);
    if (!opened) {
        if (opened.error().code() == HResult::file_not_found) {
            return values;
        }
        return propagate(opened.error());
    }
    WideString name(longest_name, L'\0');
    std::vector<std::byte> data(1024);
    for (DWORD index = 0;;) {
        DWORD name_size = longest_name;
        DWORD type = REG_NONE;
        auto data_size = static_cast<DWORD>(data.size());
        const LSTATUS status = ::RegEnumValueW(opened->get(),
                                               index,
                                               name.data(),
                                               &name_size,
                                               nullptr,
                                               &type,
                                               reinterpret_cast<BYTE*>(data.data()),
                                               &data_size);
        if (status == ERROR_NO_MORE_ITEMS) {
            return values;
        }
        if (status == ERROR_MORE_DATA) {
            grow(data, data_size);
            continue;
        }
        if (status != ERROR_SUCCESS) {
            return failed("read the values of HKEY_LOCAL_MACHINE\\", key, status);
        }
        values.push_back(value_of(
            WideStringView(name).substr(0, name_size), type, std::span(data).first(data_size)));
        ++index;
    }
}

WinResult<std::optional<RegistryValue>> read_registry_value(std::string_view key,
                                                            std::string_view name) {
    const WinResult<WideString> wide = to_utf16_for_wsl(name);
    if (!wide) {
        return propagate(wide.error());
    }
    const WinResult<Key> opened = open_key(key, KEY_READ);
    if (!opened) {
        if (opened.error().code() == HResult::file_not_found) {
            return std::nullopt;
        }
        return propagate(opened.error());
    }
    std::vector<std::byte> data(1024);
    for (;;) {
        DWORD type = REG_NONE;
        auto size = static_cast<DWORD>(data.size());
        const LSTATUS status = ::RegQueryValueExW(opened->get(),
                                                  wide->c_str(),
                                                  nullptr,
                                                  &type,
                                                  reinterpret_cast<BYTE*>(data.data()),
                                                  &size);
        if (status == ERROR_SUCCESS) {
            return value_of(*wide, type, std::span(data).first(size));
        }
        if (status == ERROR_FILE_NOT_FOUND) {
            return std::nullopt;
        }
        if (status != ERROR_MORE_DATA) {
            return failed("read the registry value ", name, status);
        }
        grow(data, size);
    }
}

WinResult<>
write_registry_string(std::string_view key, std::string_view name, std::string_view text) {
    const WinResult<WideString> wide_text = to_utf16_for_wsl(text);
    if (!wide_text) {
        return propagate(wide_text.error());
    }
    RegistryValue value{.name = std::string(name), .type = REG_SZ, .text = {}};
    const auto bytes = std::as_bytes(std::span(wide_text->c_str(), wide_text->size() + 1));
    value.data.assign(bytes.begin(), bytes.end());
    return write_registry_value(key, value);
}

WinResult<> write_registry_value(std::string_view key, const RegistryValue& value) {
    const WinResult<WideString> wide_name = to_utf16_for_wsl(value.name);
    if (!wide_name) {
        return propagate(wide_name.error());
    }
    const WinResult<Key> opened = create_key(key, KEY_SET_VALUE);
    if (!opened) {
        return propagate(opened.error());
    }
    const LSTATUS status = ::RegSetValueExW(opened->get(),
                                            wide_name->c_str(),
                                            0,
                                            value.type,
                                            reinterpret_cast<const BYTE*>(value.data.data()),
                                            static_cast<DWORD>(value.data.size()));
    if (status != ERROR_SUCCESS) {
        return failed("write the registry value ", value.name, status);
    }
    return {};
}

WinResult<> delete_registry_value(std::string_view key, std::string_view name) {
    const WinResult<WideString> wide = to_utf16_for_wsl(name);
    if (!wide) {
        return propagate(wide.error());
    }
    const WinResult<Key> opened = open_key(key, KEY_SET_VALUE);
    if (!opened) {
        return propagate(opened.error());
    }
    const LSTATUS status = ::RegDeleteValueW(opened->get(), wide->c_str());
    if (status != ERROR_SUCCESS) {
        return failed("delete the registry value ", name, status);
    }
    return {};
}

}  // namespace wslplugins::platform
