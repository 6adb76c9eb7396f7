// SPDX-License-Identifier: MIT
#include "testhost/journal/journal_value.hpp"

#include <wslplugins/testhost/journal_report.hpp>

#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace wslplugins::testhost {
namespace {

using Json = nlohmann::ordered_json;

/// The process of the trace: not the system's number, which differs from run to run.
constexpr int service_process = 1;

/// The format counts microseconds; its fractions keep the nanoseconds.
double microseconds(std::chrono::nanoseconds time) {
    return std::chrono::duration<double, std::micro>(time).count();
}

Json metadata(const char* what, std::uint64_t thread, std::string name) {
    return {{"ph", "M"},
            {"name", what},
            {"pid", service_process},
            {"tid", thread},
            {"args", {{"name", std::move(name)}}}};
}

/// The format's names are plain strings.
std::string plain(std::string_view text) {
    const Json value = journal_value(text);
    return value.is_string() ? value.get<std::string>() : value["text"].get<std::string>();
}

Json arguments(const JournalEntry& entry) {
    Json values = Json::object();
    values["id"] = entry.id;
    if (!entry.plugin.empty()) {
        values["plugin"] = journal_value(entry.plugin);
    }
    if (entry.session) {
        values["session"] = *entry.session;
    }
    if (entry.result) {
        const auto name = name_of(*entry.result);
        values["result"] =
            name ? fmt::format("{} ({})", hex_text(*entry.result), *name) : hex_text(*entry.result);
    }
    if (!entry.text.empty()) {
        values["text"] = journal_value(entry.text);
    }
    // Of their own, so that no argument takes the place of what is above.
    Json named = Json::object();
    for (const JournalArgument& argument : entry.arguments) {
        named[argument.name] = journal_value(argument.value);
    }
    if (!named.empty()) {
        values["arguments"] = std::move(named);
    }
    return values;
}

Json event(const JournalEntry& entry) {
    const std::string name = plain(entry.name);
    Json json;
    json["ph"] = entry.duration ? "X" : "B";
    json["name"] = entry.plugin.empty() ? name : name + " · " + plain(entry.plugin);
    json["cat"] = name_of(entry.kind);
    json["pid"] = service_process;
    json["tid"] = entry.thread;
    json["ts"] = microseconds(entry.time);
    if (entry.duration) {
        json["dur"] = microseconds(*entry.duration);
    }
    json["args"] = arguments(entry);
    return json;
}

}  // namespace

std::string to_trace_events(const std::vector<JournalEntry>& entries) {
    Json events = Json::array();
    events.push_back(metadata("process_name", 0, "WSL service (test host)"));
    std::set<std::uint64_t> threads;
    for (const JournalEntry& entry : entries) {
        if (threads.insert(entry.thread).second) {
            events.push_back(
                metadata("thread_name", entry.thread, fmt::format("Thread {}", entry.thread)));
        }
    }
    for (const JournalEntry& entry : entries) {
        events.push_back(event(entry));
    }
    const Json trace{{"traceEvents", std::move(events)}, {"displayTimeUnit", "ns"}};
    return trace.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace wslplugins::testhost
