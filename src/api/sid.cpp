// SPDX-License-Identifier: MIT
#include <wslplugins/api/sid.hpp>

#include "platform/account.hpp"

#include <cstring>

namespace wslplugins {
namespace {

constexpr std::uint8_t revision = 1;
constexpr std::uint8_t most_sub_authorities = 15;
constexpr HResult invalid_sid = HResult::from_win32(1337);

std::uint32_t sub_authority(const std::uint8_t* sid, std::size_t index) noexcept {
    const std::uint8_t* const at = sid + 8 + index * 4;
    return at[0] | (std::uint32_t{at[1]} << 8) | (std::uint32_t{at[2]} << 16) |
           (std::uint32_t{at[3]} << 24);
}

/// The identifier authority, the one number in a SID whose highest byte comes first.
std::uint64_t authority(const std::uint8_t* sid) noexcept {
    std::uint64_t value = 0;
    for (std::size_t i = 2; i < 8; ++i) {
        value = (value << 8) | sid[i];
    }
    return value;
}

/// Windows prints what does not fit 32 bits as twelve hex digits.
std::string authority_text(std::uint64_t value) {
    if (value <= 0xFFFFFFFFu) {
        return std::to_string(value);
    }
    constexpr char digits[] = "0123456789ABCDEF";
    std::string text = "0x";
    for (int shift = 44; shift >= 0; shift -= 4) {
        text += digits[(value >> shift) & 0xF];
    }
    return text;
}

}  // namespace

WinResult<OwnedSid> OwnedSid::copy(const void* raw) {
    if (raw == nullptr) {
        return failure(HResult::null_pointer, "There is no SID to read");
    }
    const auto* const bytes = static_cast<const std::uint8_t*>(raw);
    if (bytes[0] != revision) {
        return failure(invalid_sid,
                       "A SID of revision " + std::to_string(bytes[0]) + " cannot be read");
    }
    if (bytes[1] > most_sub_authorities) {
        return failure(invalid_sid,
                       "A SID cannot have " + std::to_string(bytes[1]) + " sub-authorities");
    }
    OwnedSid owned;
    std::memcpy(owned.bytes_.data(), bytes, 8 + std::size_t{bytes[1]} * 4);
    return owned;
}

WinResult<AccountName> OwnedSid::account_name() const {
    auto account = platform::account_of(raw());
    if (!account) {
        return failure(account.error().code(),
                       "Finding the account of " + wslplugins::to_string(*this) + " failed. " +
                           account.error().text());
    }
    return AccountName{std::move(account->domain), std::move(account->name)};
}

std::string to_string(const OwnedSid& sid) {
    const auto* const bytes = static_cast<const std::uint8_t*>(sid.raw());
    std::string text = "S-1-" + authority_text(authority(bytes));
    for (std::size_t i = 0; i < bytes[1]; ++i) {
        text += '-';
        text += std::to_string(sub_authority(bytes, i));
    }
    return text;
}

WinResult<std::string> Sid::to_string() const {
    const auto owned = to_owned();
    if (!owned) {
        return propagate(owned.error());
    }
    return wslplugins::to_string(*owned);
}

WinResult<AccountName> Sid::account_name() const {
    const auto owned = to_owned();
    if (!owned) {
        return propagate(owned.error());
    }
    return owned->account_name();
}

bool operator==(const Sid& left, const Sid& right) {
    if (left.raw_ == right.raw_) {
        return true;
    }
    const auto one = left.to_owned();
    const auto other = right.to_owned();
    return one && other && *one == *other;
}

}  // namespace wslplugins
