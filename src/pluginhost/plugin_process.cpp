// SPDX-License-Identifier: MIT
#include "pluginhost/plugin_process.hpp"

#include "platform/per_thread.hpp"
#include "pluginhost/api_proxies.hpp"
#include "pluginhost/rebuilt_call.hpp"

#include <atomic>
#include <thread>
#include <utility>

namespace wslplugins::pluginhost {
namespace {

PluginProcess* the_process = nullptr;

/// A thread of the plugin, numbered when it first has something to say. The thread of the hooks is number 0.
class ThreadNumber {
public:
    ThreadNumber() noexcept : number_(next_++) {}
    ThreadNumber(const ThreadNumber&) = delete;
    ThreadNumber& operator=(const ThreadNumber&) = delete;
    ~ThreadNumber() {
        if (number_ != protocol::hook_thread) {
            PluginProcess::only().thread_ended(number_);
        }
    }

    [[nodiscard]] std::uint64_t get() const noexcept { return number_; }

private:
    static inline std::atomic<std::uint64_t> next_{protocol::hook_thread};

    const std::uint64_t number_;
};

std::uint64_t this_thread() {
    static const platform::PerThread<ThreadNumber> numbers;
    return numbers.get().get();
}

protocol::Done done_of(const testhost::PluginAnswer& answer) {
    return {answer.code.bits(), answer.what, answer.escaped, 0};
}

protocol::Done done_of(const WinResult<>& result) {
    return result ? protocol::Done()
                  : protocol::Done{result.error().code().bits(), result.error().text(), false, 0};
}

}  // namespace

WinResult<PluginProcess*> PluginProcess::meet(std::unique_ptr<platform::PeerChannel> channel) {
    auto received = channel->receive();
    if (!received) {
        return propagate(received.error());
    }
    const auto message = protocol::decode_to_process(received->message);
    const auto* const hello = message ? std::get_if<protocol::Hello>(&*message) : nullptr;
    if (hello == nullptr || hello->protocol != protocol::version) {
        return failure(HResult::invalid_data,
                       "The test host is of another build; use the program that lies beside it");
    }
    const Version version{hello->major, hello->minor, hello->revision};
    auto api_table = testhost::make_api_table(version, api_proxies());
    if (!api_table) {
        return propagate(api_table.error());
    }
    the_process = new PluginProcess(std::move(channel), version, std::move(*api_table));
    return the_process;
}

PluginProcess& PluginProcess::only() noexcept {
    return *the_process;
}

PluginProcess::PluginProcess(std::unique_ptr<platform::PeerChannel> channel,
                             Version version,
                             platform::GuardedMemory api_table)
    : channel_(std::move(channel)), version_(version), api_table_(std::move(api_table)),
      plugin_({}, version, api_table_) {}

void PluginProcess::serve() {
    (void)this_thread();  // the first one that asks is the thread of the hooks
    std::thread([this] { read(); }).detach();
    while (!is_unloaded_) {
        Arrival arrival = next_for_hook_thread();
        obey(arrival);
    }
}

CallOutcome PluginProcess::call(protocol::Request request) {
    const std::uint64_t thread = this_thread();
    std::uint64_t call = 0;
    {
        const std::scoped_lock lock(mutex_);
        call = ++last_call_;
        callers_[call] = thread;
    }
    say(protocol::Call{call, thread, std::move(request)});
    return thread == protocol::hook_thread ? wait_on_hook_thread(call) : wait_on_other_thread(call);
}

void PluginProcess::handle_taken(std::uint64_t call) {
    say(protocol::HandleTaken{call});
}

void PluginProcess::thread_ended(std::uint64_t thread) noexcept {
    // Said to free what stands for the thread over there; without memory it stays until the process ends.
    try {
        say(protocol::ThreadEnded{thread});
    } catch (...) {
        return;
    }
}

void PluginProcess::on_debug_output(std::string_view text) noexcept {
    try {
        say(protocol::DebugOutput{this_thread(), std::string(text)});
    } catch (...) {
        // Out of memory: a lost line is all that may come of it.
        return;
    }
}

void PluginProcess::read() noexcept {
    while (auto received = channel_->receive()) {
        auto message = protocol::decode_to_process(received->message);
        if (!message) {
            break;
        }
        sort({std::move(*message), std::move(received->handles)});
    }
    // The service has ended, or does not want this process any more.
    platform::end_this_process(1);
}

void PluginProcess::sort(Arrival arrival) {
    const std::scoped_lock lock(mutex_);
    const auto* const answer = std::get_if<protocol::CallAnswer>(&arrival.message);
    const auto caller = answer == nullptr ? callers_.end() : callers_.find(answer->call);
    if (answer != nullptr && caller == callers_.end()) {
        return;  // nobody asked
    }
    if (answer != nullptr && caller->second != protocol::hook_thread) {
        answers_.emplace(answer->call, std::move(arrival));
    } else {
        for_hook_thread_.push_back(std::move(arrival));
    }
    arrived_.notify_all();
}

PluginProcess::Arrival PluginProcess::next_for_hook_thread() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return !for_hook_thread_.empty(); });
    Arrival arrival = std::move(for_hook_thread_.front());
    for_hook_thread_.pop_front();
    return arrival;
}

namespace {

CallOutcome outcome_of(protocol::CallAnswer answer, std::vector<platform::CarriedHandle>& handles) {
    CallOutcome outcome{std::move(answer), std::nullopt};
    if (!handles.empty()) {
        outcome.handle.emplace(std::move(handles.front()));
    }
    return outcome;
}

}  // namespace

CallOutcome PluginProcess::wait_on_hook_thread(std::uint64_t call) {
    while (true) {
        Arrival arrival = next_for_hook_thread();
        auto* const answer = std::get_if<protocol::CallAnswer>(&arrival.message);
        if (answer == nullptr) {
            // The call leads to another hook of this plugin.
            obey(arrival);
        } else if (answer->call == call) {
            const std::scoped_lock lock(mutex_);
            callers_.erase(call);
            return outcome_of(std::move(*answer), arrival.handles);
        }
    }
}

CallOutcome PluginProcess::wait_on_other_thread(std::uint64_t call) {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [&] { return answers_.contains(call); });
    auto arrival = std::move(answers_.extract(call).mapped());
    callers_.erase(call);
    return outcome_of(std::get<protocol::CallAnswer>(std::move(arrival.message)), arrival.handles);
}

void PluginProcess::obey(Arrival& arrival) {
    say(done(arrival));
}

protocol::Done PluginProcess::done(Arrival& arrival) {
    if (const auto* const load = std::get_if<protocol::LoadLibrary>(&arrival.message)) {
        return done_of(plugin_.load_library(load->path));
    }
    if (std::holds_alternative<protocol::FindEntryPoint>(arrival.message)) {
        return done_of(plugin_.find_entry_point());
    }
    if (std::holds_alternative<protocol::CallEntryPoint>(arrival.message)) {
        protocol::Done answer = done_of(plugin_.call_entry_point());
        answer.hooks = plugin_.installed_hooks();
        return answer;
    }
    if (const auto* const hook = std::get_if<protocol::CallHook>(&arrival.message)) {
        const auto rebuilt = RebuiltCall::make(*hook, version_, arrival.handles);
        if (!rebuilt) {
            return {rebuilt.error().code().bits(), rebuilt.error().text(), false, 0};
        }
        return done_of(plugin_.call(rebuilt->get()));
    }
    plugin_.unload();
    is_unloaded_ = true;
    return {};
}

void PluginProcess::say(const protocol::ToService& message) {
    // A service that cannot be reached has ended, and `read` is about to end this process.
    (void)channel_->send(protocol::encode(message));
}

}  // namespace wslplugins::pluginhost
