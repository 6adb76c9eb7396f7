// SPDX-License-Identifier: MIT
#include "fuzz/targets.hpp"

#include "testhost/scenario/journal_difference.hpp"

#include <wslplugins/testhost/recording.hpp>

namespace wslplugins::fuzz {
namespace {

using testhost::JournalOrder;

void require_place(const Error& error) {
    require(error.code() == HResult::invalid_data, "a bad file is ERROR_INVALID_DATA");
    require(error.text().starts_with("f.json:"), "an error names the file");
}

}  // namespace

void scenario(Bytes input) {
    const std::string_view text = as_text(input);
    for (const JournalOrder order : {JournalOrder::AsWritten, JournalOrder::AnyOnTop}) {
        require(!testhost::journal_difference(text, text, order),
                "a journal does not differ from itself");
    }
    if (const auto recording = testhost::parse_recording(text, "f.json"); !recording) {
        require_place(recording.error());
    }
    const auto parsed = testhost::parse_scenario(text, "f.json");
    if (!parsed) {
        require_place(parsed.error());
        return;
    }
    const std::string printed = testhost::to_json(*parsed);
    const auto again = testhost::parse_scenario(printed, "f.json");
    require(again.has_value(), "what is printed can be read");
    require(testhost::to_json(*again) == printed, "what is printed reads as itself");
}

}  // namespace wslplugins::fuzz
