// SPDX-License-Identifier: MIT
#include <wslplugins/core/plugin_record.hpp>

#include <cstring>

namespace wslplugins {
namespace {

using detail::PluginRecordLayout;

std::unexpected<Error> no_record(const std::string& why) {
    return failure(HResult::invalid_data, "A plugin's record cannot be read: " + why);
}

Version version_of(const std::array<std::uint32_t, 3>& parts) noexcept {
    return {parts[0], parts[1], parts[2]};
}

}  // namespace

WinResult<PluginRecord> decode_plugin_record(std::span<const std::byte> section) {
    PluginRecordLayout layout;
    if (section.size() < sizeof layout) {
        return no_record("it needs " + std::to_string(sizeof layout) + " bytes, and there are " +
                         std::to_string(section.size()));
    }
    std::memcpy(&layout, section.data(), sizeof layout);
    if (layout.magic != PluginRecordLayout{}.magic) {
        return no_record("the bytes do not begin with WSLPLUGR");
    }
    if (layout.version == 0 || layout.size < sizeof layout || layout.size > section.size()) {
        return no_record("version " + std::to_string(layout.version) + " with a size of " +
                         std::to_string(layout.size) + " bytes does not exist in " +
                         std::to_string(section.size()) + " bytes");
    }
    return PluginRecord{layout.version,
                        version_of(layout.framework),
                        version_of(layout.required_wsl),
                        layout.hooks};
}

}  // namespace wslplugins
