// SPDX-License-Identifier: MIT
/// @file
/// Windows only: who may change a file, and how a folder is made that nobody else may.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstdint>
#include <string>

namespace wslplugins::platform {

/// What a folder is made with: what is made in it is the same, and nothing is inherited from above.
class ProtectingDescriptor {
public:
    /// The system, the administrators and this process's user may do everything, and nobody else anything.
    [[nodiscard]] static WinResult<ProtectingDescriptor> make();

    /// The administrators own it, they and the system may do everything, and users may read and run. Under Wine as
    /// `make`.
    [[nodiscard]] static WinResult<ProtectingDescriptor> make_for_administrators();

    ProtectingDescriptor(ProtectingDescriptor&& other) noexcept;
    ProtectingDescriptor& operator=(ProtectingDescriptor&&) = delete;
    ~ProtectingDescriptor();

    /// A SECURITY_DESCRIPTOR.
    [[nodiscard]] void* raw() const noexcept { return raw_; }

private:
    explicit ProtectingDescriptor(void* raw) noexcept : raw_(raw) {}
    [[nodiscard]] static WinResult<ProtectingDescriptor> from_text(const wchar_t* description);

    void* raw_;
};

/// Who may change a file besides the system and the administrators.
enum class TrustedUsers : std::uint8_t {
    WithThisProcess,   ///< The user of this process.
    WithTheInstaller,  ///< Windows' own installer; under Wine the user of this process instead.
};

enum class FileChange : std::uint8_t {
    Any,      ///< Also of what is in a file, and making something new in a folder.
    Replace,  ///< Removing or renaming it or what is in it, or taking it over.
};

/// Asks Windows of the open file or folder. Its owner can do everything.
/// @param path for the message.
[[nodiscard]] WinResult<bool>
others_can(FileChange change, TrustedUsers users, abi::HANDLE opened, const std::string& path);

/// Asks Windows of the open file or folder.
/// @param path for the message.
/// @return ERROR_ACCESS_DENIED when its owner, or somebody whom its access list lets write, delete or take it
///         over, is none of the three.
[[nodiscard]] WinResult<> check_nobody_else_can_write(abi::HANDLE opened, const std::string& path);

}  // namespace wslplugins::platform
