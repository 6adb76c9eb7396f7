// SPDX-License-Identifier: MIT
/// @file
/// The parts of a fault, as the command line and a scenario file name them, and what can be.
#pragma once

#include <wslplugins/testhost/fault.hpp>

#include <array>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::testhost {

enum class FaultKey : std::uint8_t { Call, Hook, Plugin, Nth, Code, DelayMs, AfterBytes };

inline constexpr std::array<std::string_view, 7> fault_key_names{
    "call", "hook", "plugin", "nth", "code", "delay_ms", "after_bytes"};

inline constexpr std::array<std::string_view, 8> fault_kind_names{"fail",
                                                                  "out-of-memory",
                                                                  "slow",
                                                                  "reset",
                                                                  "end",
                                                                  "byte-by-byte",
                                                                  "guest-dies",
                                                                  "registry-denies"};

inline constexpr std::int64_t greatest_nth = 1'000'000;
inline constexpr std::int64_t longest_delay_ms = 600'000;
inline constexpr std::int64_t greatest_byte_count = std::int64_t{1} << 40;

/// One part as text: a number in decimal digits.
struct FaultField {
    std::string key;
    std::string value;
};

[[nodiscard]] bool is_number(const FaultField& field) noexcept;

/// What is wrong with the parts of a fault.
struct BadFaultField {
    static constexpr std::size_t kind =
        ~std::size_t{0};  ///< In place of a field: the kind, or the whole.

    std::size_t field = kind;
    bool is_in_value = false;  ///< Else the key is wrong.
    std::string sentence;
};

[[nodiscard]] std::expected<Fault, BadFaultField> make_fault(std::string_view kind,
                                                             std::span<const FaultField> fields);

/// The way back, without what has its usual value.
[[nodiscard]] std::string_view name_of(FaultKind kind) noexcept;
[[nodiscard]] std::vector<FaultField> fields_of(const Fault& fault);

/// Why the fault cannot be; empty where it can.
[[nodiscard]] std::string why_impossible(const Fault& fault);

/// Whether the fault can happen to that call at all.
[[nodiscard]] bool can_happen_to(FaultKind kind, ApiCall call) noexcept;

}  // namespace wslplugins::testhost
