// SPDX-License-Identifier: MIT
// The rules are those of the published description of the trace-event format.
#include <wslplugins/testhost/journal_report.hpp>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <map>
#include <thread>

namespace wslplugins::testhost {
namespace {

using Json = nlohmann::json;

JournalEntry entry_of(JournalKind kind, std::string name, std::string plugin = {}) {
    JournalEntry entry;
    entry.kind = kind;
    entry.name = std::move(name);
    entry.plugin = std::move(plugin);
    return entry;
}

/// Two threads, nesting, text of every kind, and something that has not ended.
std::vector<JournalEntry> lively_journal() {
    Journal journal;
    const auto launch = journal.begin(entry_of(JournalKind::Service, "launch"));
    const auto hook = journal.begin(entry_of(JournalKind::Hook, "OnVMStarted", "guard"));
    const auto call = journal.begin(entry_of(JournalKind::Call, "MountFolder", "guard"));
    journal.end(call, HResult::fail, {{"id", "taken"}, {"path", "\xFF\"</script>"}});
    JournalEntry log = entry_of(JournalKind::Log, "debug-output", "guard");
    log.text = std::string("line\n\0\x1B", 7) + "\xE2\x82\xAC";
    log.session = 3;
    journal.add(std::move(log));
    journal.end(hook, HResult::ok);
    std::thread([&journal] {
        const auto other = journal.begin(entry_of(JournalKind::Call, "ExecuteBinary", "b"));
        journal.add(entry_of(JournalKind::Log, "debug-output", "b"));
        journal.end(other, HResult::ok);
    }).join();
    journal.end(launch, HResult::ok);
    journal.begin(entry_of(JournalKind::Service, "stop"));
    return journal.entries();
}

/// Nanoseconds of a time in microseconds.
std::int64_t nanoseconds(const Json& time) {
    return std::llround(time.get<double>() * 1000.0);
}

void expect_required_keys(const Json& event) {
    static const std::map<std::string, std::vector<const char*>> required{
        {"X", {"name", "cat", "ts", "dur"}}, {"B", {"name", "cat", "ts"}}, {"M", {"name", "args"}}};
    const std::string phase = event.at("ph");
    ASSERT_TRUE(required.contains(phase)) << event;
    for (const char* const key : required.at(phase)) {
        EXPECT_TRUE(event.contains(key)) << key << " in " << event;
    }
    EXPECT_TRUE(event.at("name").is_string()) << event;
    EXPECT_TRUE(event.at("pid").is_number_integer()) << event;
    EXPECT_TRUE(event.at("tid").is_number_integer()) << event;
    if (event.contains("args")) {
        EXPECT_TRUE(event.at("args").is_object()) << event;
    }
    if (phase != "M") {
        EXPECT_TRUE(event.at("cat").is_string()) << event;
        EXPECT_GE(event.at("ts").get<double>(), 0.0) << event;
        EXPECT_GE(event.value("dur", 0.0), 0.0) << event;
    }
}

TEST(JournalTrace, KeepsTheRulesOfTheFormat) {
    const Json trace = Json::parse(to_trace_events(lively_journal()));
    ASSERT_TRUE(trace.is_object());
    ASSERT_TRUE(trace.at("traceEvents").is_array());
    EXPECT_THAT(trace.at("displayTimeUnit"), testing::AnyOf("ms", "ns"));
    for (const Json& event : trace.at("traceEvents")) {
        expect_required_keys(event);
    }
}

TEST(JournalTrace, NestsTheEventsOfEachThread) {
    const Json trace = Json::parse(to_trace_events(lively_journal()));
    std::map<int, std::vector<std::int64_t>> open;  // the ends of what an event lies in
    std::map<int, std::int64_t> begun;
    for (const Json& event : trace.at("traceEvents")) {
        if (event.at("ph") != "X") {
            continue;
        }
        const int thread = event.at("tid");
        const std::int64_t begin = nanoseconds(event.at("ts"));
        const std::int64_t end = begin + nanoseconds(event.at("dur"));
        EXPECT_GE(begin, begun[thread]) << "events of a thread come in order: " << event;
        begun[thread] = begin;
        auto& ends = open[thread];
        while (!ends.empty() && ends.back() <= begin) {
            ends.pop_back();
        }
        if (!ends.empty()) {
            EXPECT_LE(end, ends.back()) << "an event ends with what it lies in: " << event;
        }
        ends.push_back(end);
    }
    EXPECT_EQ(open.size(), 2u);
}

TEST(JournalTrace, NamesTheProcessAndEveryThread) {
    const Json trace = Json::parse(to_trace_events(lively_journal()));
    std::map<std::string, std::vector<std::string>> names;
    for (const Json& event : trace.at("traceEvents")) {
        if (event.at("ph") == "M") {
            names[event.at("name")].push_back(event.at("args").at("name"));
        }
    }
    EXPECT_THAT(names["process_name"], testing::ElementsAre("WSL service (test host)"));
    EXPECT_THAT(names["thread_name"], testing::ElementsAre("Thread 1", "Thread 2"));
}

TEST(JournalTrace, CountsMicrosecondsAndKeepsTheNanoseconds) {
    JournalEntry entry = entry_of(JournalKind::Hook, "OnVMStarted", "guard");
    entry.id = 9;
    entry.thread = 4;
    entry.session = 2;
    entry.time = std::chrono::nanoseconds(1'234'567);
    entry.duration = std::chrono::nanoseconds(1'001);
    entry.result = HResult::access_denied;
    entry.arguments = {{"id", "taken"}, {"bytes", "\xFF"}};
    const Json event = Json::parse(to_trace_events({entry})).at("traceEvents").back();
    EXPECT_EQ(event, Json::parse(R"json({"ph":"X","name":"OnVMStarted · guard","cat":"hook","pid":1,
        "tid":4,"ts":1234.567,"dur":1.001,"args":{"id":9,"plugin":"guard","session":2,
        "result":"0x80070005 (E_ACCESSDENIED)",
        "arguments":{"id":"taken","bytes":{"text":"\\xff","escaped":true}}}})json"));
}

TEST(JournalTrace, HasAnEventWithoutAnEndForWhatIsInProgress) {
    const auto entries = lively_journal();
    const Json event = Json::parse(to_trace_events(entries)).at("traceEvents").back();
    EXPECT_EQ(event.at("ph"), "B");
    EXPECT_EQ(event.at("name"), "stop");
    EXPECT_FALSE(event.contains("dur"));
}

TEST(JournalTrace, OfAnEmptyJournalIsStillATrace) {
    const Json trace = Json::parse(to_trace_events({}));
    ASSERT_EQ(trace.at("traceEvents").size(), 1u);
    expect_required_keys(trace.at("traceEvents").front());
}

}  // namespace
}  // namespace wslplugins::testhost
