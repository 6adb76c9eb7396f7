// SPDX-License-Identifier: MIT
/// @file
/// Windows only: who may change a file, and how a folder is made that nobody else may.
#pragma once

#include <wslplugins/core/result.hpp>

#include <string>

namespace wslplugins::platform {

/// The system, the administrators and this process's user may do everything, and nobody else anything; what is
/// made in the folder is the same, and nothing is inherited from above.
class ProtectingDescriptor {
public:
    [[nodiscard]] static WinResult<ProtectingDescriptor> make();

    ProtectingDescriptor(ProtectingDescriptor&& other) noexcept;
    ProtectingDescriptor& operator=(ProtectingDescriptor&&) = delete;
    ~ProtectingDescriptor();

    /// A SECURITY_DESCRIPTOR.
    [[nodiscard]] void* raw() const noexcept { return raw_; }

private:
    explicit ProtectingDescriptor(void* raw) noexcept : raw_(raw) {}

    void* raw_;
};

/// Asks Windows of the open file or folder.
/// @param path for the message.
/// @return ERROR_ACCESS_DENIED when its owner, or somebody whom its access list lets write, delete or take it
///         over, is none of the three.
[[nodiscard]] WinResult<> check_nobody_else_can_write(abi::HANDLE opened, const std::string& path);

}  // namespace wslplugins::platform
