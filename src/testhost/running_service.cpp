// SPDX-License-Identifier: MIT
#include "testhost/running_service.hpp"

#include "testhost/journal_step.hpp"
#include "testhost/plugin_context.hpp"

#include <utility>

namespace wslplugins::testhost {
namespace {

constexpr HResult service_already_running = HResult::from_win32(1056);

/// The API's functions have no context argument: they find the service here.
std::mutex current_lock;
std::shared_ptr<RunningService> current_service;

}  // namespace

WinResult<std::shared_ptr<RunningService>> RunningService::start(ServiceOptions options) {
    const std::shared_ptr<RunningService> service(new RunningService(std::move(options)));
    {
        const std::scoped_lock lock(current_lock);
        if (current_service != nullptr) {
            return failure(service_already_running,
                           "A service runs in this process already; destroy it first");
        }
        current_service = service;
    }
    service->capture_.emplace(*service);
    if (const auto loaded = service->load_plugins(); !loaded) {
        service->stop();
        return propagate(loaded.error());
    }
    return service;
}

std::shared_ptr<RunningService> RunningService::current() {
    const std::scoped_lock lock(current_lock);
    return current_service;
}

WinResult<> RunningService::load_plugins() {
    const ServiceMainThread thread(main_thread_error_);
    return journal_step(journal_,
                        service_entry("start", {{"version", to_string(options_.version)}}),
                        [&]() -> WinResult<> {
                            auto plugins = PluginManager::load(options_, journal_);
                            if (!plugins) {
                                return propagate(plugins.error());
                            }
                            plugins_ = std::move(*plugins);
                            return {};
                        });
}

void RunningService::stop() {
    const ServiceMainThread thread(main_thread_error_);
    const std::uint64_t step = journal_.begin(service_entry("stop"));
    std::shared_ptr<UserSession> session;
    {
        // From here on no API call finds the session, those of its own stopping hooks included.
        const std::scoped_lock lock(session_lock_);
        session = std::move(session_);
    }
    if (session != nullptr) {
        session->stop();
    }
    if (plugins_ != nullptr) {
        plugins_->unload();
    }
    journal_.end(step, HResult::ok);
    capture_.reset();
    const std::scoped_lock lock(current_lock);
    current_service.reset();
}

WinResult<std::shared_ptr<UserSession>> RunningService::session_of_user() {
    const std::scoped_lock lock(session_lock_);
    if (session_ == nullptr) {
        auto made = UserSession::make(0, {options_, *plugins_, journal_});
        if (!made) {
            return propagate(made.error());
        }
        session_ = std::move(*made);
    }
    return session_;
}

std::shared_ptr<UserSession> RunningService::find_session(std::uint32_t id) {
    const std::scoped_lock lock(session_lock_);
    return session_ != nullptr && session_->id() == id ? session_ : nullptr;
}

void RunningService::on_debug_output(std::string_view text) noexcept {
    try {
        JournalEntry entry;
        entry.kind = JournalKind::Log;
        entry.plugin = current_plugin();
        entry.name = "debug-output";
        entry.text = text;
        journal_.add(std::move(entry));
    } catch (...) {
        // Out of memory: a lost line is all that may come of it.
    }
}

}  // namespace wslplugins::testhost
