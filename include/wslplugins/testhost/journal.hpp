// SPDX-License-Identifier: MIT
/// @file
/// `Journal`: everything that crossed the border between the service and its plugins, both ways.
///
/// `docs/journal.md` is the published schema of its JSON form.
#pragma once

#include <wslplugins/core/hresult.hpp>
#include <wslplugins/core/result.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wslplugins::testhost {

/// The version of the JSON form; it grows when a reader of the older form could go wrong.
inline constexpr int journal_schema = 1;

/// What sort of entry it is.
enum class JournalKind : std::uint8_t {
    Service,  ///< What the service did of itself: it started, skipped a registration, started a VM.
    Load,     ///< A step of loading a plugin.
    Hook,     ///< A hook was called; `result` is what the plugin returned.
    Call,     ///< A plugin called the API; `result` is what the service answered.
    Log,      ///< A plugin wrote debug output.
    User,     ///< What `wsl.exe` printed; `text` is all of it, and the exit code is an argument.
    KernelLog,  ///< What Linux programs wrote to their standard error stream.
    Finding  ///< Strict mode found what the real service would not forgive; `name` is its id, `text` the detail.
};

/// As the journal's JSON has it, such as `hook`.
[[nodiscard]] std::string_view name_of(JournalKind kind) noexcept;

/// A named detail of an entry; no two of an entry have one name. Volatile ones (pids, tokens, paths of this machine) differ from run to run
/// and are left out of the canonical form.
struct JournalArgument {
    std::string name;          ///< Such as `path`.
    std::string value;         ///< UTF-8.
    bool is_volatile = false;  ///< Whether it differs from run to run.
};

/// One thing that happened, complete or in progress.
struct JournalEntry {
    std::uint64_t id = 0;      ///< From 1, in the order in which things began.
    std::uint64_t parent = 0;  ///< The entry during which this began, on its thread; 0: none.
    std::chrono::nanoseconds time{};                   ///< Since the journal was made.
    std::optional<std::chrono::nanoseconds> duration;  ///< None while it is in progress.
    std::uint64_t thread = 0;  ///< From 1, in the order in which threads were first seen.
    JournalKind kind = JournalKind::Service;  ///< What sort of thing.
    std::string plugin;                       ///< The plugin's name; empty where none is concerned.

    /// The number of WSL's or the container session; none where none is concerned.
    std::optional<std::uint32_t> session;
    std::string name;                        ///< What: a hook, a call, a step, by its one name.
    std::vector<JournalArgument> arguments;  ///< The details, in order.

    /// What came of it; none in progress, or where there is nothing to tell.
    std::optional<HResult> result;
    std::string text;  ///< UTF-8.
};

/// Told of each entry when it begins or is added, and once more when it is completed; by the thread that does so, one
/// at a time. It throws nothing and calls neither the journal nor the service.
using JournalListener = std::function<void(const JournalEntry&)>;

/// Collects entries. Every function may be called from any thread.
class Journal {
public:
    /// @param listener may be empty.
    explicit Journal(JournalListener listener = {});

    /// Adds an entry that is complete at once; id, parent, time and thread are filled in.
    void add(JournalEntry entry);

    /// Adds an entry that has begun. What begins on this thread until `end` is its child. @return its id.
    std::uint64_t begin(JournalEntry entry);

    /// Completes an entry on the thread that began it. `results` are added to its arguments.
    void end(std::uint64_t id, HResult result, std::vector<JournalArgument> results = {});

    /// The calling thread's number.
    [[nodiscard]] std::uint64_t this_thread();

    /// A copy of everything so far, in order of `id`; without what was taken.
    [[nodiscard]] std::vector<JournalEntry> entries() const;

    /// Takes out what is complete, up to the first entry that is not: a service that runs for long keeps no more than
    /// is taken in time. Later entries may name a parent that was taken.
    [[nodiscard]] std::vector<JournalEntry> take();

private:
    struct Thread {
        std::uint64_t number = 0;
        std::vector<std::uint64_t> open;  // what has begun and not ended, innermost last
    };

    std::uint64_t insert(JournalEntry&& entry, bool is_complete);
    Thread& current_thread();

    const std::chrono::steady_clock::time_point start_;
    const JournalListener listener_;
    mutable std::mutex mutex_;
    std::deque<JournalEntry> entries_;
    std::uint64_t taken_ = 0;  // how many entries were taken; the first one left has the next id
    std::map<std::uint64_t, Thread> threads_;
};

/// One JSON object a line, in order of `id`.
[[nodiscard]] std::string to_json_lines(const std::vector<JournalEntry>& entries);

/// Reads what `to_json_lines` wrote. Texts that it had cut or escaped stay so.
/// @return ERROR_INVALID_DATA with the line's number.
[[nodiscard]] WinResult<std::vector<JournalEntry>> parse_json_lines(std::string_view lines);

/// As `to_json_lines`, without what differs from run to run: times, durations, threads, volatile
/// arguments. Two runs that did the same give the same text.
[[nodiscard]] std::string to_canonical_json_lines(const std::vector<JournalEntry>& entries);

/// A table for people: time, plugin, what happened (children indented), result, details.
[[nodiscard]] std::string to_table(const std::vector<JournalEntry>& entries);

}  // namespace wslplugins::testhost
