// SPDX-License-Identifier: MIT
/// @file
/// `WatchedMemory`: memory that nothing may touch, with the sentence that is written when something does.
#pragma once

#include <cstddef>
#include <string_view>

namespace wslplugins::platform {

/// The first one puts a handler for memory faults in place, for good. It writes the sentence and a line feed to the
/// standard error stream and lets the fault go on to whoever was there before: the process ends as it would have.
/// It does not itself forbid the access: whoever makes one has done that.
class WatchedMemory {
public:
    /// @param sentence kept up to `longest_sentence` bytes. Where `most_watched` others live, nothing will be written.
    WatchedMemory(const void* begin, std::size_t size, std::string_view sentence) noexcept;

    WatchedMemory(WatchedMemory&& other) noexcept;
    WatchedMemory& operator=(WatchedMemory&& other) = delete;
    ~WatchedMemory();

    static constexpr std::size_t longest_sentence = 400;
    static constexpr std::size_t most_watched = 1024;

private:
    std::size_t slot_;  // most_watched: none
};

}  // namespace wslplugins::platform
