// SPDX-License-Identifier: MIT
#include "api/helper_answer.hpp"
#include "fuzz/targets.hpp"

#include <string>

void wslplugins::fuzz::helper_answers(Bytes input) {
    const std::string_view line = as_text(input);
    const auto status = detail::ended_status(line);
    if (status) {
        require(line.starts_with("ended "), "only a line that says so is an end");
        require(status->code().has_value() != status->signal().has_value(),
                "a program ends by itself or by a signal");
        const int number = status->code() ? *status->code() : *status->signal();
        require(number >= 0 && number <= 255, "an end has one of 256 numbers");
    }
    const auto refusal = detail::helper_refusal("/bin/true", line);
    require(refusal.error().code().is_failure(), "a refusal is a failure");
    require(refusal.error().text().starts_with("'/bin/true' was not started: "),
            "a refusal says what was not started");
}
