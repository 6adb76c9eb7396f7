// SPDX-License-Identifier: MIT
/// @file
/// The values of one key below HKEY_LOCAL_MACHINE. Only Windows has a registry; elsewhere every function
/// answers ERROR_NOT_SUPPORTED.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::platform {

inline constexpr std::uint32_t registry_string_type = 1;  // REG_SZ

/// A value as it stands in the registry. `text` is set for string types (REG_SZ, REG_EXPAND_SZ) only,
/// without its terminating NUL and never expanded.
struct RegistryValue {
    std::string name;
    std::uint32_t type = 0;
    std::string text;
    std::vector<std::byte> data{};  ///< As it stands there, whatever the type.
};

/// `REG_SZ`, `REG_DWORD`, … or `type 42`.
[[nodiscard]] std::string registry_type_name(std::uint32_t type);

/// All values in the registry's own order; empty when the key is missing.
[[nodiscard]] WinResult<std::vector<RegistryValue>> read_registry_values(std::string_view key);

/// One value; none when it or the key is missing.
[[nodiscard]] WinResult<std::optional<RegistryValue>> read_registry_value(std::string_view key,
                                                                          std::string_view name);

/// Writes a REG_SZ value, and makes the key where it is missing.
[[nodiscard]] WinResult<>
write_registry_string(std::string_view key, std::string_view name, std::string_view text);

/// Writes a value's type and data as they are, and makes the key where it is missing.
[[nodiscard]] WinResult<> write_registry_value(std::string_view key, const RegistryValue& value);

/// @return ERROR_FILE_NOT_FOUND when there is no such value.
[[nodiscard]] WinResult<> delete_registry_value(std::string_view key, std::string_view name);

}  // namespace wslplugins::platform
