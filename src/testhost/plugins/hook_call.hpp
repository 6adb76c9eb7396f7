// SPDX-License-Identifier: MIT
/// @file
/// `HookCall`: one call of one of the 14 hooks, the same for every plugin.
#pragma once

#include <wslplugins/core/slot_table.hpp>
#include <wslplugins/testhost/journal.hpp>

#include <functional>
#include <variant>
#include <vector>

namespace wslplugins::testhost {

/// Everything pointed at outlives the round in which the call is played. A distribution's struct may be shorter
/// than its type says: the version of WSL decides.
struct HookCall {
    /// Which of the two session spaces the hook belongs to.
    using Session =
        std::variant<const abi::WSLSessionInformation*, const abi::WSLCSessionInformation*>;

    /// The hook's second argument: none; the settings, for OnVMStarted; a running distribution; one that is
    /// registered or unregistered; a document or an id, UTF-8.
    using Payload = std::variant<std::monostate,
                                 const abi::WSLVmCreationSettings*,
                                 const abi::WSLDistributionInformation*,
                                 const abi::WslOfflineDistributionInformation*,
                                 abi::LPCSTR>;

    Hook hook = Hook::OnVMStarted;
    Session session;
    Payload payload;
    std::vector<JournalArgument> arguments;  ///< The payload, for the journal.

    [[nodiscard]] std::uint32_t session_id() const {
        return std::visit([](const auto* information) { return information->SessionId; }, session);
    }
};

/// The call of the hook that a plugin installed; null where it installed none. Throws std::bad_variant_access
/// when the call is made of other arguments than the hook has.
[[nodiscard]] std::function<abi::HRESULT()> installed_hook(const abi::WSLPluginHooksV1& hooks,
                                                           const HookCall& call);

}  // namespace wslplugins::testhost
