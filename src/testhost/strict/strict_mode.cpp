// SPDX-License-Identifier: MIT
#include "testhost/strict/strict_mode.hpp"

#include "platform/child_processes.hpp"
#include "platform/private_code.hpp"
#include "platform/threads_in_code.hpp"
#include "testhost/plugins/api_functions.hpp"
#include "testhost/plugins/plugin_context.hpp"
#include "testhost/strict/finding_ids.hpp"

#include <algorithm>
#include <iostream>
#include <map>
#include <utility>

namespace wslplugins::testhost {
namespace {

constexpr char late_write[] = "the table is another one than the service has read";

std::string text_of(std::chrono::milliseconds time) {
    return std::to_string(time.count()) + " ms";
}

}  // namespace

class StrictMode::Running {
public:
    Running(StrictMode& strict, const HostedPlugin& plugin, const HookCall& hook_call)
        : strict_(strict), began_(Clock::now()) {
        RunningHook hook{std::this_thread::get_id(),
                         strict.journal_.this_thread(),
                         plugin.name(),
                         std::string(slot_of(hook_call.hook).name),
                         hook_call.session_id(),
                         began_};
        const std::scoped_lock lock(strict_.mutex_);
        place_ = strict_.running_.insert(strict_.running_.end(), std::move(hook));
        strict_.changed_.notify_one();
        strict_.service_threads_.insert(platform::this_thread_number());
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running() {
        const std::scoped_lock lock(strict_.mutex_);
        strict_.running_.erase(place_);
    }

    [[nodiscard]] Clock::duration time() const { return Clock::now() - began_; }

private:
    StrictMode& strict_;
    const Clock::time_point began_;
    std::list<RunningHook>::iterator place_;
};

StrictMode::StrictMode(const ServiceOptions& options, Journal& journal)
    : options_(options), journal_(journal),
      service_threads_{platform::this_thread_number()},  // which loads the plugins
      children_before_(platform::child_processes().value_or(std::set<std::uint64_t>())),
      watch_([this] { watch_hooks(); }) {
    // Until then the new thread would be taken for one of the plugin's.
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_watching_; });
}

StrictMode::~StrictMode() {
    {
        const std::scoped_lock lock(mutex_);
        is_ending_ = true;
    }
    changed_.notify_one();
    watch_.join();
}

void StrictMode::watch_hooks() {
    const auto limit = options_.strict_limits.hung_hook;
    std::unique_lock lock(mutex_);
    service_threads_.insert(platform::this_thread_number());
    is_watching_ = true;
    changed_.notify_one();
    while (!is_ending_) {
        const auto next = std::ranges::find(running_, false, &RunningHook::is_reported);
        if (next == running_.end()) {
            changed_.wait(lock);
        } else if (const auto due = next->began + limit; Clock::now() < due) {
            changed_.wait_until(lock, due);
        } else {
            next->is_reported = true;
            const RunningHook hook = *next;
            lock.unlock();
            report_still_running(hook);
            lock.lock();
        }
    }
}

void StrictMode::report_still_running(const RunningHook& hook) {
    const std::string detail =
        "it has not returned within " + text_of(options_.strict_limits.hung_hook);
    report({finding_id::hook_running,
            hook.plugin,
            hook.hook,
            hook.session,
            detail,
            {{"hook_thread", std::to_string(hook.number), true}}});
    // Who waits for the run to end would never see the journal.
    std::cerr << (std::string(finding_id::hook_running) + ": plugin '" + hook.plugin + "', " +
                  hook.hook + ": " + detail + '\n')
              << std::flush;
}

void StrictMode::report(Sighting sighting) {
    JournalEntry entry;
    entry.kind = JournalKind::Finding;
    entry.name = sighting.id;
    entry.plugin = std::move(sighting.plugin);
    entry.session = sighting.session;
    if (!sighting.hook.empty()) {
        entry.arguments.push_back({"hook", std::move(sighting.hook)});
    }
    std::ranges::move(sighting.arguments, std::back_inserter(entry.arguments));
    entry.text = std::move(sighting.detail);
    journal_.add(std::move(entry));
}

void StrictMode::report(std::string_view id,
                        std::string detail,
                        std::optional<std::uint32_t> session) {
    const PluginContext* const context = PluginContext::current();
    report({id,
            plugin_of_this_thread(),
            context == nullptr ? "" : std::string(context->hook()),
            session ? session : session_of_hook(),
            std::move(detail),
            {}});
}

std::string StrictMode::plugin_of_this_thread() const {
    std::string plugin = current_plugin();
    return plugin.empty() ? only_plugin() : plugin;
}

std::string StrictMode::only_plugin() const {
    return options_.plugins.size() == 1 ? options_.plugins.front().name : std::string();
}

PluginAnswer StrictMode::call(HostedPlugin& plugin, const HookCall& hook_call) {
    const std::size_t code_before = code_size();
    const Running running(*this, plugin, hook_call);
    PluginAnswer answer =
        shares_memory() ? call_with_lent(plugin, hook_call) : plugin.call(hook_call);
    const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(running.time());
    const PluginContext* const context = PluginContext::current();
    if (time > options_.strict_limits.slow_hook) {
        report({finding_id::hook_slow,
                plugin.name(),
                std::string(context->hook()),
                hook_call.session_id(),
                "it took longer than " + text_of(options_.strict_limits.slow_hook),
                {{"took", text_of(time), true}}});
    }
    if (context->can_veto() && context->has_given_text() && !answer.escaped && !answer.is_lost &&
        answer.code.is_success()) {
        report(finding_id::plugin_error_then_success, "it returned " + to_string(answer.code));
    }
    look_at(plugin, answer, code_before);
    return answer;
}

PluginAnswer StrictMode::call_entry_point(HostedPlugin& plugin) {
    const std::size_t code_before = code_size();
    PluginAnswer answer = plugin.call_entry_point();
    look_at(plugin, answer, code_before);
    return answer;
}

PluginAnswer StrictMode::call_with_lent(HostedPlugin& plugin, const HookCall& hook_call) {
    auto lent = LentArguments::make(hook_call, options_.version);
    if (!lent) {
        return {lent.error().code(), false, {}};
    }
    PluginAnswer answer = plugin.call(lent->call());
    lent->take_back(plugin.name(), std::string(slot_of(hook_call.hook).name));
    taken_back_.keep(std::move(*lent));
    return answer;
}

void StrictMode::look_at(HostedPlugin& plugin,
                         const PluginAnswer& answer,
                         std::size_t code_before) {
    if (answer.escaped) {
        report(finding_id::exception_left_plugin, answer.what);
    }
    if (plugin.take_late_write()) {
        report(finding_id::hooks_written, late_write);
    }
    if (code_size() > code_before) {
        report(finding_id::executable_memory, "there is more of it than before");
    }
}

std::size_t StrictMode::code_size() const {
    // Where the system does not say, nothing can be seen.
    return shares_memory() ? platform::private_code_size().value_or(0) : 0;
}

WinResult<const platform::GuardedMemory*> StrictMode::api_table_for(const std::string& plugin) {
    struct Table {
        platform::GuardedMemory memory;
        platform::WatchedMemory guard;
    };
    static std::mutex mutex;
    static auto& tables = *new std::map<std::pair<std::string, Version>, Table>;
    const std::scoped_lock lock(mutex);
    const std::pair key(plugin, options_.version);
    if (const auto known = tables.find(key); known != tables.end()) {
        return &known->second.memory;
    }
    auto made = make_api_table(options_.version, api_functions::all());
    if (!made) {
        return propagate(made.error());
    }
    const auto guard = made->guard();
    const std::string sentence = std::string(finding_id::call_beyond_version) + ": plugin '" +
                                 plugin + "' read the API table behind its end: WSL " +
                                 to_string(options_.version) + " has no such call";
    Table table{std::move(*made), {guard.data(), guard.size(), sentence}};
    return &tables.emplace(key, std::move(table)).first->second.memory;
}

std::string StrictMode::sentence_for_hooks_of(const std::string& plugin) const {
    return std::string(finding_id::hook_beyond_version) + ": plugin '" + plugin +
           "' wrote behind the end of the table of hooks: WSL " + to_string(options_.version) +
           " has no such hook";
}

std::optional<std::chrono::milliseconds> StrictMode::blocked_call_limit() const noexcept {
    // A plugin's process lends the lock to its own calls.
    return shares_memory() ? std::optional(options_.strict_limits.blocked_call) : std::nullopt;
}

bool StrictMode::report_blocked_call(std::thread::id holder) {
    RunningHook hook;
    {
        const std::scoped_lock lock(mutex_);
        const auto found =
            std::ranges::find(running_.rbegin(), running_.rend(), holder, &RunningHook::thread);
        if (found == running_.rend() ||
            Clock::now() - found->began < options_.strict_limits.blocked_call) {
            return false;
        }
        hook = *found;
    }
    const std::string call(ServedCall::current());
    report({finding_id::hook_waits,
            hook.plugin,
            hook.hook,
            hook.session,
            call + " of another thread has waited longer than " +
                text_of(options_.strict_limits.blocked_call) +
                " for this hook to return; strict mode fails it",
            {{"call", call},
             {"hook_thread", std::to_string(hook.number), true},
             {"call_thread", std::to_string(journal_.this_thread()), true}}});
    return true;
}

std::optional<std::uint32_t> StrictMode::session_of_hook() {
    const std::scoped_lock lock(mutex_);
    const auto found = std::ranges::find(
        running_.rbegin(), running_.rend(), std::this_thread::get_id(), &RunningHook::thread);
    return found == running_.rend() ? std::nullopt : std::optional(found->session);
}

Receiver StrictMode::receiver() const {
    const PluginContext* const context = PluginContext::current();
    return {plugin_of_this_thread(),
            context == nullptr ? "" : std::string(context->hook()),
            std::string(ServedCall::current())};
}

void StrictMode::gave_socket(abi::SOCKET socket, std::string_view finding) {
    if (shares_memory()) {
        given_.gave_socket(socket, finding, receiver());
    }
}

void StrictMode::gave_event(abi::HANDLE event) {
    if (shares_memory()) {
        given_.gave_event(event, receiver());
    }
}

void StrictMode::gave_process(const void* handle) {
    given_.gave_process(handle, receiver());
}

void StrictMode::process_released(const void* handle) {
    given_.process_released(handle);
}

void StrictMode::before_unload(HostedPlugin& plugin) {
    if (plugin.take_late_write()) {
        report({finding_id::hooks_written, plugin.name(), {}, {}, late_write, {}});
    }
    const platform::CodeRange code = platform::code_around(plugin.code());
    const auto threads = platform::threads_in_code(code);
    if (plugin.code() == nullptr || !threads) {
        return;
    }
    const std::scoped_lock lock(mutex_);
    const auto own = std::ranges::count_if(
        *threads, [&](std::uint64_t thread) { return !service_threads_.contains(thread); });
    if (own > 0) {
        const std::string count = std::to_string(own);
        report({finding_id::thread_outlives,
                plugin.name(),
                {},
                {},
                "threads in its code when it is released: " + count,
                {}});
    }
}

void StrictMode::report_child_processes() {
    const auto children = platform::child_processes();
    if (!shares_memory() || !children) {
        return;
    }
    const auto left = std::ranges::count_if(
        *children, [&](std::uint64_t child) { return !children_before_.contains(child); });
    if (left > 0) {
        report({finding_id::process_leaked,
                only_plugin(),
                {},
                {},
                "child processes at the service's end that were not there at its start: " +
                    std::to_string(left),
                {}});
    }
}

void StrictMode::after_unload() {
    report_child_processes();
    for (GivenObjects::Given& given : given_.take_open()) {
        report({given.finding,
                given.receiver.plugin,
                given.receiver.hook,
                {},
                "what " + given.receiver.call + " gave is open at the service's end",
                {{"call", given.receiver.call}}});
    }
}

}  // namespace wslplugins::testhost
