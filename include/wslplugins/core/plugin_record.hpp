// SPDX-License-Identifier: MIT
/// @file
/// `PluginRecord`: what a built plugin says of itself to tools, which read it from the file without running
/// anything of it.
///
/// `WSLPLUGINS_EXPORT_V1` puts it into a section of its own. docs/plugin-record.md has the layout for tools in
/// any language. It is a claim of the file's, not a proof: what the DLL does is up to its code.
#pragma once

#include <wslplugins/core/framework_version.hpp>
#include <wslplugins/core/slot_table.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace wslplugins {

/// The section of the DLL or shared object that begins with the record.
inline constexpr std::string_view plugin_record_section = ".wslplug";

/// What a built plugin says of itself, readable without running it.
struct PluginRecord {
    std::uint32_t record_version = 0;  ///< The version of the record's form.
    Version framework;                 ///< Of this framework, when the plugin was built.
    Version required_wsl;              ///< 0.0.0 for any.
    std::uint64_t hooks =
        0;  ///< Bit n stands for `static_cast<Hook>(n)`; a later framework may set more.

    /// Whether the class overrides that hook.
    [[nodiscard]] constexpr bool overrides(Hook hook) const noexcept {
        return ((hooks >> static_cast<unsigned>(hook)) & 1u) != 0;
    }

    /// The same in every member.
    friend constexpr bool operator==(const PluginRecord&, const PluginRecord&) noexcept = default;
};

/// Reads the record at the beginning of a section's bytes. What stands behind it (padding, or what a later
/// version of the record appends) is ignored.
/// @return ERROR_INVALID_DATA where no record begins, or it is cut or contradicts itself.
[[nodiscard]] WinResult<PluginRecord> decode_plugin_record(std::span<const std::byte> section);

namespace detail {

/// The record as it lies in the file. All integers are little-endian, as every machine that WSL runs on is.
/// A later version of the record only appends, and counts `version` and `size` up.
struct PluginRecordLayout {
    std::array<char, 8> magic{'W', 'S', 'L', 'P', 'L', 'U', 'G', 'R'};
    std::uint32_t version = 1;
    std::uint32_t size = 48;  ///< Bytes, from the magic on.
    std::array<std::uint32_t, 3> framework{
        framework_version.major, framework_version.minor, framework_version.revision};
    std::array<std::uint32_t, 3> required_wsl{};
    std::uint64_t hooks = 0;
};

static_assert(sizeof(PluginRecordLayout) == PluginRecordLayout{}.size);
static_assert(std::endian::native == std::endian::little);

}  // namespace detail
}  // namespace wslplugins
