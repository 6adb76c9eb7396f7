// SPDX-License-Identifier: MIT
/// @file
/// `StrictMode`: watches plugins for what the real service would not forgive, or not notice.
///
/// It knows what it saw, not the words for it: those are the room `findings`'. docs/strict.md says what it sees where.
#pragma once

#include "testhost/plugins/hosted_plugin.hpp"
#include "testhost/strict/given_objects.hpp"
#include "testhost/strict/lent_arguments.hpp"

#include <wslplugins/testhost/service.hpp>

#include <condition_variable>
#include <list>
#include <set>
#include <thread>

namespace wslplugins::testhost {

/// What was seen, of whom.
struct Sighting {
    std::string_view id;  ///< Of `finding_id`.
    std::string
        plugin;  ///< Empty: a thread that runs no plugin's hook, and there are several plugins.
    std::string hook;  ///< Empty: none runs on the thread.
    std::optional<std::uint32_t> session;
    std::string detail;  ///< The same in every run.
    std::vector<JournalArgument> arguments;
};

/// Lives as long as its service; null pointers to it mean that the service is not strict. Every function may be called
/// from any thread.
class StrictMode {
public:
    StrictMode(const ServiceOptions& options, Journal& journal);
    StrictMode(const StrictMode&) = delete;
    StrictMode& operator=(const StrictMode&) = delete;
    ~StrictMode();

    /// Writes it down in the journal.
    void report(Sighting sighting);

    /// So too: seen on this thread, of the plugin and in the hook that runs on it.
    void report(std::string_view id,
                std::string detail,
                std::optional<std::uint32_t> session = std::nullopt);

    /// Calls the hook of a plugin, and looks at what it did.
    [[nodiscard]] PluginAnswer call(HostedPlugin& plugin, const HookCall& hook_call);

    [[nodiscard]] PluginAnswer call_entry_point(HostedPlugin& plugin);

    /// An API table of a plugin's own: whoever reads behind it is known. It stays for the process's life, as WSL's does.
    [[nodiscard]] WinResult<const platform::GuardedMemory*>
    api_table_for(const std::string& plugin);

    /// What is to be said of a plugin that writes behind its table of hooks.
    [[nodiscard]] std::string sentence_for_hooks_of(const std::string& plugin) const;

    /// How long a call of a thread waits for a hook of another thread before it is reported; none where no hook
    /// keeps calls waiting.
    [[nodiscard]] std::optional<std::chrono::milliseconds> blocked_call_limit() const noexcept;

    /// Reports that a call on this thread waits for the thread that has the session's lock.
    /// @return false when no hook has run there for as long.
    [[nodiscard]] bool report_blocked_call(std::thread::id holder);

    /// The session in which the innermost hook of this thread runs; none where none runs.
    [[nodiscard]] std::optional<std::uint32_t> session_of_hook();

    /// A call that runs on this thread gave something to close. Nothing where the plugin is in another process.
    void gave_socket(abi::SOCKET socket, std::string_view finding);
    void gave_event(abi::HANDLE event);
    void gave_process(const void* handle);
    void process_released(const void* handle);

    /// Just before the plugin's library is released.
    void before_unload(HostedPlugin& plugin);

    /// Once all libraries are released.
    void after_unload();

private:
    using Clock = std::chrono::steady_clock;

    struct RunningHook {
        std::thread::id thread;
        std::uint64_t number;  ///< The thread's in the journal.
        std::string plugin;
        std::string hook;
        std::uint32_t session;
        Clock::time_point began;
        bool is_reported = false;  ///< That it has not returned.
    };

    /// While it lives, the hook runs on this thread.
    class Running;

    [[nodiscard]] bool shares_memory() const noexcept {
        return options_.host_model == HostModel::InService;
    }
    [[nodiscard]] PluginAnswer call_with_lent(HostedPlugin& plugin, const HookCall& hook_call);
    void look_at(HostedPlugin& plugin, const PluginAnswer& answer, std::size_t code_before);
    [[nodiscard]] std::size_t code_size() const;
    [[nodiscard]] Receiver receiver() const;
    [[nodiscard]] std::string plugin_of_this_thread() const;
    [[nodiscard]] std::string only_plugin() const;
    void watch_hooks();
    void report_still_running(const RunningHook& hook);
    void report_child_processes();

    const ServiceOptions& options_;
    Journal& journal_;
    std::mutex mutex_;
    std::condition_variable changed_;  // a hook begins, or this begins or ends
    bool is_watching_ = false;
    bool is_ending_ = false;
    std::list<RunningHook>
        running_;  // the innermost of a thread last; of all, those that began last
    std::set<std::uint64_t>
        service_threads_;  // in which plugins' code has run, by the system's number
    TakenBack taken_back_;
    GivenObjects given_;
    const std::set<std::uint64_t> children_before_;
    std::thread watch_;  // last: it uses all of this
};

}  // namespace wslplugins::testhost
