// SPDX-License-Identifier: MIT
#include "fuzz/targets.hpp"

#include <wslplugins/core/version.hpp>

void wslplugins::fuzz::version(Bytes input) {
    const auto parsed = Version::parse(as_text(input));
    if (!parsed) {
        require(parsed.error().code() == HResult::invalid_argument,
                "a bad version is E_INVALIDARG");
        return;
    }
    require(Version::parse(to_string(*parsed)) == *parsed, "a printed version reads as itself");
}
