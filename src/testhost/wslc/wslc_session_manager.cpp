// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_session_manager.hpp"

#include "testhost/wslc/wslc_codes.hpp"
#include "testhost/wslc/wslc_storages.hpp"

#include "platform/process_id.hpp"

#include <algorithm>
#include <utility>

namespace wslplugins::testhost {
namespace {

std::unexpected<Error> no_such_session() {
    return failure(HResult::container_session_not_found, "There is no such container session");
}

/// Until then a machine was made with the session.
constexpr Version lazy_machine_since{2, 9, 5};

}  // namespace

WslcSessionManager::WslcSessionManager(Computer& computer, const PluginManager& plugins)
    : computer_(computer), notifier_(plugins), lock_(plugins.strict()) {}

void WslcSessionManager::deliver_stopping_hooks() {
    if (is_in_container_hook()) {
        return;
    }
    while (true) {
        const auto gone = std::ranges::find_if(sessions_, [](const auto& entry) {
            return entry->is_accepted && !entry->session->can_be_found();
        });
        if (gone == sessions_.end()) {
            return;
        }
        const std::shared_ptr<Entry> entry = *gone;
        sessions_.erase(gone);
        (void)notifier_.tell_here(Hook::OnSessionStopping, entry->session->facts());
    }
}

std::shared_ptr<WslcSession> WslcSessionManager::named(std::string_view display_name) const {
    for (const auto& entry : sessions_) {
        if (entry->session->facts().display_name == display_name &&
            entry->session->can_be_found()) {
            return entry->session;
        }
    }
    return nullptr;
}

std::shared_ptr<WslcSessionManager::Entry>
WslcSessionManager::add(const WslcSessionOptions& options, const WslcOwner& owner) {
    WslcSessionFacts facts{++last_id_,
                           options.display_name,
                           options.application_pid.value_or(platform::process_id()),
                           owner.token,
                           owner.sid};
    auto storage = computer_.container_storages().at(options.storage_path, facts.id);
    const auto entry = std::make_shared<Entry>();
    entry->session = std::make_shared<WslcSession>(
        std::move(facts),
        std::move(storage),
        WslcSession::Surroundings{computer_.options(), computer_.journal(), notifier_});
    sessions_.push_back(entry);
    return entry;
}

WinResult<> WslcSessionManager::introduce(Entry& entry) {
    if (computer_.options().version < lazy_machine_since) {
        if (const auto started = entry.session->begin_operation(); !started) {
            return propagate(started.error());
        }
    }
    return notifier_.tell_here(Hook::OnSessionCreated, entry.session->facts());
}

WinResult<std::shared_ptr<WslcSession>>
WslcSessionManager::create(const WslcSessionOptions& options, const WslcOwner& owner) {
    if (computer_.options().version < slot_of(Hook::OnSessionCreated).slot_since) {
        return failure(HResult::not_supported,
                       "WSL " + to_string(computer_.options().version) +
                           " has no container sessions");
    }
    if (options.display_name.empty()) {
        return failure(invalid_session_name, "A container session needs a name");
    }
    const std::scoped_lock lock(lock_);
    deliver_stopping_hooks();
    if (named(options.display_name) != nullptr) {
        return failure(HResult::already_exists,
                       "A container session named '" + options.display_name + "' exists already");
    }
    const auto entry = add(options, owner);
    if (const auto introduced = introduce(*entry); !introduced) {
        // Nobody is told that this session is gone again, not even who accepted it.
        entry->session->terminate();
        std::erase(sessions_, entry);
        return propagate(introduced.error());
    }
    entry->is_accepted = true;
    entry->session->add_client();
    if (options.is_kept_by_service) {
        entry->session->add_client();
    }
    const std::scoped_lock clients_lock(clients_lock_);
    std::erase_if(clients_, [](const auto& known) { return known.second.expired(); });
    clients_[entry->session->facts().id] = entry->session;
    return entry->session;
}

WinResult<std::shared_ptr<WslcSession>> WslcSessionManager::open(std::string_view display_name) {
    const std::scoped_lock lock(lock_);
    deliver_stopping_hooks();
    auto session = named(display_name);
    return session == nullptr ? no_such_session()
                              : WinResult<std::shared_ptr<WslcSession>>(std::move(session));
}

std::expected<std::shared_ptr<WslcSession>, HResult> WslcSessionManager::find(std::uint32_t id) {
    if (is_stopping_) {
        return std::unexpected(HResult::disconnected);
    }
    const CallLock lock(lock_);
    if (lock.outcome().is_failure()) {
        return std::unexpected(lock.outcome());
    }
    if (is_stopping_) {
        return std::unexpected(HResult::disconnected);
    }
    if (!BorrowingThread::is_this_one()) {
        // A plugin in its own process may have a hook under way that waits for this very call.
        deliver_stopping_hooks();
    }
    for (const auto& entry : sessions_) {
        if (entry->session->facts().id == id && entry->session->can_be_found()) {
            return entry->session;
        }
    }
    return std::unexpected(HResult::container_session_not_found);
}

WinResult<std::shared_ptr<WslcSession>> WslcSessionManager::of_client(std::uint32_t id) const {
    const std::scoped_lock lock(clients_lock_);
    const auto found = clients_.find(id);
    auto session = found == clients_.end() ? nullptr : found->second.lock();
    return session == nullptr ? no_such_session()
                              : WinResult<std::shared_ptr<WslcSession>>(std::move(session));
}

WinResult<std::shared_ptr<WslcSession>>
WslcSessionManager::of_client(std::string_view display_name) const {
    const std::scoped_lock lock(clients_lock_);
    std::shared_ptr<WslcSession> newest;
    for (const auto& [id, known] : clients_) {
        auto session = known.lock();
        if (session != nullptr && session->facts().display_name == display_name) {
            newest = std::move(session);
        }
    }
    return newest == nullptr ? no_such_session()
                             : WinResult<std::shared_ptr<WslcSession>>(std::move(newest));
}

void WslcSessionManager::stop() {
    is_stopping_ = true;
    std::vector<std::shared_ptr<Entry>> sessions;
    {
        const std::scoped_lock lock(lock_);
        sessions.swap(sessions_);
        for (const auto& entry : sessions) {
            (void)notifier_.tell_here(Hook::OnSessionStopping, entry->session->facts());
        }
    }
    for (const auto& entry : sessions) {
        entry->session->terminate();
    }
}

}  // namespace wslplugins::testhost
