// SPDX-License-Identifier: MIT
#include <wslplugins/testhost/journal.hpp>

#include "testhost/thread_mark.hpp"

#include <algorithm>
#include <iterator>

namespace wslplugins::testhost {

std::string_view name_of(JournalKind kind) noexcept {
    switch (kind) {
        case JournalKind::Service: return "service";
        case JournalKind::Load: return "load";
        case JournalKind::Hook: return "hook";
        case JournalKind::Call: return "call";
        case JournalKind::Log: return "log";
        case JournalKind::User: return "user";
        case JournalKind::KernelLog: return "kernel-log";
        case JournalKind::Finding: return "finding";
    }
    return "unknown";
}

Journal::Journal(JournalListener listener)
    : start_(std::chrono::steady_clock::now()), listener_(std::move(listener)) {}

void Journal::add(JournalEntry entry) {
    const std::scoped_lock lock(mutex_);
    insert(std::move(entry), true);
}

std::uint64_t Journal::begin(JournalEntry entry) {
    const std::scoped_lock lock(mutex_);
    const std::uint64_t id = insert(std::move(entry), false);
    current_thread().open.push_back(id);
    return id;
}

void Journal::end(std::uint64_t id, HResult result, std::vector<JournalArgument> results) {
    const std::scoped_lock lock(mutex_);
    std::erase(current_thread().open, id);
    JournalEntry& entry = entries_.at(id - taken_ - 1);
    entry.duration = std::chrono::steady_clock::now() - start_ - entry.time;
    entry.result = result;
    std::ranges::move(results, std::back_inserter(entry.arguments));
    if (listener_) {
        listener_(entry);
    }
}

std::uint64_t Journal::this_thread() {
    const std::scoped_lock lock(mutex_);
    return current_thread().number;
}

std::vector<JournalEntry> Journal::entries() const {
    const std::scoped_lock lock(mutex_);
    return {entries_.begin(), entries_.end()};
}

std::vector<JournalEntry> Journal::take() {
    const std::scoped_lock lock(mutex_);
    std::vector<JournalEntry> taken;
    while (!entries_.empty() && entries_.front().duration) {
        taken.push_back(std::move(entries_.front()));
        entries_.pop_front();
    }
    taken_ += taken.size();
    return taken;
}

std::uint64_t Journal::insert(JournalEntry&& entry, bool is_complete) {
    const Thread& thread = current_thread();
    entry.id = taken_ + entries_.size() + 1;
    entry.parent = thread.open.empty() ? 0 : thread.open.back();
    entry.time = std::chrono::steady_clock::now() - start_;
    entry.thread = thread.number;
    if (is_complete) {
        entry.duration = std::chrono::nanoseconds::zero();
    }
    entries_.push_back(std::move(entry));
    if (listener_) {
        listener_(entries_.back());
    }
    return entries_.back().id;
}

Journal::Thread& Journal::current_thread() {
    Thread& thread = threads_[mark_of_this_thread()];
    if (thread.number == 0) {
        thread.number = threads_.size();
    }
    return thread;
}

}  // namespace wslplugins::testhost
