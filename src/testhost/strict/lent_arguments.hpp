// SPDX-License-Identifier: MIT
/// @file
/// `LentArguments`: a hook's arguments in memory of their own, for one call of one plugin.
///
/// The service keeps a session's struct in place from hook to hook. Strict mode does not, so that a use of it after the
/// hook meets memory that nothing may touch.
#pragma once

#include "platform/guarded_memory.hpp"
#include "platform/watched_memory.hpp"
#include "testhost/plugins/hook_call.hpp"

#include <wslplugins/core/text.hpp>
#include <wslplugins/core/version.hpp>

#include <deque>
#include <mutex>
#include <string>
#include <vector>

namespace wslplugins::testhost {

/// A struct or a text, and what it points at, in one block with a guard right behind the struct.
class LentBlock {
public:
    /// What a field of the struct points at.
    struct Pointee {
        std::size_t field;  ///< Where the pointer is in the struct.
        const void* data;   ///< Null: nothing, and the field stays NULL.
        std::size_t size;
        std::string name;
    };

    [[nodiscard]] static WinResult<LentBlock> make(std::span<const std::byte> structure,
                                                   std::string name,
                                                   const std::vector<Pointee>& pointees);

    [[nodiscard]] const void* structure() const noexcept;

    /// Forbids every use, and has each part watched. @param user begins the sentence that is written.
    void take_back(const std::string& user, const std::string& hook);

private:
    struct Part {
        std::size_t begin;
        std::string name;
    };

    explicit LentBlock(platform::GuardedMemory memory) noexcept : memory_(std::move(memory)) {}

    platform::GuardedMemory memory_;
    std::vector<Part> parts_;  // the last one is the struct
    std::vector<platform::WatchedMemory> watched_;
};

class LentArguments {
public:
    [[nodiscard]] static WinResult<LentArguments> make(const HookCall& original,
                                                       const Version& version);

    /// The same call, with the lent arguments.
    [[nodiscard]] const HookCall& call() const noexcept { return call_; }

    void take_back(const std::string& plugin, const std::string& hook);

private:
    explicit LentArguments(const HookCall& original) : call_(original) {}

    HookCall call_;
    std::vector<LentBlock> blocks_;
};

/// What was lent and taken back, as long as it is kept from other use.
class TakenBack {
public:
    void keep(LentArguments arguments);

private:
    /// Each has up to ten parts to be watched.
    static constexpr std::size_t most_kept = platform::WatchedMemory::most_watched / 12;

    std::mutex mutex_;
    std::deque<LentArguments> kept_;
};

}  // namespace wslplugins::testhost
