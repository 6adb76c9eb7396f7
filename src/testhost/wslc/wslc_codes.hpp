// SPDX-License-Identifier: MIT
/// @file
/// WSL's codes for what a user does wrong with containers. No plugin gets them.
#pragma once

#include <wslplugins/core/hresult.hpp>

namespace wslplugins::testhost {

inline constexpr HResult image_not_found = HResult::from_bits(0x80040601u);
inline constexpr HResult container_prefix_ambiguous = HResult::from_bits(0x80040602u);
inline constexpr HResult container_not_found = HResult::from_bits(0x80040603u);
inline constexpr HResult container_not_running = HResult::from_bits(0x80040605u);
inline constexpr HResult container_is_running = HResult::from_bits(0x80040606u);
inline constexpr HResult invalid_session_name = HResult::from_bits(0x80040608u);

/// What a call gets whose server has died: RPC_S_SERVER_UNAVAILABLE.
inline constexpr HResult server_unavailable = HResult::from_win32(1722);

}  // namespace wslplugins::testhost
