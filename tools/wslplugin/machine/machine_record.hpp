// SPDX-License-Identifier: MIT
/// @file
/// `MachineRecord`: what this tool has changed on the machine, so that all of it can be undone. docs/tool.md has the
/// file's form.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::tool {

/// A registry value without its name.
struct RegistryData {
    std::uint32_t type = 0;
    std::vector<std::byte> data;

    friend bool operator==(const RegistryData&, const RegistryData&) = default;
};

/// A registration of this tool's.
struct RecordedPlugin {
    std::string name;
    std::string path;
    std::string
        folder;  ///< Made by `install`, with the DLL in it; empty for a DLL registered where it lies.
    bool development = false;            ///< Registered with `--dev`.
    std::int64_t registered = 0;         ///< Milliseconds since 1970, UTC.
    RegistryData value;                  ///< As the tool wrote it.
    std::optional<RegistryData> before;  ///< What stood there before the tool's first value.

    friend bool operator==(const RecordedPlugin&, const RecordedPlugin&) = default;
};

/// A certificate that this tool put, or was about to put, among the machine's trusted ones.
struct RecordedCertificate {
    std::string thumbprint;
    std::string subject;
    std::vector<std::byte> der;

    friend bool operator==(const RecordedCertificate&, const RecordedCertificate&) = default;
};

/// A change of one registry value that has begun. The value itself tells whether it was made.
struct PendingChange {
    std::string name;
    std::optional<RegistryData> value;     ///< Afterwards; none: there is no value.
    std::optional<RecordedPlugin> plugin;  ///< Afterwards; none: none is recorded.

    friend bool operator==(const PendingChange&, const PendingChange&) = default;
};

struct MachineRecord {
    std::vector<RecordedPlugin> plugins;
    std::vector<RecordedCertificate> certificates;
    std::vector<std::string> leftovers;  ///< Folders of `install` that are to be removed.
    std::optional<PendingChange> pending;
    bool service_is_stopped = false;  ///< By this tool, which has yet to start it again.

    friend bool operator==(const MachineRecord&, const MachineRecord&) = default;
};

/// The plugin recorded under that name, in any case of its letters; null when there is none.
[[nodiscard]] const RecordedPlugin* find_plugin(const MachineRecord& record, std::string_view name);

/// Makes the pending change, if there is one, part of what is recorded.
void finish_pending(MachineRecord& record);

[[nodiscard]] std::string to_json(const MachineRecord& record);

/// @return ERROR_INVALID_DATA for anything but a whole record of a form that this tool knows.
[[nodiscard]] WinResult<MachineRecord> parse_machine_record(std::string_view json);

}  // namespace wslplugins::tool
