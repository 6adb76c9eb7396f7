// SPDX-License-Identifier: MIT
#include "testhost/plugins/own_process_plugin.hpp"

#include "testhost/journal/journal_step.hpp"
#include "testhost/plugins/hook_message.hpp"
#include "testhost/plugins/plugin_context.hpp"
#include "testhost/running_service.hpp"
#include "testhost/session_lock.hpp"

#include <chrono>

namespace wslplugins::testhost {
namespace {

namespace protocol = pluginhost::protocol;

/// How the end of the process shows to who asked it: RPC_S_CALL_FAILED.
constexpr HResult call_failed = HResult::from_win32(1726);

/// A process that has closed its connection, or unloaded its plugin, has this long to end.
constexpr std::chrono::seconds longest_end{30};

PluginAnswer lost_answer() {
    return {call_failed, false, "The plugin's process has ended", true};
}

}  // namespace

WinResult<std::unique_ptr<HostedPlugin>> OwnProcessPlugin::start(const std::string& name,
                                                                 const Settings& settings) {
    auto process = platform::PeerProcess::start(settings.program);
    if (!process) {
        return propagate(process.error());
    }
    const auto& [major, minor, revision] = settings.version;
    const protocol::Hello hello{protocol::version, major, minor, revision};
    // One that has ended already shows so by its connection.
    (void)process->channel().send(protocol::encode(protocol::ToProcess(hello)));
    return std::unique_ptr<HostedPlugin>(new OwnProcessPlugin(name, settings, std::move(*process)));
}

OwnProcessPlugin::OwnProcessPlugin(const std::string& name,
                                   const Settings& settings,
                                   platform::PeerProcess process)
    : HostedPlugin(name), settings_(settings), process_(std::move(process)),
      calls_(this->name(), process_.channel()), reader_([this] { read(); }) {}

OwnProcessPlugin::~OwnProcessPlugin() {
    if (!is_unloading_) {
        (void)OwnProcessPlugin::unload();
    }
    {
        std::unique_lock lock(mutex_);
        (void)arrived_.wait_for(lock, longest_end, [this] { return is_lost_.load(); });
    }
    process_.channel().shut();
    reader_.join();
}

WinResult<> OwnProcessPlugin::link(const LinkedPlugin&) {
    return failure(HResult::not_supported,
                   "A plugin that is part of this program has no process of its own; give the test "
                   "its DLL, or choose HostModel::InService");
}

WinResult<> OwnProcessPlugin::load_library(const std::string& path) {
    return result_of(ask(protocol::LoadLibrary{path}));
}

WinResult<> OwnProcessPlugin::find_entry_point() {
    return result_of(ask(protocol::FindEntryPoint{}));
}

PluginAnswer OwnProcessPlugin::call_entry_point() {
    PluginAnswer answer = ask(protocol::CallEntryPoint{});
    (void)take_pending_error();
    return answer;
}

bool OwnProcessPlugin::has(Hook hook) const noexcept {
    return !is_lost_ && (hooks_ >> static_cast<unsigned>(hook) & 1u) != 0;
}

PluginAnswer OwnProcessPlugin::call(const HookCall& hook_call) {
    const HookMessage message = hook_message(hook_call, settings_.version);
    PluginAnswer answer = ask(message.request, message.handles);
    if (!slot_of(hook_call.hook).can_veto || answer.escaped || answer.is_lost) {
        // A text for the user counts while its hook runs, and stays nowhere.
        (void)take_pending_error();
    }
    return answer;
}

bool OwnProcessPlugin::unload() {
    is_unloading_ = true;
    (void)ask(protocol::Unload{});
    return true;
}

PluginAnswer OwnProcessPlugin::ask(const protocol::ToProcess& request,
                                   std::span<const platform::HandleToCarry> handles) {
    // The process may call before this thread waits for it; such a call is one of the hook's all the same.
    const LendingThread lending;
    {
        const LentLocks lent;
        turn_.lock();
    }
    const std::unique_lock turn(turn_, std::adopt_lock);
    {
        const std::scoped_lock lock(mutex_);
        ++requests_;
    }
    if (!process_.channel().send(protocol::encode(request), handles)) {
        // A process that cannot be told what to do is lost, also where it still runs.
        process_.channel().shut();
    }
    PluginAnswer answer = wait_for_answer();
    const std::scoped_lock lock(mutex_);
    --requests_;
    return answer;
}

PluginAnswer OwnProcessPlugin::wait_for_answer() {
    while (true) {
        const Arrival arrival = next_arrival();
        if (!arrival) {
            return lost_answer();
        }
        if (const auto* const done = std::get_if<protocol::Done>(&*arrival)) {
            hooks_ |= done->hooks;  // none but the entry point's answer has any
            return {HResult::from_bits(done->result), done->escaped, done->text};
        }
        if (const auto* const call = std::get_if<protocol::Call>(&*arrival)) {
            calls_.serve_here(*call);
        } else if (const auto* const output = std::get_if<protocol::DebugOutput>(&*arrival)) {
            note_debug_output(*output);
        }
    }
}

OwnProcessPlugin::Arrival OwnProcessPlugin::next_arrival() {
    const LentLocks lent;
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return is_lost_ || !arrivals_.empty(); });
    if (arrivals_.empty()) {
        return std::nullopt;
    }
    Arrival arrival = std::move(arrivals_.front());
    arrivals_.pop_front();
    return arrival;
}

WinResult<> OwnProcessPlugin::result_of(const PluginAnswer& answer) {
    if (answer.code.is_success()) {
        return {};
    }
    return failure(answer.code, answer.what);
}

void OwnProcessPlugin::read() {
    while (const auto received = process_.channel().receive()) {
        auto message = protocol::decode_to_service(received->message);
        if (!message) {
            break;
        }
        sort(std::move(*message));
    }
    end_reading();
}

void OwnProcessPlugin::sort(protocol::ToService message) {
    if (const auto* const taken = std::get_if<protocol::HandleTaken>(&message)) {
        calls_.forget_handle(taken->call);
        return;
    }
    if (const auto* const ended = std::get_if<protocol::ThreadEnded>(&message)) {
        calls_.end_thread(ended->thread);
        return;
    }
    const auto* const call = std::get_if<protocol::Call>(&message);
    const auto* const output = std::get_if<protocol::DebugOutput>(&message);
    const bool is_of_hook_thread = (call == nullptr || call->thread == protocol::hook_thread) &&
                                   (output == nullptr || output->thread == protocol::hook_thread);
    {
        const std::scoped_lock lock(mutex_);
        if (is_of_hook_thread && requests_ > 0) {
            arrivals_.emplace_back(std::move(message));
            arrived_.notify_all();
            return;
        }
    }
    if (call != nullptr) {
        calls_.serve_on_its_thread(std::move(*call));
    } else if (output != nullptr) {
        calls_.run_on_its_thread(output->thread,
                                 [this, said = *output] { note_debug_output(said); });
    }
}

void OwnProcessPlugin::note_debug_output(const protocol::DebugOutput& output) {
    JournalEntry entry;
    entry.kind = JournalKind::Log;
    entry.plugin = name();
    entry.name = "debug-output";
    entry.text = output.text;
    settings_.journal.add(std::move(entry));
}

void OwnProcessPlugin::end_reading() {
    // Nothing more is served, so whatever the process wanted is over before anybody learns of its end.
    process_.channel().shut();
    const int exit_code = process_.finish(std::chrono::steady_clock::now() + longest_end);
    calls_.end();
    if (!is_unloading_ || exit_code != 0) {
        JournalEntry entry =
            service_entry("plugin-process-ended", {{"exit_code", std::to_string(exit_code), true}});
        const auto service = RunningService::current();
        const std::size_t held = service == nullptr ? 0 : service->release_processes_of(name());
        if (held > 0) {
            entry.arguments.push_back({"released_processes", std::to_string(held)});
        }
        entry.plugin = name();
        settings_.journal.add(std::move(entry));
    }
    const std::scoped_lock lock(mutex_);
    is_lost_ = true;
    arrived_.notify_all();
}

}  // namespace wslplugins::testhost
