// SPDX-License-Identifier: MIT
#include "run_report.hpp"

#include <wslplugins/testhost/finding_report.hpp>

#include <algorithm>

namespace wslplugins::tool {
namespace {

using testhost::JournalEntry;
using testhost::JournalKind;
using testhost::ScenarioRun;

bool failed_step(const JournalEntry& entry) {
    return entry.result && entry.result->is_failure();
}

/// Whether this machine could not be WSL's virtual machine: then it is not the plugins' fault.
bool lacks_virtual_machine(const std::vector<JournalEntry>& journal) {
    return std::any_of(journal.begin(), journal.end(), [](const JournalEntry& entry) {
        return entry.kind == JournalKind::Service && entry.name == "start-vm" && failed_step(entry);
    });
}

/// Which plugins failed to load, with their codes: why a command failed that should not have.
std::string failed_loads(const std::vector<JournalEntry>& journal) {
    std::string sentences;
    for (const JournalEntry& entry : journal) {
        if (entry.kind == JournalKind::Load && entry.name == "load" && failed_step(entry)) {
            sentences +=
                "'" + entry.plugin + "' was not loaded: " + to_string(*entry.result) + ".\n";
        }
    }
    return sentences;
}

/// Which plugins' own processes have ended: the service goes on without them, and says nothing to users.
std::string ended_processes(const std::vector<JournalEntry>& journal) {
    std::string sentences;
    for (const JournalEntry& entry : journal) {
        if (entry.kind == JournalKind::Service && entry.name == "plugin-process-ended") {
            sentences +=
                "'" + entry.plugin +
                "' ended its own process; it was told nothing more, and stopped nothing.\n";
        }
    }
    return sentences;
}

bool is_good(const ScenarioRun& run) {
    return run.failures.empty() && findings_text(run.journal).empty() &&
           ended_processes(run.journal).empty();
}

std::string verdict(const ScenarioRun& run) {
    const std::string found = findings_text(run.journal);
    const std::string ended = ended_processes(run.journal);
    if (run.failures.empty() && ended.empty()) {
        return found.empty() ? "Good: everything went as expected.\n" : found;
    }
    std::string text = found + "Failed:\n" + failed_loads(run.journal) + ended;
    for (const testhost::ScenarioFailure& failure : run.failures) {
        text += to_string(failure);
    }
    return text;
}

void print_what_users_saw(const ScenarioRun& run, const Context& context) {
    context.output << "\nwsl.exe printed:\n" << run.printed;
    if (!run.printed.empty() && !run.printed.ends_with('\n')) {
        context.output << '\n';
    }
    context.output << '\n';
}

void print(const ScenarioRun& run, RunOutput output, const Context& context) {
    switch (output) {
        case RunOutput::Table:
            context.output << to_table(run.journal);
            print_what_users_saw(run, context);
            context.output << verdict(run);
            return;
        case RunOutput::JsonLines: context.output << to_json_lines(run.journal); break;
        case RunOutput::CanonicalJsonLines:
            context.output << to_canonical_json_lines(run.journal);
            break;
    }
    if (!is_good(run)) {
        context.errors << verdict(run);
    }
}

}  // namespace

ExitCode report(const ScenarioRun& run, RunOutput output, const Context& context) {
    print(run, output, context);
    if (!run.failures.empty() && lacks_virtual_machine(run.journal)) {
        return fail(
            context,
            ExitCode::Environment,
            "The Linux side did not start, so nothing was tested; what wsl.exe printed says why.");
    }
    return is_good(run) ? ExitCode::Good : ExitCode::Findings;
}

}  // namespace wslplugins::tool
