// SPDX-License-Identifier: MIT
/// @file
/// The fuzz targets: each takes any bytes, gives them to a parser, and ends the process where a property of
/// the parser does not hold. libFuzzer drives them in the preset `fuzz`, the corpus as a test everywhere.
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>

namespace wslplugins::fuzz {

using Bytes = std::span<const std::byte>;

void fault(Bytes input);
void guest_messages(Bytes input);
void guid(Bytes input);
void helper_answers(Bytes input);
void inspect(Bytes input);
void inspect_documents(Bytes input);
void plugin_messages(Bytes input);
void plugin_record(Bytes input);
void scenario(Bytes input);
void sid(Bytes input);
void text(Bytes input);
void version(Bytes input);

[[nodiscard]] inline std::string_view as_text(Bytes input) {
    return {reinterpret_cast<const char*>(input.data()), input.size()};
}

inline void require(bool holds, const char* property) {
    if (!holds) {
        (void)std::fprintf(stderr, "This does not hold: %s\n", property);
        std::abort();
    }
}

}  // namespace wslplugins::fuzz
