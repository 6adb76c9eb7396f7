// SPDX-License-Identifier: MIT
/// @file
/// A command of `wslc.exe`, from the command line to what it prints; and what programs do through COM.
#pragma once

#include "testhost/running_service.hpp"

#include <functional>

namespace wslplugins::testhost {

/// Whose command it is, in which session, and its words for the journal.
struct WslcCommandLine {
    const std::shared_ptr<Computer>& computer;
    const std::string& user;
    const std::optional<std::string>& session;  ///< None: that of `wslc.exe`.
    std::vector<std::string> words;
};

using WslcCommandWork = std::function<WinResult<UserOutput>(const WslcSession::Activity&)>;

/// Runs a command in the session, with a virtual machine: it is started where none runs.
[[nodiscard]] UserOutput run_wslc(const WslcCommandLine& line, const WslcCommandWork& work);

/// A step of a user's that is no command, in the journal; fails with ERROR_SERVICE_NOT_ACTIVE without a service.
[[nodiscard]] WinResult<>
run_wslc_step(Computer& computer,
              JournalEntry entry,
              const std::function<WinResult<>(WslcSessionManager&)>& work);

/// The owner of the sessions that a user makes.
[[nodiscard]] WinResult<WslcOwner> owner_of(Computer& computer, const std::string& user);

}  // namespace wslplugins::testhost
