// SPDX-License-Identifier: MIT
#include "consent.hpp"

#include "platform/terminal.hpp"

#include <iostream>

namespace wslplugins::tool {

std::optional<ExitCode>
refused_consent(const Context& context, std::string_view consequence, bool yes) {
    if (yes) {
        return std::nullopt;
    }
    if (!platform::input_is_terminal()) {
        return fail(context,
                    ExitCode::Usage,
                    std::string(consequence) +
                        " Nothing was done: there is no terminal to ask on. Agree with --yes.");
    }
    context.output << consequence << " Go on? [y/N] " << std::flush;
    std::string answer;
    std::getline(std::cin, answer);
    if (answer == "y" || answer == "Y" || answer == "yes") {
        return std::nullopt;
    }
    return fail(context, ExitCode::Findings, "Nothing was done.");
}

}  // namespace wslplugins::tool
