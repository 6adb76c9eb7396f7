// SPDX-License-Identifier: MIT
#include "fuzz/targets.hpp"

#include <wslplugins/testhost/fault.hpp>

namespace wslplugins::fuzz {

void fault(Bytes input) {
    const auto parsed = testhost::parse_fault(as_text(input));
    if (!parsed) {
        require(parsed.error().code() == HResult::invalid_data, "a bad text is ERROR_INVALID_DATA");
        require(parsed.error().text().starts_with("character "), "an error names the position");
        return;
    }
    const std::string printed = to_string(*parsed);
    const auto again = testhost::parse_fault(printed);
    require(again.has_value(), "what is printed can be read");
    require(to_string(*again) == printed, "what is printed reads as itself");
}

}  // namespace wslplugins::fuzz
