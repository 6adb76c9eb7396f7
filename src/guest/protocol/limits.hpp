// SPDX-License-Identifier: MIT
/// @file
/// Every limit of the conversation between the test host and the guest.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace wslplugins::guest::protocol {

/// Both sides come from one build; another number means that a stale guest lies beside the tool.
inline constexpr std::uint32_t version = 2;

/// Proves that a connection comes from the host that started the guest. Random, per machine.
using Secret = std::array<std::byte, 32>;

/// The longest message, without its length prefix. Linux itself takes at most 6 MiB of arguments.
inline constexpr std::size_t max_message_size = std::size_t{8} * 1024 * 1024;

/// Connections whose request has not arrived yet, at most.
inline constexpr std::size_t max_pending_connections = 64;

/// How long a connection may take to send its request.
inline constexpr std::chrono::seconds request_deadline{10};

/// What is kept of the machine's standard error streams; the oldest goes first.
inline constexpr std::size_t kernel_log_size = std::size_t{64} * 1024;

/// Connections that have been offered as a stream and belong to no program yet, at most; the oldest goes first.
inline constexpr std::size_t max_offered_streams = 256;

/// How many ended programs are remembered for a late `Wait`; the oldest is forgotten first.
inline constexpr std::size_t max_remembered_exits = 1024;

}  // namespace wslplugins::guest::protocol
