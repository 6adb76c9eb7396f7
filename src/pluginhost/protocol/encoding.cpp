// SPDX-License-Identifier: MIT
#include "pluginhost/protocol/calls.hpp"

#include <algorithm>
#include <utility>

namespace wslplugins::pluginhost::protocol {
namespace {

using guest::protocol::Reader;
using guest::protocol::Writer;

template <class Message>
concept HasMembers = requires(Message& message) { Message::members(message); };

// One pair of functions a kind of value. They are found while the templates below are used, so the declarations
// stand first.

template <HasMembers Message>
void put(Writer& writer, const Message& message);
template <HasMembers Message>
void get(Reader& reader, Message& message);

void put(Writer& writer, std::uint32_t value) {
    writer.u32(value);
}

void get(Reader& reader, std::uint32_t& value) {
    value = reader.u32();
}

void put(Writer& writer, std::uint64_t value) {
    writer.u64(value);
}

void get(Reader& reader, std::uint64_t& value) {
    value = reader.u64();
}

/// A flag is 0 or 1, so that every message has one spelling.
bool get_flag(Reader& reader) {
    const std::uint8_t value = reader.u8();
    if (value > 1) {
        reader.refuse();
    }
    return value == 1;
}

void put(Writer& writer, bool value) {
    writer.u8(value ? 1 : 0);
}

void get(Reader& reader, bool& value) {
    value = get_flag(reader);
}

void put(Writer& writer, Hook hook) {
    writer.u8(static_cast<std::uint8_t>(hook));
}

void get(Reader& reader, Hook& hook) {
    const std::uint8_t place = reader.u8();
    if (place >= hook_slots.size()) {
        reader.refuse();
        return;
    }
    hook = static_cast<Hook>(place);
}

void put(Writer& writer, const std::string& text) {
    writer.text(text);
}

void get(Reader& reader, std::string& text) {
    text = reader.text();
}

void put(Writer& writer, const WideString& text) {
    writer.u32(static_cast<std::uint32_t>(text.size()));
    for (const abi::WCHAR unit : text) {
        writer.u8(static_cast<std::uint8_t>(unit & 0xFFu));
        writer.u8(static_cast<std::uint8_t>(unit >> 8));
    }
}

void get(Reader& reader, WideString& text) {
    text.resize(reader.count(sizeof(abi::WCHAR)));
    for (abi::WCHAR& unit : text) {
        const unsigned low = reader.u8();
        unit = static_cast<abi::WCHAR>(low | static_cast<unsigned>(reader.u8()) << 8);
    }
}

void put(Writer& writer, const Bytes& bytes) {
    writer.u32(static_cast<std::uint32_t>(bytes.size()));
    writer.raw(bytes);
}

void get(Reader& reader, Bytes& bytes) {
    bytes.resize(reader.count(1));
    reader.raw(bytes);
}

void put(Writer& writer, const Guid& id) {
    writer.raw(std::as_bytes(std::span(id.bytes())));
}

void get(Reader& reader, Guid& id) {
    std::array<std::byte, 16> bytes{};
    reader.raw(bytes);
    const auto at = [&bytes](std::size_t i) { return std::to_integer<std::uint32_t>(bytes[i]); };
    abi::GUID raw{};
    raw.Data1 = (at(0) << 24) | (at(1) << 16) | (at(2) << 8) | at(3);
    raw.Data2 = static_cast<std::uint16_t>((at(4) << 8) | at(5));
    raw.Data3 = static_cast<std::uint16_t>((at(6) << 8) | at(7));
    for (std::size_t i = 0; i < 8; ++i) {
        raw.Data4[i] = static_cast<std::uint8_t>(at(8 + i));
    }
    id = Guid(raw);
}

void put(Writer& writer, const std::vector<std::string>& list) {
    writer.u32(static_cast<std::uint32_t>(list.size()));
    for (const std::string& text : list) {
        writer.text(text);
    }
}

void get(Reader& reader, std::vector<std::string>& list) {
    const std::uint32_t count = reader.count(guest::protocol::length_size);
    for (std::uint32_t i = 0; i < count; ++i) {
        list.push_back(reader.text());
    }
}

template <class Value>
void put(Writer& writer, const std::optional<Value>& value) {
    put(writer, value.has_value());
    if (value) {
        put(writer, *value);
    }
}

template <class Value>
void get(Reader& reader, std::optional<Value>& value) {
    if (get_flag(reader)) {
        get(reader, value.emplace());
    }
}

/// The kind of a message is its place in the variant.
template <class... Kinds>
void put(Writer& writer, const std::variant<Kinds...>& variant) {
    writer.u8(static_cast<std::uint8_t>(variant.index()));
    std::visit([&writer](const auto& value) { put(writer, value); }, variant);
}

template <class... Kinds>
void get(Reader& reader, std::variant<Kinds...>& variant) {
    const std::uint8_t kind = reader.u8();
    if (kind >= sizeof...(Kinds)) {
        reader.refuse();
        return;
    }
    std::size_t place = 0;
    (void)((place++ == kind ? (get(reader, variant.template emplace<Kinds>()), true) : false) ||
           ...);
}

template <HasMembers Message>
void put(Writer& writer, const Message& message) {
    std::apply([&writer](const auto&... member) { (put(writer, member), ...); },
               Message::members(message));
}

template <HasMembers Message>
void get(Reader& reader, Message& message) {
    std::apply([&reader](auto&... member) { (get(reader, member), ...); },
               Message::members(message));
}

template <class Variant>
Bytes encoded(const Variant& message) {
    Writer writer;
    put(writer, message);
    return writer.take();
}

template <class Variant>
std::optional<Variant> decoded(std::span<const std::byte> bytes) {
    Reader reader(bytes);
    Variant message;
    get(reader, message);
    return reader.is_complete() ? std::optional<Variant>(std::move(message)) : std::nullopt;
}

}  // namespace

Bytes encode(const ToProcess& message) {
    return encoded(message);
}

Bytes encode(const ToService& message) {
    return encoded(message);
}

std::optional<ToProcess> decode_to_process(std::span<const std::byte> bytes) {
    return decoded<ToProcess>(bytes);
}

std::optional<ToService> decode_to_service(std::span<const std::byte> bytes) {
    return decoded<ToService>(bytes);
}

}  // namespace wslplugins::pluginhost::protocol
