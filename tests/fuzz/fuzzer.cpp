// SPDX-License-Identifier: MIT
// The entry point that libFuzzer calls, compiled once for each target.
#include "fuzz/targets.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wslplugins::fuzz::FUZZ_TARGET(std::as_bytes(std::span(data, size)));
    return 0;
}
