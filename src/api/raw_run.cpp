// SPDX-License-Identifier: MIT
#include "api/raw_run.hpp"

#include <array>

namespace wslplugins::detail {

WinResult<std::string> read_to_end(const CommandDescription& command, RawProcess process) {
    const auto deadline = std::chrono::steady_clock::now() + command.time_limit;
    // A program that has ended already has no input to close; reading says what is wrong, if anything.
    (void)process.close_stdin();
    std::string output;
    std::array<char, 16 * 1024> chunk;
    for (;;) {
        const auto count = process.read(chunk, deadline);
        if (!count && count.error().code() == HResult::timeout) {
            return failure(HResult::timeout,
                           "'" + command.path + "' did not end its output within " +
                               std::to_string(command.time_limit.count()) +
                               " ms; it may still run");
        }
        if (!count) {
            return propagate(count.error());
        }
        if (*count == 0) {
            return output;
        }
        if (*count > command.output_limit - output.size()) {
            return failure(buffer_overflow,
                           "'" + command.path + "' wrote more than the limit of " +
                               std::to_string(command.output_limit) + " bytes; it may still run");
        }
        output.append(chunk.data(), *count);
    }
}

}  // namespace wslplugins::detail
