// SPDX-License-Identifier: MIT
/// @file
/// `ErrorContexts`: in the middle of what an error happened, as WSL prints it before the code.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wslplugins::testhost {

/// In the order in which WSL prints them.
enum class ErrorContext : std::uint8_t {
    Wsl,
    Bash,
    InstallDistro,
    Service,
    RegisterDistro,
    CreateInstance,
    AttachDisk,
    DetachDisk,
    CreateVm,
    TerminateDistro,
    Plugin,
    Hcs
};

/// A set of contexts.
class ErrorContexts {
public:
    constexpr ErrorContexts() noexcept = default;
    constexpr ErrorContexts(ErrorContext context) noexcept
        : bits_(std::uint32_t{1} << static_cast<std::uint32_t>(context)) {}

    [[nodiscard]] constexpr bool is_subset_of(ErrorContexts other) const noexcept {
        return (bits_ & ~other.bits_) == 0;
    }

    /// `Wsl/Service/CreateInstance`; empty for the empty set.
    [[nodiscard]] std::string path() const {
        constexpr std::array<std::string_view, 12> names{"Wsl",
                                                         "Bash",
                                                         "InstallDistro",
                                                         "Service",
                                                         "RegisterDistro",
                                                         "CreateInstance",
                                                         "AttachDisk",
                                                         "DetachDisk",
                                                         "CreateVm",
                                                         "TerminateDistro",
                                                         "Plugin",
                                                         "HCS"};
        std::string text;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if ((bits_ >> i & 1u) != 0) {
                text.append(text.empty() ? "" : "/").append(names[i]);
            }
        }
        return text;
    }

    friend constexpr ErrorContexts operator|(ErrorContexts left, ErrorContexts right) noexcept {
        ErrorContexts both;
        both.bits_ = left.bits_ | right.bits_;
        return both;
    }

    friend constexpr bool operator==(ErrorContexts, ErrorContexts) noexcept = default;

private:
    std::uint32_t bits_ = 0;
};

}  // namespace wslplugins::testhost
