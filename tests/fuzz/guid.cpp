// SPDX-License-Identifier: MIT
#include "fuzz/targets.hpp"

#include <wslplugins/core/guid.hpp>

void wslplugins::fuzz::guid(Bytes input) {
    const auto parsed = Guid::parse(as_text(input));
    if (!parsed) {
        require(parsed.error().code() == HResult::invalid_argument, "a bad GUID is E_INVALIDARG");
        return;
    }
    require(Guid::parse(to_string(*parsed)) == *parsed, "a printed GUID reads as itself");
    require(Guid(parsed->raw()) == *parsed, "a GUID comes back from its raw form");
}
