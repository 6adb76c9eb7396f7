// SPDX-License-Identifier: MIT
#include "testhost/running_service.hpp"

#include "testhost/journal/journal_step.hpp"
#include "testhost/plugins/plugin_context.hpp"
#include "testhost/strict/strict_mode.hpp"

#include <algorithm>
#include <utility>

namespace wslplugins::testhost {
namespace {

constexpr HResult service_already_running = HResult::from_win32(1056);

/// ERROR_ACCESS_DISABLED_BY_POLICY
constexpr HResult disabled_by_policy = HResult::from_win32(1260);

/// What a plugin cannot tell is left out of the canonical form: one story reads the same under both models.
std::string model_name(HostModel model) {
    return model == HostModel::InService ? "in-service" : "own-process";
}

/// The API's functions have no context argument: they find the service here.
std::mutex current_lock;
std::shared_ptr<RunningService> current_service;

}  // namespace

RunningService::RunningService(std::shared_ptr<Computer> computer)
    : computer_(std::move(computer)),
      strict_(options().strict ? std::make_unique<StrictMode>(options(), journal()) : nullptr),
      faults_(*this, options().faults) {}

RunningService::~RunningService() = default;

WinResult<> RunningService::start(const std::shared_ptr<Computer>& computer) {
    const std::shared_ptr<RunningService> service(new RunningService(computer));
    {
        const std::scoped_lock lock(current_lock);
        if (current_service != nullptr) {
            return failure(service_already_running,
                           "A service runs in this process already; destroy it first");
        }
        current_service = service;
    }
    service->capture_.emplace(*service);
    WinResult<> loaded;
    service->main_thread_.run([&] { loaded = service->load_plugins(); });
    if (!loaded) {
        service->stop();
        return loaded;
    }
    computer->set_service(service);
    return {};
}

std::shared_ptr<RunningService> RunningService::current() {
    const std::scoped_lock lock(current_lock);
    return current_service;
}

WinResult<> RunningService::load_plugins() {
    return journal_step(journal(),
                        service_entry("start",
                                      {{"version", to_string(options().version)},
                                       {"host_model", model_name(options().host_model), true}}),
                        [&]() -> WinResult<> {
                            auto plugins = PluginManager::load(options(), journal(), strict());
                            if (!plugins) {
                                return propagate(plugins.error());
                            }
                            plugins_ = std::move(*plugins);
                            container_sessions_ =
                                std::make_unique<WslcSessionManager>(*computer_, *plugins_);
                            reachable_container_sessions_ = container_sessions_.get();
                            return {};
                        });
}

void RunningService::stop() {
    faults_.settle();
    main_thread_.run([this] {
        const std::uint64_t step = journal().begin(service_entry("stop"));
        stop_sessions();
        if (container_sessions_ != nullptr) {
            container_sessions_->stop();
        }
        faults_.settle();
        if (plugins_ != nullptr) {
            plugins_->unload();
        }
        faults_.end();
        if (strict_ != nullptr) {
            strict_->after_unload();
        }
        journal().end(step, HResult::ok);
    });
    capture_.reset();
    computer_->set_service(nullptr);
    const std::scoped_lock lock(current_lock);
    current_service.reset();
}

void RunningService::log_off(std::string_view user) {
    const UserProfile& profile = computer_->user(user);
    std::shared_ptr<UserSession> left;
    {
        const std::scoped_lock lock(sessions_lock_);
        left = find_session_of(profile);
        std::erase(sessions_, left);
    }
    if (left == nullptr) {
        return;
    }
    ServiceThread().run([&] {
        const std::uint64_t step = journal().begin(service_entry("log-off"));
        left->stop();
        journal().end(step, HResult::ok);
    });
}

void RunningService::stop_sessions_for_policy() {
    ServiceThread().run([this] {
        const std::uint64_t step = journal().begin(service_entry("wsl-disabled"));
        stop_sessions();
        journal().end(step, HResult::ok);
    });
}

std::shared_ptr<UserSession> RunningService::existing_session_of(std::string_view user) {
    const UserProfile& profile = computer_->user(user);
    const std::scoped_lock lock(sessions_lock_);
    return find_session_of(profile);
}

std::shared_ptr<UserSession> RunningService::find_session_of(const UserProfile& user) const {
    const auto found = std::ranges::find_if(
        sessions_, [&](const auto& session) { return &session->user() == &user; });
    return found == sessions_.end() ? nullptr : *found;
}

void RunningService::stop_sessions() {
    decltype(sessions_) sessions;
    {
        // From here on no API call finds a session, those of its own stopping hooks included.
        const std::scoped_lock lock(sessions_lock_);
        sessions.swap(sessions_);
    }
    for (const auto& session : sessions) {
        session->stop();
    }
}

WinResult<std::shared_ptr<UserSession>> RunningService::session_of(std::string_view user) {
    if (!computer_->policy().allows_wsl) {
        return failure(disabled_by_policy, {});
    }
    UserProfile& profile = computer_->user(user);
    const std::scoped_lock lock(sessions_lock_);
    if (auto session = find_session_of(profile)) {
        return session;
    }
    auto made = UserSession::make(next_session_, {*computer_, profile, *plugins_});
    if (!made) {
        return propagate(made.error());
    }
    ++next_session_;
    sessions_.push_back(*made);
    return made;
}

std::shared_ptr<UserSession> RunningService::find_session(std::uint32_t id) {
    const std::scoped_lock lock(sessions_lock_);
    for (const auto& session : sessions_) {
        if (session->id() == id) {
            return session;
        }
    }
    return nullptr;
}

bool RunningService::has_had_session(std::uint32_t id) {
    const std::scoped_lock lock(sessions_lock_);
    return id < next_session_;
}

std::size_t RunningService::release_processes_of(std::string_view plugin) {
    WslcSessionManager* const sessions = container_sessions();
    if (sessions == nullptr) {
        return 0;
    }
    const auto released = sessions->handles().release_all_of(plugin);
    for (const abi::WSLCProcessHandle handle : released) {
        if (strict_ != nullptr) {
            strict_->process_released(handle);
        }
    }
    return released.size();
}

void RunningService::on_debug_output(std::string_view text) noexcept {
    try {
        JournalEntry entry;
        entry.kind = JournalKind::Log;
        entry.plugin = current_plugin();
        entry.name = "debug-output";
        entry.text = text;
        journal().add(std::move(entry));
    } catch (...) {
        // Out of memory: a lost line is all that may come of it.
    }
}

}  // namespace wslplugins::testhost
