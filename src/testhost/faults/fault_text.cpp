// SPDX-License-Identifier: MIT
// A fault's short form: `kind:key=value,key=value`. A backslash takes the next character as it is.
#include "testhost/faults/fault_keys.hpp"

#include <wslplugins/core/text.hpp>

#include <algorithm>
#include <utility>

namespace wslplugins::testhost {
namespace {

/// Where a part began, in bytes.
struct FieldPlace {
    std::size_t key = 0;
    std::size_t value = 0;
};

struct SplitFault {
    std::string kind;
    std::vector<FaultField> fields;
    std::vector<FieldPlace> places;
};

/// Bytes that go on with a character count with it.
std::size_t character_at(std::string_view text, std::size_t byte) {
    const auto before = text.substr(0, byte);
    return 1 + static_cast<std::size_t>(std::ranges::count_if(before, [](char c) {
               return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
           }));
}

std::unexpected<Error> bad_text(std::string_view text, std::size_t byte, std::string sentence) {
    return failure(HResult::invalid_data,
                   "character " + std::to_string(character_at(text, byte)) + ": " +
                       std::move(sentence));
}

/// Takes a value: what stands before the next comma.
std::string take_value(std::string_view text, std::size_t& byte) {
    std::string taken;
    for (; byte < text.size() && text[byte] != ','; ++byte) {
        if (text[byte] == '\\' && byte + 1 < text.size()) {
            ++byte;
        }
        taken.push_back(text[byte]);
    }
    return taken;
}

WinResult<SplitFault> split(std::string_view text) {
    SplitFault all;
    std::size_t byte = (std::min)(text.find(':'), text.size());
    all.kind = text.substr(0, byte);
    while (byte < text.size()) {
        const std::size_t key = byte + 1;  // behind the colon or the comma
        const std::size_t equals = text.find('=', key);
        const std::string_view name = text.substr(key, equals - key);
        if (equals == std::string_view::npos || name.empty() || name.contains(',')) {
            return bad_text(text, key, "a key, '=' and a value are to come, such as 'nth=2'");
        }
        byte = equals + 1;
        all.places.push_back({key, byte});
        all.fields.push_back({std::string(name), take_value(text, byte)});
    }
    return all;
}

}  // namespace

WinResult<Fault> parse_fault(std::string_view text) {
    if (!to_utf16(text) || text.contains('\0')) {
        return bad_text({}, 0, "the text is not valid UTF-8, or has a NUL in it");
    }
    const auto parts = split(text);
    if (!parts) {
        return propagate(parts.error());
    }
    auto fault = make_fault(parts->kind, parts->fields);
    if (fault) {
        return std::move(*fault);
    }
    const BadFaultField& bad = fault.error();
    std::size_t byte = 0;
    if (bad.field != BadFaultField::kind) {
        const FieldPlace& place = parts->places[bad.field];
        byte = bad.is_in_value ? place.value : place.key;
    }
    return bad_text(text, byte, bad.sentence);
}

std::string to_string(const Fault& fault) {
    std::string text(name_of(fault.kind));
    char separator = ':';
    for (const FaultField& field : fields_of(fault)) {
        text += std::exchange(separator, ',') + field.key + '=';
        for (const char c : field.value) {
            text.append(c == ',' || c == '\\' ? "\\" : "").push_back(c);
        }
    }
    return text;
}

}  // namespace wslplugins::testhost
