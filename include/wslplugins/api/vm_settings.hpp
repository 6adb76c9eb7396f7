// SPDX-License-Identifier: MIT
/// @file
/// `VmSettings`: what the user changed about the virtual machine, as a view valid during the hook call.
#pragma once

#include <wslplugins/abi/information.hpp>

#include <cstdint>

namespace wslplugins {

/// One thing that the user's configuration (`.wslconfig`) can change about the virtual machine.
enum class VmCustomization : std::int32_t {
    CustomKernel = abi::WSLUserConfigurationCustomKernel,
    CustomKernelCommandLine = abi::WSLUserConfigurationCustomKernelCommandLine,
};

/// A view of the settings with which the virtual machine has booted. It can be neither copied nor moved.
///
/// WSL computes them after its policies: a custom kernel that a policy forbids does not show here. Custom
/// kernel modules and a custom system distribution never do.
class VmSettings {
public:
    /// Views what WSL passed; for unit tests, what the test made. `raw` is not null and outlives the view.
    constexpr explicit VmSettings(const abi::WSLVmCreationSettings* raw) noexcept : raw_(raw) {}

    VmSettings(const VmSettings&) = delete;
    VmSettings& operator=(const VmSettings&) = delete;

    /// Whether the user made this change, and no policy took it back.
    [[nodiscard]] constexpr bool has(VmCustomization customization) const noexcept {
        return (raw_->CustomConfigurationFlags & static_cast<std::int32_t>(customization)) != 0;
    }

    /// What WSL passed, flags that a newer WSL may have added included.
    [[nodiscard]] constexpr const abi::WSLVmCreationSettings* raw() const noexcept { return raw_; }

private:
    const abi::WSLVmCreationSettings* raw_;
};

}  // namespace wslplugins
