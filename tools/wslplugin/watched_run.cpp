// SPDX-License-Identifier: MIT
#include "watched_run.hpp"

#include "command_line.hpp"
#include "platform/peer_process.hpp"

#include <nlohmann/json.hpp>

#include <atomic>
#include <optional>
#include <span>
#include <thread>

namespace wslplugins::tool {
namespace {

using nlohmann::json;
using platform::PeerChannel;
using testhost::JournalEntry;
using testhost::JournalKind;

// Messages. To the child: the words of the command line. From it: each entry as a line of the journal's JSON, and last
// `{"ended": <exit code>}`.

std::span<const std::byte> bytes_of(const std::string& text) {
    return std::as_bytes(std::span(text));
}

std::string text_of(const PeerChannel::Received& received) {
    return {reinterpret_cast<const char*>(received.message.data()), received.message.size()};
}

/// The child's end: the process ends as soon as the parent does. When this object goes, the parent is told the exit code, and
/// answers by closing the connection.
class EndWithParent {
public:
    explicit EndWithParent(PeerChannel& parent)
        : parent_(parent), waiting_([this] {
              (void)parent_.receive();  // nothing more comes
              if (!is_over_) {
                  platform::end_this_process(static_cast<int>(ExitCode::Internal));
              }
          }) {}
    EndWithParent(const EndWithParent&) = delete;
    EndWithParent& operator=(const EndWithParent&) = delete;
    ~EndWithParent() {
        is_over_ = true;
        // A parent that cannot be told is gone, and so is the connection.
        (void)parent_.send(
            bytes_of(R"({"ended":)" + std::to_string(static_cast<int>(code_)) + '}'));
    }

    void set_code(ExitCode code) noexcept { code_ = code; }

private:
    PeerChannel& parent_;
    ExitCode code_ = ExitCode::Internal;  // as `main` says it of an exception
    std::atomic<bool> is_over_ = false;
    std::jthread waiting_;
};

/// An entry that is told again is complete now. A repetition begins with the first id.
void note(std::vector<JournalEntry>& journal, JournalEntry entry) {
    if (entry.id <= journal.size() && !journal[entry.id - 1].duration && entry.duration) {
        journal[entry.id - 1] = std::move(entry);
        return;
    }
    if (entry.id == 1) {
        journal.clear();
    }
    journal.push_back(std::move(entry));
}

/// What plugins were doing: their hooks and loads that have not ended, innermost last.
std::vector<const JournalEntry*> in_progress(const std::vector<JournalEntry>& journal) {
    std::vector<const JournalEntry*> open;
    for (const JournalEntry& entry : journal) {
        const bool is_plugins = entry.kind == JournalKind::Hook ||
                                (entry.kind == JournalKind::Load && entry.name == "load");
        if (is_plugins && !entry.duration) {
            open.push_back(&entry);
        }
    }
    return open;
}

/// Such as `'guard' in OnVMStarted, thread 1`.
std::string place_of(const JournalEntry& entry) {
    return "'" + entry.plugin + "' in " + entry.name + ", thread " + std::to_string(entry.thread);
}

JournalEntry finding_of(const EndedRun& ended) {
    const auto open = in_progress(ended.journal);
    JournalEntry finding;
    finding.id = ended.journal.size() + 1;
    finding.kind = JournalKind::Finding;
    finding.name = "plugin-ended-service";
    finding.text = "the process ended with " + ended.ending;
    finding.duration = std::chrono::nanoseconds::zero();
    if (!ended.journal.empty()) {
        finding.time = ended.journal.back().time;
    }
    if (open.empty()) {
        finding.text += "; no hook was running, so it was a thread of a plugin's own, or what a "
                        "plugin had left behind";
        return finding;
    }
    const JournalEntry& last = *open.back();
    finding.plugin = last.plugin;
    finding.thread = last.thread;
    finding.parent = last.id;
    finding.session = last.session;
    finding.arguments.push_back({"hook", last.name});
    for (const JournalEntry* const other : std::span(open).first(open.size() - 1)) {
        finding.text += "; running too: " + place_of(*other);
    }
    return finding;
}

}  // namespace

WinResult<WatchedRun> watch_run(const Context& context) {
    auto process =
        platform::PeerProcess::start(context.own_program, {.arguments = {"run", "--watched"}});
    if (!process) {
        return propagate(process.error());
    }
    context.output.flush();
    std::vector<std::string> words = context.arguments;
    if (const auto sent = process->channel().send(bytes_of(json(words).dump())); !sent) {
        return propagate(sent.error());
    }
    EndedRun run;
    std::optional<int> said;
    while (const auto received = process->channel().receive()) {
        const std::string line = text_of(*received);
        const json message = json::parse(line, nullptr, false);
        if (message.is_object() && message.contains("ended")) {
            said = message["ended"].get<int>();
            break;
        }
        auto entries = testhost::parse_json_lines(line);
        if (!entries) {
            return propagate(entries.error());
        }
        for (JournalEntry& entry : *entries) {
            note(run.journal, std::move(entry));
        }
    }
    process->channel().shut();
    const int code = process->finish({});
    if (said == code) {
        return static_cast<ExitCode>(code);
    }
    run.ending = platform::ending_in_words(code);
    return run;
}

ExitCode play_for_parent(const Context& context) {
    auto channel = platform::channel_to_parent();
    if (!channel) {
        return fail(context, ExitCode::Usage, channel.error());
    }
    const auto received = (*channel)->receive();
    if (!received) {
        return fail(context, ExitCode::Internal, received.error());
    }
    const json words = json::parse(text_of(*received));
    EndWithParent end_with_parent(**channel);
    Context here = context;
    here.own_program.clear();
    here.journal_listener = [&parent = **channel](const JournalEntry& entry) {
        (void)parent.send(
            bytes_of(testhost::to_json_lines({entry})));  // a parent that is gone ends this process
    };
    const ExitCode code = run_command_line(words.get<std::vector<std::string>>(), here);
    context.output.flush();
    context.errors.flush();
    end_with_parent.set_code(code);
    return code;
}

testhost::ScenarioRun run_until(const EndedRun& ended) {
    testhost::ScenarioRun run;
    run.journal = ended.journal;
    for (const JournalEntry& entry : ended.journal) {
        if (entry.kind == JournalKind::User) {
            run.printed += entry.text;
        }
    }
    run.journal.push_back(finding_of(ended));
    return run;
}

}  // namespace wslplugins::tool
