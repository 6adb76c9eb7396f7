// SPDX-License-Identifier: MIT
#include <wslplugins/testhost/journal.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace wslplugins::testhost {
namespace {

using Json = nlohmann::ordered_json;

/// One that was cut or escaped stands in an object.
std::string text_of(const Json& value) {
    return (value.is_object() ? value.at("text") : value).get<std::string>();
}

JournalKind kind_of(const std::string& name) {
    for (int i = 0; i <= static_cast<int>(JournalKind::Finding); ++i) {
        if (const auto kind = static_cast<JournalKind>(i); name_of(kind) == name) {
            return kind;
        }
    }
    throw std::invalid_argument("no kind of an entry");
}

HResult result_of(const std::string& hex) {
    std::uint32_t bits = 0;
    const char* const end = hex.data() + hex.size();
    if (hex.size() != 10 || std::from_chars(hex.data() + 2, end, bits, 16).ptr != end) {
        throw std::invalid_argument("no result");
    }
    return HResult::from_bits(bits);
}

std::vector<JournalArgument> arguments_of(const Json& entry) {
    std::vector<JournalArgument> arguments;
    const Json volatile_names = entry.value("volatile", Json::array());
    const Json values = entry.value("arguments", Json::object());
    for (const auto& [name, value] : values.items()) {
        const bool is_volatile =
            std::ranges::find(volatile_names, Json(name)) != volatile_names.end();
        arguments.push_back({name, text_of(value), is_volatile});
    }
    return arguments;
}

/// @throws std::exception where it is no entry.
JournalEntry entry_of(const Json& json) {
    JournalEntry entry;
    entry.id = json.at("id").get<std::uint64_t>();
    entry.parent = json.value("parent", std::uint64_t{0});
    entry.time = std::chrono::nanoseconds(json.value("time_ns", std::int64_t{0}));
    if (json.contains("duration_ns")) {
        entry.duration = std::chrono::nanoseconds(json.at("duration_ns").get<std::int64_t>());
    }
    entry.thread = json.value("thread", std::uint64_t{0});
    entry.kind = kind_of(json.at("kind").get<std::string>());
    entry.name = text_of(json.at("name"));
    entry.plugin = text_of(json.value("plugin", Json("")));
    if (json.contains("session")) {
        entry.session = json.at("session").get<std::uint32_t>();
    }
    entry.arguments = arguments_of(json);
    if (json.contains("result")) {
        entry.result = result_of(json.at("result").get<std::string>());
    }
    entry.text = text_of(json.value("text", Json("")));
    return entry;
}

}  // namespace

WinResult<std::vector<JournalEntry>> parse_json_lines(std::string_view lines) {
    std::vector<JournalEntry> entries;
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
        try {
            entries.push_back(entry_of(Json::parse(line)));
        } catch (const std::exception& error) {
            return failure(HResult::invalid_data,
                           "Line " + std::to_string(entries.size() + 1) +
                               " is no entry of a journal: " + error.what());
        }
    }
    return entries;
}

}  // namespace wslplugins::testhost
