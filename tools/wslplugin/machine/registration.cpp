// SPDX-License-Identifier: MIT
#include "machine/registration.hpp"

#include <wslplugins/core/text.hpp>
#include <wslplugins/testhost/plugin_registration.hpp>

#include <chrono>

namespace wslplugins::tool {
namespace {

std::int64_t milliseconds_since_1970() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace

ExitCode fail(const Context& context, const Refusal& refusal) {
    return fail(context, refusal.code, refusal.sentence);
}

WinResult<RecordKeeper> open_record(const Context& context) {
    WinResult<RecordKeeper> keeper = RecordKeeper::open();
    if (keeper) {
        for (const std::string& repair : keeper->repairs()) {
            context.output << repair << '\n';
        }
    }
    return keeper;
}

RegistryData registry_data_of(const std::string& path) {
    RegistryData value{.type = platform::registry_string_type, .data = {}};
    for (const auto unit : to_utf16_lossy(path) + abi::WCHAR{}) {
        const auto bits = static_cast<unsigned>(unit);
        value.data.push_back(static_cast<std::byte>(bits & 0xFFu));
        value.data.push_back(static_cast<std::byte>(bits >> 8));
    }
    return value;
}

WinResult<RegisteredValue> read_registered_value(const MachineRecord& record,
                                                 const std::string& name) {
    const auto value = platform::read_registry_value(testhost::plugins_key, name);
    if (!value) {
        return propagate(value.error());
    }
    RegisteredValue found;
    if (*value) {
        const RecordedPlugin* const recorded = find_plugin(record, name);
        found.data = RegistryData{(*value)->type, (*value)->data};
        found.description =
            platform::registry_type_name((*value)->type) + " '" + (*value)->text + "'";
        found.is_ours = recorded != nullptr && recorded->value == *found.data;
    }
    return found;
}

std::optional<Refusal> refusal_to_replace(const RegisteredValue& found,
                                          const NewRegistration& wanted) {
    if (!found.data || found.is_ours || wanted.force) {
        return std::nullopt;
    }
    return Refusal{ExitCode::Findings,
                   "'" + wanted.name + "' is registered already, as " + found.description +
                       ", and not by this tool. Choose another name, or replace it with --force."};
}

PendingChange registering(const MachineRecord& record,
                          const RegisteredValue& found,
                          const NewRegistration& wanted) {
    RecordedPlugin plugin{.name = wanted.name,
                          .path = wanted.path,
                          .folder = wanted.folder,
                          .development = wanted.development,
                          .registered = milliseconds_since_1970(),
                          .value = registry_data_of(wanted.path),
                          .before = found.data};
    const RecordedPlugin* const recorded = find_plugin(record, wanted.name);
    if (found.is_ours && recorded != nullptr) {
        plugin.before = recorded->before;
    }
    return {.name = wanted.name, .value = plugin.value, .plugin = plugin};
}

PendingChange
unregistering(const MachineRecord& record, const RegisteredValue& found, const std::string& name) {
    PendingChange change{.name = name, .value = std::nullopt, .plugin = std::nullopt};
    const RecordedPlugin* const recorded = find_plugin(record, name);
    if (found.is_ours && recorded != nullptr) {
        change.value = recorded->before;
    }
    return change;
}

}  // namespace wslplugins::tool
