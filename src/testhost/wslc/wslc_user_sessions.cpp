// SPDX-License-Identifier: MIT
/// @file
/// What a user does to container sessions as a whole, and what happens to them from outside.
#include "testhost/journal/journal_step.hpp"
#include "testhost/wslc/wslc_command.hpp"
#include "testhost/wslc/wslc_storages.hpp"

#include <wslplugins/testhost/wslc_user.hpp>

#include <utility>

namespace wslplugins::testhost {
namespace {

JournalEntry step_on(std::string_view name, std::uint32_t session) {
    JournalEntry entry = service_entry(name);
    entry.session = session;
    return entry;
}

}  // namespace

WinResult<std::uint32_t> WslcUser::create_session(const WslcSessionOptions& options) const {
    JournalEntry entry = service_entry("create-session", {{"display_name", options.display_name}});
    if (!name_.empty()) {
        entry.arguments.push_back({"user", name_});
    }
    std::uint32_t id = 0;
    const auto made = run_wslc_step(
        *computer_, std::move(entry), [&](WslcSessionManager& manager) -> WinResult<> {
            const auto owner = owner_of(*computer_, name_);
            if (!owner) {
                return propagate(owner.error());
            }
            const auto session = manager.create(options, *owner);
            if (!session) {
                return propagate(session.error());
            }
            id = (*session)->facts().id;
            return {};
        });
    return made ? WinResult<std::uint32_t>(id) : propagate(made.error());
}

WinResult<std::uint32_t> WslcUser::open_session(std::string_view display_name) const {
    std::uint32_t id = 0;
    const auto opened =
        run_wslc_step(*computer_,
                      service_entry("open-session", {{"display_name", std::string(display_name)}}),
                      [&](WslcSessionManager& manager) -> WinResult<> {
                          const auto session = manager.open(display_name);
                          if (!session) {
                              return propagate(session.error());
                          }
                          (*session)->add_client();
                          id = (*session)->facts().id;
                          return {};
                      });
    return opened ? WinResult<std::uint32_t>(id) : propagate(opened.error());
}

WinResult<std::uint32_t> WslcUser::held_session(std::string_view display_name) const {
    const auto service = computer_->service();
    if (service == nullptr) {
        return failure(HResult::container_session_not_found, "No service runs");
    }
    const auto session = service->container_sessions()->of_client(display_name);
    if (!session) {
        return propagate(session.error());
    }
    return (*session)->facts().id;
}

WinResult<> WslcUser::release_session(std::uint32_t session) const {
    return run_wslc_step(*computer_,
                         step_on("release-session", session),
                         [&](WslcSessionManager& manager) -> WinResult<> {
                             const auto held = manager.of_client(session);
                             if (!held) {
                                 return propagate(held.error());
                             }
                             (*held)->release_client();
                             return {};
                         });
}

WinResult<> WslcUser::terminate_session(std::uint32_t session) const {
    return run_wslc_step(*computer_,
                         step_on("terminate-session", session),
                         [&](WslcSessionManager& manager) -> WinResult<> {
                             const auto held = manager.of_client(session);
                             if (!held) {
                                 return propagate(held.error());
                             }
                             (*held)->terminate();
                             return {};
                         });
}

WinResult<bool> WslcUser::let_idle_time_pass(std::uint32_t session) const {
    bool has_stopped = false;
    const auto passed = run_wslc_step(*computer_,
                                      step_on("idle-time-passes", session),
                                      [&](WslcSessionManager& manager) -> WinResult<> {
                                          const auto held = manager.of_client(session);
                                          if (!held) {
                                              return propagate(held.error());
                                          }
                                          has_stopped = (*held)->let_idle_time_pass();
                                          return {};
                                      });
    return passed ? WinResult<bool>(has_stopped) : propagate(passed.error());
}

WinResult<> WslcUser::crash_vm(std::uint32_t session) const {
    return run_wslc_step(*computer_,
                         step_on("crash-container-vm", session),
                         [&](WslcSessionManager& manager) -> WinResult<> {
                             const auto held = manager.of_client(session);
                             return held ? (*held)->crash_vm() : propagate(held.error());
                         });
}

WinResult<> WslcUser::kill_session_process(std::uint32_t session) const {
    return run_wslc_step(*computer_,
                         step_on("kill-session-process", session),
                         [&](WslcSessionManager& manager) -> WinResult<> {
                             const auto held = manager.of_client(session);
                             if (!held) {
                                 return propagate(held.error());
                             }
                             (*held)->kill_process();
                             return {};
                         });
}

void WslcUser::publish(const WslcImage& image) const {
    (void)computer_->container_storages().registry().add(image);
}

WslcUser WslcUser::in_session(std::string display_name) const {
    WslcUser user = *this;
    user.session_ = std::move(display_name);
    return user;
}

}  // namespace wslplugins::testhost
