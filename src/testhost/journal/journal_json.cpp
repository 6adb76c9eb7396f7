// SPDX-License-Identifier: MIT
#include "testhost/journal/journal_text.hpp"
#include "testhost/journal/journal_value.hpp"

#include <wslplugins/testhost/journal.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace wslplugins::testhost {
namespace {

using Json = nlohmann::ordered_json;

enum class Form { Full, Canonical };

void add_arguments(Json& json, const JournalEntry& entry, Form form) {
    Json values = Json::object();
    Json volatile_names = Json::array();
    for (const JournalArgument& argument : entry.arguments) {
        if (argument.is_volatile && form == Form::Canonical) {
            continue;
        }
        values[argument.name] = journal_value(argument.value);
        if (argument.is_volatile) {
            volatile_names.push_back(argument.name);
        }
    }
    if (!values.empty()) {
        json["arguments"] = std::move(values);
    }
    if (!volatile_names.empty()) {
        json["volatile"] = std::move(volatile_names);
    }
}

void add_result(Json& json, HResult result) {
    json["result"] = hex_text(result);
    if (const auto name = name_of(result)) {
        json["result_name"] = *name;
    }
}

Json entry_json(const JournalEntry& entry, Form form) {
    Json json;
    json["schema"] = journal_schema;
    json["id"] = entry.id;
    if (entry.parent != 0) {
        json["parent"] = entry.parent;
    }
    if (form == Form::Full) {
        json["time_ns"] = entry.time.count();
        if (entry.duration) {
            json["duration_ns"] = entry.duration->count();
        }
        json["thread"] = entry.thread;
    }
    json["kind"] = name_of(entry.kind);
    json["name"] = journal_value(entry.name);
    if (!entry.plugin.empty()) {
        json["plugin"] = journal_value(entry.plugin);
    }
    if (entry.session) {
        json["session"] = *entry.session;
    }
    add_arguments(json, entry, form);
    if (entry.result) {
        add_result(json, *entry.result);
    }
    if (!entry.text.empty()) {
        json["text"] = journal_value(entry.text);
    }
    return json;
}

std::string lines(const std::vector<JournalEntry>& entries, Form form) {
    std::string text;
    for (const JournalEntry& entry : entries) {
        text += entry_json(entry, form).dump(-1, ' ', false, Json::error_handler_t::replace);
        text += '\n';
    }
    return text;
}

}  // namespace

Json journal_value(std::string_view value) {
    const std::string_view kept = cut_text(value, longest_journal_value);
    const bool is_plain = is_utf8(kept);
    if (is_plain && kept.size() == value.size()) {
        return std::string(value);
    }
    Json json;
    json["text"] = is_plain ? std::string(kept) : escape_bytes(kept);
    if (!is_plain) {
        json["escaped"] = true;
    }
    if (kept.size() != value.size()) {
        json["length"] = value.size();
    }
    return json;
}

std::string hex_text(HResult code) {
    return fmt::format("0x{:08X}", code.bits());
}

std::string to_json_lines(const std::vector<JournalEntry>& entries) {
    return lines(entries, Form::Full);
}

std::string to_canonical_json_lines(const std::vector<JournalEntry>& entries) {
    return lines(entries, Form::Canonical);
}

}  // namespace wslplugins::testhost
