// SPDX-License-Identifier: MIT
/// @file
/// `RecordKeeper`: the one way to change the machine. What is about to be done is written down first, so that the next
/// one completes or undoes what was killed in the middle.
#pragma once

#include "machine/machine_record.hpp"

#include "platform/exclusive_file.hpp"

#include <wslplugins/core/result.hpp>

#include <string>
#include <vector>

namespace wslplugins::tool {

/// Where the record and `install`'s folders are.
struct MachineFolders {
    std::string record;   ///< `C:\ProgramData\wslplugins`
    std::string plugins;  ///< `C:\Program Files\WSL Plugins`

    /// @return ERROR_NOT_SUPPORTED where this is not Windows.
    [[nodiscard]] static WinResult<MachineFolders> find();
};

/// The record as it stands, without waiting for anybody; an empty one where there is none.
[[nodiscard]] WinResult<MachineRecord> read_machine_record();

class RecordKeeper {
public:
    /// Waits for other processes that change the machine, and puts in order what one of them left in the middle.
    /// @return ERROR_NOT_SUPPORTED where this is not Windows; ERROR_ACCESS_DENIED without an administrator's rights, or
    ///         where others could change the record; ERROR_SHARING_VIOLATION when another process does not end.
    [[nodiscard]] static WinResult<RecordKeeper> open();

    [[nodiscard]] const MachineFolders& folders() const noexcept { return folders_; }
    [[nodiscard]] const MachineRecord& record() const noexcept { return record_; }

    /// What was put in order, a sentence each.
    [[nodiscard]] const std::vector<std::string>& repairs() const noexcept { return repairs_; }

    /// Changes one value of the plugins key, and what is recorded of it.
    [[nodiscard]] WinResult<> change(const PendingChange& change);

    /// Before a folder is made for `install`: until a change keeps it, it is one to be removed.
    [[nodiscard]] WinResult<> announce_folder(const std::string& folder);

    /// Removes what of the folders can be removed; the service holds others open until it stops.
    [[nodiscard]] WinResult<> remove_leftovers();

    [[nodiscard]] WinResult<> add_certificate(RecordedCertificate certificate);
    [[nodiscard]] WinResult<> forget_certificate(const std::string& thumbprint);

    /// Whether this tool has stopped the service and is to start it again.
    [[nodiscard]] WinResult<> set_service_stopped(bool is_stopped);

private:
    RecordKeeper(MachineFolders folders, platform::FileLock lock, MachineRecord record);
    [[nodiscard]] WinResult<> save();
    [[nodiscard]] WinResult<> repair();
    [[nodiscard]] WinResult<> settle_pending();

    MachineFolders folders_;
    platform::FileLock lock_;
    MachineRecord record_;
    std::vector<std::string> repairs_;
};

}  // namespace wslplugins::tool
