// SPDX-License-Identifier: MIT
/// @file
/// `Sid`: a Windows security identifier that WSL passed, as a view that is valid during the hook call, and
/// `OwnedSid`, which may be kept.
#pragma once

#include <wslplugins/abi/types.hpp>
#include <wslplugins/core/result.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>

namespace wslplugins {

/// What Windows calls the account of a SID, UTF-8. The domain is the computer's name for a local account.
struct AccountName {
    std::string domain;  ///< The computer's name for a local account.
    std::string name;    ///< The account's own name.
};

/// A SID by value, compared, hashed and printed. Every one is well-formed. It needs no memory of its own.
class OwnedSid {
public:
    /// The longest SID that there is, in bytes: 15 sub-authorities.
    static constexpr std::size_t max_size = 8 + 15 * 4;

    /// Copies the SID at `raw`, and reads no byte behind its end.
    /// @return E_POINTER for null; ERROR_INVALID_SID for another revision than 1, or for more than 15
    ///         sub-authorities.
    [[nodiscard]] static WinResult<OwnedSid> copy(const void* raw);

    /// Asks Windows; see `Sid::account_name`.
    [[nodiscard]] WinResult<AccountName> account_name() const;

    /// The SID as Windows lays it out, `size()` bytes, aligned for Windows' functions.
    [[nodiscard]] const void* raw() const noexcept { return bytes_.data(); }
    /// How many of its bytes are in use.
    [[nodiscard]] std::size_t size() const noexcept { return 8 + std::size_t{bytes_[1]} * 4; }

    /// The order is that of the bytes: of use to containers, and means nothing else.
    friend auto operator<=>(const OwnedSid&, const OwnedSid&) noexcept = default;

private:
    OwnedSid() noexcept = default;

    alignas(std::uint32_t) std::array<std::uint8_t, max_size> bytes_{};  // zero behind the end
};

/// `S-1-5-21-…`, as Windows prints it.
[[nodiscard]] std::string to_string(const OwnedSid& sid);

/// A view of a SID. It can be neither copied nor moved; `to_owned()` takes what is to be kept.
class Sid {
public:
    /// Views what WSL passed; for unit tests, what the test made. `raw` is not null and outlives the view.
    constexpr explicit Sid(abi::PSID raw) noexcept : raw_(raw) {}

    Sid(const Sid&) = delete;
    Sid& operator=(const Sid&) = delete;

    /// @return ERROR_INVALID_SID for what is no SID, which WSL does not pass.
    [[nodiscard]] WinResult<OwnedSid> to_owned() const { return OwnedSid::copy(raw_); }

    /// `S-1-5-21-…`; computed here, without asking Windows.
    /// @return ERROR_INVALID_SID as `to_owned`.
    [[nodiscard]] WinResult<std::string> to_string() const;

    /// Asks Windows for the account. That may ask a domain controller and take seconds: do it in the
    /// background rather than in a hook.
    /// @return ERROR_NONE_MAPPED when Windows knows no such account; ERROR_INVALID_SID; ERROR_NOT_SUPPORTED
    ///         where the plugin is not built for Windows.
    [[nodiscard]] WinResult<AccountName> account_name() const;

    /// By the bytes. What is no SID equals nothing but itself.
    friend bool operator==(const Sid& left, const Sid& right);

    /// What WSL passed.
    [[nodiscard]] constexpr abi::PSID raw() const noexcept { return raw_; }

private:
    abi::PSID raw_;
};

}  // namespace wslplugins

/// @cond
template <>
struct std::hash<wslplugins::OwnedSid> {
    [[nodiscard]] std::size_t operator()(const wslplugins::OwnedSid& sid) const noexcept {
        const auto* const bytes = static_cast<const std::uint8_t*>(sid.raw());
        std::size_t value = 0;
        for (std::size_t i = 0; i < sid.size(); ++i) {
            value = value * 31 + bytes[i];
        }
        return value;
    }
};
/// @endcond
