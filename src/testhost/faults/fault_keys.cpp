// SPDX-License-Identifier: MIT
#include "testhost/faults/fault_keys.hpp"

#include "core/hresult_by_name.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace wslplugins::testhost {
namespace {

using KeySet = std::uint32_t;

constexpr KeySet set_of(std::initializer_list<FaultKey> keys) noexcept {
    KeySet set = 0;
    for (const FaultKey key : keys) {
        set |= 1u << static_cast<unsigned>(key);
    }
    return set;
}

constexpr bool has(KeySet set, FaultKey key) noexcept {
    return (set & set_of({key})) != 0;
}

/// What belongs to a kind, and what it cannot do without.
struct KindRow {
    FaultKind kind;
    KeySet keys;
    KeySet required;
};

using enum FaultKey;

constexpr KeySet one_call = set_of({Call, Plugin, Nth});

constexpr std::array<KindRow, fault_kind_names.size()> kind_rows{{
    {FaultKind::Fail, one_call | set_of({Code}), set_of({Code})},
    {FaultKind::OutOfMemory, one_call, 0},
    {FaultKind::Slow, one_call | set_of({DelayMs}), set_of({DelayMs})},
    {FaultKind::ResetSocket, one_call | set_of({AfterBytes}), 0},
    {FaultKind::EndSocket, one_call | set_of({AfterBytes}), 0},
    {FaultKind::ByteByByte, one_call | set_of({DelayMs}), 0},
    {FaultKind::GuestDies, one_call | set_of({FaultKey::Hook, DelayMs}), 0},
    {FaultKind::RegistryDenies, set_of({Plugin, Code}), 0},
}};

const KindRow& row_of(FaultKind kind) noexcept {
    return kind_rows[static_cast<std::size_t>(kind)];
}

std::string in_quotes(std::string_view text) {
    return '\'' + std::string(text) + '\'';
}

/// `"a", "b", "c"`, for an error that says what there is.
template <class Names, class Project>
std::string list_of(const Names& names, const Project& project) {
    std::string list;
    for (const auto& name : names) {
        list += (list.empty() ? "" : ", ") + std::string(project(name));
    }
    return list;
}

std::string known_keys(const KindRow& row) {
    std::string list;
    for (std::size_t i = 0; i < fault_key_names.size(); ++i) {
        if (has(row.keys, static_cast<FaultKey>(i))) {
            list += (list.empty() ? "" : ", ") + std::string(fault_key_names[i]);
        }
    }
    return list;
}

std::unexpected<std::string> wrong(std::string sentence) {
    return std::unexpected(std::move(sentence));
}

/// The slot of that name, of the calls or of the hooks.
template <class Slots>
auto slot_named(const Slots& slots, std::string_view name, std::string_view what)
    -> std::expected<typename Slots::value_type, std::string> {
    using Slot = typename Slots::value_type;
    const auto found = std::ranges::find(slots, name, &Slot::name);
    if (found == slots.end()) {
        return wrong("there is no " + std::string(what) + ' ' + in_quotes(name) + "; there are " +
                     list_of(slots, [](const Slot& slot) { return slot.name; }));
    }
    return *found;
}

struct Range {
    std::int64_t least;
    std::int64_t greatest;
};

std::expected<std::int64_t, std::string> number_in(const std::string& text, const Range& range) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [last, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc() || last != end || number < range.least ||
        number > range.greatest) {
        return wrong(in_quotes(text) + " is not a number between " + std::to_string(range.least) +
                     " and " + std::to_string(range.greatest));
    }
    return number;
}

std::expected<HResult, std::string> code_of(const std::string& text) {
    if (const auto named = hresult_named(text)) {
        return *named;
    }
    constexpr std::string_view prefix = "0x";
    std::uint32_t bits = 0;
    const char* const end = text.data() + text.size();
    if (text.starts_with(prefix) && text.size() > prefix.size()) {
        const auto [last, error] = std::from_chars(text.data() + prefix.size(), end, bits, 16);
        if (error == std::errc() && last == end) {
            return HResult::from_bits(bits);
        }
    }
    return wrong(in_quotes(text) + " is not a code: give its name, such as E_ACCESSDENIED, or its "
                                   "hexadecimal digits, such as 0x80070005");
}

/// Stores what a value came to, or says why it came to nothing.
template <class T, class Store>
std::string store(const std::expected<T, std::string>& value, const Store& keep) {
    if (value) {
        keep(*value);
    }
    return value ? std::string() : value.error();
}

/// @return what is wrong with the value; empty where nothing is.
std::string set_field(Fault& fault, FaultKey key, const std::string& value) {
    switch (key) {
        case Call:
            return store(slot_named(api_slots, value, "call"),
                         [&](const ApiSlot& slot) { fault.call = slot.call; });
        case FaultKey::Hook:
            return store(slot_named(hook_slots, value, "hook"),
                         [&](const HookSlot& slot) { fault.hook = slot.hook; });
        case Plugin: fault.plugin = value; return value.empty() ? "a plugin has a name" : "";
        case Nth:
            return store(number_in(value, {1, greatest_nth}), [&](std::int64_t number) {
                fault.nth = static_cast<std::uint32_t>(number);
            });
        case Code: return store(code_of(value), [&](HResult code) { fault.code = code; });
        case DelayMs:
            return store(number_in(value, {0, longest_delay_ms}), [&](std::int64_t number) {
                fault.delay = std::chrono::milliseconds(number);
            });
        case AfterBytes:
            return store(number_in(value, {0, greatest_byte_count}), [&](std::int64_t number) {
                fault.after_bytes = static_cast<std::uint64_t>(number);
            });
    }
    return {};
}

std::string code_text(HResult code) {
    const auto name = wslplugins::name_of(code);
    return name ? std::string(*name) : to_string(code);
}

bool names_a_session(ApiCall call) noexcept {
    using enum ApiCall;
    return call != PluginError && call < WSLCProcessGetFd;
}

bool gives_a_socket(ApiCall call) noexcept {
    using enum ApiCall;
    return call == ExecuteBinary || call == ExecuteBinaryInDistribution || call == WSLCProcessGetFd;
}

}  // namespace

bool is_number(const FaultField& field) noexcept {
    const auto name = std::ranges::find(fault_key_names, field.key);
    const auto key = static_cast<FaultKey>(name - fault_key_names.begin());
    return key == Nth || key == DelayMs || key == AfterBytes;
}

bool can_happen_to(FaultKind kind, ApiCall call) noexcept {
    switch (kind) {
        case FaultKind::Fail:
        case FaultKind::OutOfMemory: return call != ApiCall::WSLCReleaseProcess;
        case FaultKind::Slow: return true;
        case FaultKind::ResetSocket:
        case FaultKind::EndSocket:
        case FaultKind::ByteByByte: return gives_a_socket(call);
        case FaultKind::GuestDies: return names_a_session(call);
        case FaultKind::RegistryDenies: return false;
    }
    return false;
}

std::string why_impossible(const Fault& fault) {
    if (static_cast<std::size_t>(fault.kind) >= kind_rows.size()) {
        return "there is no such kind of fault";
    }
    const std::string kind = in_quotes(name_of(fault.kind));
    if (fault.call && !can_happen_to(fault.kind, *fault.call)) {
        return kind + " cannot happen to " + std::string(slot_of(*fault.call).name);
    }
    if (fault.hook && fault.kind != FaultKind::GuestDies) {
        return kind + " happens to calls, not to hooks";
    }
    if (fault.kind == FaultKind::GuestDies && fault.call.has_value() == fault.hook.has_value()) {
        return kind + " needs either a call or a hook at which it happens";
    }
    if (has(row_of(fault.kind).keys, Code) && fault.code.is_success()) {
        return kind + " needs the code of a failure, not " + to_string(fault.code);
    }
    return fault.delay.count() < 0 ? "a delay is not negative" : "";
}

std::string_view name_of(FaultKind kind) noexcept {
    return fault_kind_names[static_cast<std::size_t>(kind)];
}

std::expected<Fault, BadFaultField> make_fault(std::string_view kind,
                                               std::span<const FaultField> fields) {
    const auto bad = [](std::size_t field, bool is_in_value, std::string sentence) {
        return std::unexpected(BadFaultField{field, is_in_value, std::move(sentence)});
    };
    const auto named = std::ranges::find(fault_kind_names, kind);
    if (named == fault_kind_names.end()) {
        return bad(BadFaultField::kind,
                   true,
                   "there is no fault " + in_quotes(kind) + "; there are " +
                       list_of(fault_kind_names, std::identity()));
    }
    const KindRow& row = kind_rows[static_cast<std::size_t>(named - fault_kind_names.begin())];
    Fault fault{.kind = row.kind};
    if (row.kind == FaultKind::RegistryDenies) {
        fault.code = HResult::access_denied;
    }
    KeySet given = 0;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto name = std::ranges::find(fault_key_names, fields[i].key);
        const auto key = static_cast<FaultKey>(name - fault_key_names.begin());
        if (name == fault_key_names.end() || !has(row.keys, key)) {
            return bad(i,
                       false,
                       in_quotes(kind) + " has no key " + in_quotes(fields[i].key) +
                           "; there are " + known_keys(row));
        }
        if (has(given, key)) {
            return bad(i, false, in_quotes(fields[i].key) + " is given twice");
        }
        given |= set_of({key});
        if (std::string sentence = set_field(fault, key, fields[i].value); !sentence.empty()) {
            return bad(i, true, std::move(sentence));
        }
    }
    for (std::size_t i = 0; i < fault_key_names.size(); ++i) {
        if (has(row.required & ~given, static_cast<FaultKey>(i))) {
            return bad(BadFaultField::kind,
                       false,
                       in_quotes(kind) + " needs the key " + in_quotes(fault_key_names[i]));
        }
    }
    if (std::string sentence = why_impossible(fault); !sentence.empty()) {
        return bad(BadFaultField::kind, false, std::move(sentence));
    }
    return fault;
}

std::vector<FaultField> fields_of(const Fault& fault) {
    const KeySet keys = row_of(fault.kind).keys;
    const KeySet required = row_of(fault.kind).required;
    std::vector<FaultField> fields;
    const auto add = [&](FaultKey key, bool is_set, std::string value) {
        if (has(keys, key) && (is_set || has(required, key))) {
            fields.push_back(
                {std::string(fault_key_names[static_cast<std::size_t>(key)]), std::move(value)});
        }
    };
    add(Call, fault.call.has_value(), fault.call ? std::string(slot_of(*fault.call).name) : "");
    add(FaultKey::Hook,
        fault.hook.has_value(),
        fault.hook ? std::string(slot_of(*fault.hook).name) : "");
    add(Plugin, !fault.plugin.empty(), fault.plugin);
    add(Nth, fault.nth != 0, std::to_string(fault.nth));
    add(Code, true, code_text(fault.code));
    add(DelayMs, fault.delay.count() != 0, std::to_string(fault.delay.count()));
    add(AfterBytes, fault.after_bytes != 0, std::to_string(fault.after_bytes));
    return fields;
}

}  // namespace wslplugins::testhost
