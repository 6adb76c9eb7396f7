// SPDX-License-Identifier: MIT
#include "machine/machine_record.hpp"

#include "machine/same_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace wslplugins::tool {
namespace {

using Json = nlohmann::ordered_json;

constexpr int record_schema = 1;

std::string to_hex(const std::vector<std::byte>& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::byte byte : bytes) {
        const auto value = std::to_integer<std::size_t>(byte);
        text += digits[value >> 4];
        text += digits[value & 15];
    }
    return text;
}

/// What a document has in a place where it should not: stops the reading of all of it.
struct Unreadable {
    std::string what;
};

std::vector<std::byte> from_hex(const std::string& text) {
    const auto digit = [](char letter) -> unsigned {
        if (letter >= '0' && letter <= '9') {
            return static_cast<unsigned>(letter - '0');
        }
        if (letter >= 'a' && letter <= 'f') {
            return static_cast<unsigned>(letter - 'a') + 10;
        }
        throw Unreadable{"data that is not hexadecimal"};
    };
    if (text.size() % 2 != 0) {
        throw Unreadable{"data of half a byte"};
    }
    std::vector<std::byte> bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        bytes.push_back(static_cast<std::byte>(digit(text[i]) * 16 + digit(text[i + 1])));
    }
    return bytes;
}

Json json_of(const std::optional<RegistryData>& value) {
    return value ? Json{{"type", value->type}, {"data", to_hex(value->data)}} : Json(nullptr);
}

Json json_of(const RecordedPlugin& plugin) {
    return {{"name", plugin.name},
            {"path", plugin.path},
            {"folder", plugin.folder},
            {"development", plugin.development},
            {"registered", plugin.registered},
            {"value", json_of(std::optional(plugin.value))},
            {"before", json_of(plugin.before)}};
}

Json json_of(const RecordedCertificate& certificate) {
    return {{"thumbprint", certificate.thumbprint},
            {"subject", certificate.subject},
            {"der", to_hex(certificate.der)}};
}

Json json_of(const PendingChange& change) {
    return {{"name", change.name},
            {"value", json_of(change.value)},
            {"plugin", change.plugin ? json_of(*change.plugin) : Json(nullptr)}};
}

/// The member of that name and kind. A missing one is as bad as a wrong one: nobody but this tool writes the file.
template <class Value>
Value take(const Json& object, const char* name) {
    const auto found = object.is_object() ? object.find(name) : object.end();
    if (found == object.end()) {
        throw Unreadable{std::string("no '") + name + "'"};
    }
    bool is_good = false;
    if constexpr (std::is_same_v<Value, Json>) {
        is_good = true;
    } else if constexpr (std::is_same_v<Value, bool>) {
        is_good = found->is_boolean();
    } else if constexpr (std::is_integral_v<Value>) {
        is_good = found->is_number_integer();
    } else {
        is_good = found->is_string();
    }
    if (!is_good) {
        throw Unreadable{std::string("a wrong '") + name + "'"};
    }
    return found->template get<Value>();
}

std::vector<Json> take_list(const Json& object, const char* name) {
    const Json list = take<Json>(object, name);
    if (!list.is_array()) {
        throw Unreadable{std::string("a wrong '") + name + "'"};
    }
    return {list.begin(), list.end()};
}

RegistryData data_from(const Json& json) {
    return {take<std::uint32_t>(json, "type"), from_hex(take<std::string>(json, "data"))};
}

std::optional<RegistryData> optional_data(const Json& object, const char* name) {
    const Json value = take<Json>(object, name);
    return value.is_null() ? std::nullopt : std::optional(data_from(value));
}

RecordedPlugin plugin_from(const Json& json) {
    RecordedPlugin plugin;
    plugin.name = take<std::string>(json, "name");
    plugin.path = take<std::string>(json, "path");
    plugin.folder = take<std::string>(json, "folder");
    plugin.development = take<bool>(json, "development");
    plugin.registered = take<std::int64_t>(json, "registered");
    plugin.value = data_from(take<Json>(json, "value"));
    plugin.before = optional_data(json, "before");
    return plugin;
}

PendingChange change_from(const Json& json) {
    PendingChange change{.name = take<std::string>(json, "name"),
                         .value = optional_data(json, "value"),
                         .plugin = std::nullopt};
    if (const Json plugin = take<Json>(json, "plugin"); !plugin.is_null()) {
        change.plugin = plugin_from(plugin);
    }
    return change;
}

MachineRecord record_from(const Json& json) {
    if (take<int>(json, "schema") != record_schema) {
        throw Unreadable{"another 'schema' than this tool writes"};
    }
    MachineRecord record;
    for (const Json& plugin : take_list(json, "plugins")) {
        record.plugins.push_back(plugin_from(plugin));
    }
    for (const Json& certificate : take_list(json, "certificates")) {
        record.certificates.push_back({take<std::string>(certificate, "thumbprint"),
                                       take<std::string>(certificate, "subject"),
                                       from_hex(take<std::string>(certificate, "der"))});
    }
    for (const Json& folder : take_list(json, "leftovers")) {
        if (!folder.is_string()) {
            throw Unreadable{"a wrong 'leftovers'"};
        }
        record.leftovers.push_back(folder.get<std::string>());
    }
    if (const Json pending = take<Json>(json, "pending"); !pending.is_null()) {
        record.pending = change_from(pending);
    }
    record.service_is_stopped = take<bool>(json, "service_is_stopped");
    return record;
}

}  // namespace

const RecordedPlugin* find_plugin(const MachineRecord& record, std::string_view name) {
    const auto found = std::ranges::find_if(record.plugins, [name](const RecordedPlugin& plugin) {
        return same_text(plugin.name, name);
    });
    return found == record.plugins.end() ? nullptr : &*found;
}

void finish_pending(MachineRecord& record) {
    if (!record.pending) {
        return;
    }
    const PendingChange change = std::move(*record.pending);
    record.pending.reset();
    const std::string kept = change.plugin ? change.plugin->folder : std::string();
    const RecordedPlugin* const old = find_plugin(record, change.name);
    if (old != nullptr && !old->folder.empty() && old->folder != kept) {
        record.leftovers.push_back(old->folder);
    }
    std::erase(record.leftovers, kept);
    std::erase_if(record.plugins, [&change](const RecordedPlugin& plugin) {
        return same_text(plugin.name, change.name);
    });
    if (change.plugin) {
        record.plugins.push_back(*change.plugin);
    }
}

std::string to_json(const MachineRecord& record) {
    Json plugins = Json::array();
    for (const RecordedPlugin& plugin : record.plugins) {
        plugins.push_back(json_of(plugin));
    }
    Json certificates = Json::array();
    for (const RecordedCertificate& certificate : record.certificates) {
        certificates.push_back(json_of(certificate));
    }
    const Json json{{"schema", record_schema},
                    {"plugins", plugins},
                    {"certificates", certificates},
                    {"leftovers", record.leftovers},
                    {"pending", record.pending ? json_of(*record.pending) : Json(nullptr)},
                    {"service_is_stopped", record.service_is_stopped}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

WinResult<MachineRecord> parse_machine_record(std::string_view json) {
    const Json document = Json::parse(json, nullptr, false);
    if (document.is_discarded()) {
        return failure(HResult::invalid_data, "The record of changes is no JSON");
    }
    try {
        return record_from(document);
    } catch (const Unreadable& unreadable) {
        return failure(HResult::invalid_data, "The record of changes has " + unreadable.what);
    }
}

}  // namespace wslplugins::tool
