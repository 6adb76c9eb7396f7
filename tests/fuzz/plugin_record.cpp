// SPDX-License-Identifier: MIT
#include "fuzz/targets.hpp"

#include <wslplugins/core/plugin_record.hpp>

#include <vector>

void wslplugins::fuzz::plugin_record(Bytes input) {
    const auto record = decode_plugin_record(input);
    if (!record) {
        require(record.error().code() == HResult::invalid_data,
                "a bad record is ERROR_INVALID_DATA");
        return;
    }
    require(as_text(input).starts_with("WSLPLUGR"), "a record begins with its magic");
    require(record->record_version != 0, "no record has version 0");
    std::vector<std::byte> padded(input.begin(), input.end());
    padded.resize(padded.size() + 512);
    require(decode_plugin_record(padded) == *record, "padding behind a record does not matter");
}
