// SPDX-License-Identifier: MIT
#include <wslplugins/testhost/plugin_test.hpp>

#include <wslplugins/testhost/finding_report.hpp>

#include "testhost/journal/journal_text.hpp"

#include <algorithm>
#include <iostream>
#include <stdexcept>
#include <utility>

namespace wslplugins::testhost {
namespace {

std::vector<std::string> names_in(const std::vector<JournalEntry>& entries,
                                  JournalKind kind,
                                  std::string_view plugin,
                                  std::string JournalEntry::* member) {
    std::vector<std::string> names;
    for (const JournalEntry& entry : entries) {
        if (entry.kind == kind && (plugin.empty() || entry.plugin == plugin)) {
            names.push_back(entry.*member);
        }
    }
    return names;
}

std::string shown(const std::vector<std::string>& items) {
    return items.empty() ? "none" : list_text(items);
}

bool has_part(const std::vector<std::string>& lines, std::string_view part) {
    return std::any_of(lines.begin(), lines.end(), [part](const std::string& line) {
        return line.find(part) != std::string::npos;
    });
}

std::string in_quotes(std::string_view text) {
    return "'" + std::string(text) + "'";
}

std::string shown(const UserOutput& output) {
    return "exit code " + std::to_string(output.exit_code) + " and printed " +
           in_quotes(output.text);
}

}  // namespace

PluginTest::PluginTest() {
    options_.backend = Backend::Scripted;
    options_.scripted_linux = std::make_shared<ScriptedLinux>();
    options_.signature_check = SignatureCheck::Unofficial;
}

PluginTest::~PluginTest() {
    // No report: what is derived from this is gone.
    service_.reset();
}

void PluginTest::add_plugin(std::string name, const LinkedPlugin& plugin) {
    PluginRegistration registration;
    registration.name = std::move(name);
    registration.linked = plugin;
    options_.plugins.push_back(std::move(registration));
}

void PluginTest::add_plugin(std::string name, std::string path) {
    PluginRegistration registration;
    registration.name = std::move(name);
    registration.path = std::move(path);
    options_.plugins.push_back(std::move(registration));
}

Service& PluginTest::service() {
    if (service_ == nullptr) {
        if (was_stopped_) {
            throw std::runtime_error("The test's service was stopped; a test has one service");
        }
        auto started = Service::start(options_);
        if (!started) {
            throw std::runtime_error("The test's service did not start. " +
                                     started.error().to_string());
        }
        service_ = std::move(*started);
    }
    return *service_;
}

void PluginTest::stop() {
    if (service_ == nullptr) {
        return;
    }
    service_->stop();
    ended_ = service_->journal().entries();
    service_.reset();
    was_stopped_ = true;
    for (const JournalEntry& entry : ended_) {
        if (entry.kind == JournalKind::Service && entry.name == "keep-plugin") {
            fail("expected that the background work of " + in_quotes(entry.plugin) +
                     " ends when it is asked to; it still runs, and the next test gets the same "
                     "plugin object",
                 Where::current());
        }
    }
    if (const std::string found = findings_text(ended_); no_findings_ && !found.empty()) {
        fail("expected that strict mode finds nothing. " + found, *no_findings_);
    }
}

std::vector<JournalEntry> PluginTest::journal() const {
    return service_ != nullptr ? service_->journal().entries() : ended_;
}

std::string PluginTest::canonical_journal() const {
    return to_canonical_json_lines(journal());
}

std::vector<std::string> PluginTest::hooks(std::string_view plugin) const {
    return names_in(journal(), JournalKind::Hook, plugin, &JournalEntry::name);
}

std::vector<std::string> PluginTest::calls(std::string_view plugin) const {
    return names_in(journal(), JournalKind::Call, plugin, &JournalEntry::name);
}

std::vector<std::string> PluginTest::log_lines(std::string_view plugin) const {
    return names_in(journal(), JournalKind::Log, plugin, &JournalEntry::text);
}

bool PluginTest::expect(bool holds, std::string_view what, const Where& where) {
    if (!holds) {
        fail("expected: " + std::string(what), where);
    }
    return holds;
}

bool PluginTest::expect_hooks(std::initializer_list<std::string_view> names,
                              std::string_view plugin,
                              const Where& where) {
    const std::vector<std::string> expected(names.begin(), names.end());
    const auto called = hooks(plugin);
    return expect(
        called == expected, "the hooks " + shown(expected) + "; called: " + shown(called), where);
}

bool PluginTest::expect_calls(std::initializer_list<std::string_view> names,
                              std::string_view plugin,
                              const Where& where) {
    const std::vector<std::string> expected(names.begin(), names.end());
    const auto made = calls(plugin);
    return expect(
        made == expected, "the calls " + shown(expected) + "; made: " + shown(made), where);
}

bool PluginTest::expect_log(std::string_view part, const Where& where) {
    const auto lines = log_lines();
    return expect(has_part(lines, part),
                  "a log line with " + in_quotes(part) + "; the log: " + shown(lines),
                  where);
}

bool PluginTest::expect_no_log(std::string_view part, const Where& where) {
    const auto lines = log_lines();
    return expect(!has_part(lines, part),
                  "no log line with " + in_quotes(part) + "; the log: " + shown(lines),
                  where);
}

bool PluginTest::expect_success(const UserOutput& output, const Where& where) {
    return expect(
        output.exit_code == 0, "a command with exit code 0; it had " + shown(output), where);
}

bool PluginTest::expect_refusal(const UserOutput& output,
                                std::string_view part,
                                const Where& where) {
    const bool is_refusal = output.exit_code == -1 || output.exit_code == 1;
    return expect(is_refusal && output.text.find(part) != std::string::npos,
                  "a command that WSL refuses, with " + in_quotes(part) + "; it had " +
                      shown(output),
                  where);
}

bool PluginTest::expect_no_findings(const Where& where) {
    no_findings_ = where;
    options_.strict = true;
    return expect(service_ == nullptr && !was_stopped_,
                  "strict mode from the beginning: expect no findings before the service starts",
                  where);
}

int PluginTest::result() {
    stop();
    return has_failed_ ? 1 : 0;
}

void PluginTest::fail(std::string text, const Where& where) {
    has_failed_ = true;
    report(text + "\n\n" + to_table(journal()), where);
}

void PluginTest::report(const std::string& text, const Where& where) {
    std::cerr << where.file_name() << ':' << where.line() << ": " << text << '\n';
}

}  // namespace wslplugins::testhost
