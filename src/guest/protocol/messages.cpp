// SPDX-License-Identifier: MIT
#include "guest/protocol/messages.hpp"

#include <utility>

namespace wslplugins::guest::protocol {
namespace {

// One pair of functions a message; the kind of a request is its place in the variant.

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

/// A flag is 0 or 1, so that every message has one spelling.
bool get_flag(Reader& reader) {
    const std::uint8_t value = reader.u8();
    if (value > 1) {
        reader.refuse();
    }
    return value == 1;
}

void put(Writer& writer, const std::optional<Guid>& distribution) {
    writer.u8(distribution ? 1 : 0);
    if (distribution) {
        put(writer, *distribution);
    }
}

void get(Reader& reader, std::optional<Guid>& distribution) {
    if (get_flag(reader)) {
        get(reader, distribution.emplace());
    }
}

void put(Writer& writer, const MountFolder& request) {
    writer.text(request.source);
    writer.text(request.target);
    writer.u8(request.read_only ? 1 : 0);
    put(writer, request.distribution);
}

void get(Reader& reader, MountFolder& request) {
    request.source = reader.text();
    request.target = reader.text();
    request.read_only = get_flag(reader);
    get(reader, request.distribution);
}

void put(Writer& writer, const StartDistribution& request) {
    put(writer, request.id);
    writer.text(request.root);
    writer.u8(request.keeps_changes ? 1 : 0);
}

void get(Reader& reader, StartDistribution& request) {
    get(reader, request.id);
    request.root = reader.text();
    request.keeps_changes = get_flag(reader);
}

void put(Writer& writer, const StopDistribution& request) {
    put(writer, request.id);
}

void get(Reader& reader, StopDistribution& request) {
    get(reader, request.id);
}

void put(Writer&, const TakeKernelLog&) {}

void get(Reader&, TakeKernelLog&) {}

void put(Writer& writer, const UnmountFolder& request) {
    writer.text(request.target);
}

void get(Reader& reader, UnmountFolder& request) {
    request.target = reader.text();
}

void put(Writer& writer, const SignalProgram& request) {
    writer.u64(request.program);
    writer.u32(request.signal);
}

void get(Reader& reader, SignalProgram& request) {
    request.program = reader.u64();
    request.signal = reader.u32();
}

void put(Writer& writer, const std::vector<std::string>& texts) {
    writer.u32(static_cast<std::uint32_t>(texts.size()));
    for (const std::string& text : texts) {
        writer.text(text);
    }
}

void get(Reader& reader, std::vector<std::string>& texts) {
    const std::uint32_t count = reader.count(length_size);
    for (std::uint32_t i = 0; i < count; ++i) {
        texts.push_back(reader.text());
    }
}

void put(Writer& writer, const Execute& request) {
    put(writer, request.distribution);
    writer.text(request.path);
    put(writer, request.arguments);
}

void get(Reader& reader, Execute& request) {
    get(reader, request.distribution);
    request.path = reader.text();
    get(reader, request.arguments);
}

void put(Writer&, const OfferStream&) {}

void get(Reader&, OfferStream&) {}

void put(Writer& writer, const StartProcess& request) {
    put(writer, request.distribution);
    writer.text(request.path);
    put(writer, request.arguments);
    put(writer, request.environment);
    writer.text(request.folder);
    for (const std::uint64_t stream : request.streams) {
        writer.u64(stream);
    }
}

void get(Reader& reader, StartProcess& request) {
    get(reader, request.distribution);
    request.path = reader.text();
    get(reader, request.arguments);
    get(reader, request.environment);
    request.folder = reader.text();
    for (std::uint64_t& stream : request.streams) {
        stream = reader.u64();
    }
}

void put(Writer& writer, const Wait& request) {
    writer.u64(request.program);
}

void get(Reader& reader, Wait& request) {
    request.program = reader.u64();
}

void put(Writer&, const Done&) {}

void get(Reader&, Done&) {}

void put(Writer& writer, const Welcome& reply) {
    writer.u32(reply.port);
}

void get(Reader& reader, Welcome& reply) {
    const std::uint32_t port = reader.u32();
    if (port > 0xFFFF) {
        reader.refuse();
    }
    reply.port = static_cast<std::uint16_t>(port);
}

void put(Writer& writer, const DistributionStarted& reply) {
    writer.u64(reply.pid_namespace);
    writer.u32(reply.init_pid);
    writer.text(reply.flavor);
    writer.text(reply.version);
}

void get(Reader& reader, DistributionStarted& reply) {
    reply.pid_namespace = reader.u64();
    reply.init_pid = reader.u32();
    reply.flavor = reader.text();
    reply.version = reader.text();
}

void put(Writer& writer, const StreamOffered& reply) {
    writer.u64(reply.stream);
}

void get(Reader& reader, StreamOffered& reply) {
    reply.stream = reader.u64();
}

void put(Writer& writer, const ProgramStarted& reply) {
    writer.u64(reply.program);
}

void get(Reader& reader, ProgramStarted& reply) {
    reply.program = reader.u64();
}

void put(Writer& writer, const ProgramEnded& reply) {
    writer.u32(reply.exit_code);
}

void get(Reader& reader, ProgramEnded& reply) {
    reply.exit_code = reader.u32();
}

void put(Writer& writer, const KernelLog& reply) {
    writer.text(reply.text);
}

void get(Reader& reader, KernelLog& reply) {
    reply.text = reader.text();
}

template <class Variant>
void put_variant(Writer& writer, const Variant& variant) {
    writer.u8(static_cast<std::uint8_t>(variant.index()));
    std::visit([&writer](const auto& request) { put(writer, request); }, variant);
}

template <class Variant, std::size_t... indices>
Variant variant_at(std::size_t index, std::index_sequence<indices...>) {
    Variant variant;
    (void)((index == indices ? (variant.template emplace<indices>(), true) : false) || ...);
    return variant;
}

template <class Variant>
void get_variant(Reader& reader, Variant& variant) {
    constexpr std::size_t kinds = std::variant_size_v<Variant>;
    const std::uint8_t kind = reader.u8();
    if (kind >= kinds) {
        reader.refuse();
        return;
    }
    variant = variant_at<Variant>(kind, std::make_index_sequence<kinds>());
    std::visit([&reader](auto& request) { get(reader, request); }, variant);
}

template <class T>
std::optional<T> if_complete(const Reader& reader, T message) {
    return reader.is_complete() ? std::optional<T>(std::move(message)) : std::nullopt;
}

}  // namespace

Bytes encode(const Hello& hello) {
    Writer writer;
    writer.u32(hello.version);
    writer.raw(hello.secret);
    return writer.take();
}

std::optional<Hello> decode_hello(std::span<const std::byte> message) {
    Reader reader(message);
    Hello hello;
    hello.version = reader.u32();
    reader.raw(hello.secret);
    return if_complete(reader, hello);
}

Bytes encode(const ControlRequest& request) {
    Writer writer;
    put_variant(writer, request);
    return writer.take();
}

std::optional<ControlRequest> decode_control(std::span<const std::byte> message) {
    Reader reader(message);
    ControlRequest request;
    get_variant(reader, request);
    return if_complete(reader, std::move(request));
}

Bytes encode(const Visit& visit) {
    Writer writer;
    writer.raw(visit.secret);
    put_variant(writer, visit.request);
    return writer.take();
}

std::optional<Visit> decode_visit(std::span<const std::byte> message) {
    Reader reader(message);
    Visit visit;
    reader.raw(visit.secret);
    get_variant(reader, visit.request);
    return if_complete(reader, std::move(visit));
}

template <class T>
Bytes encode(const Reply<T>& reply) {
    Writer writer;
    if (reply) {
        writer.u8(0);
        put(writer, *reply);
    } else {
        writer.u8(std::to_underlying(reply.error().kind));
        writer.u32(reply.error().error);
        writer.text(reply.error().text);
    }
    return writer.take();
}

template <class T>
std::optional<Reply<T>> decode_reply(std::span<const std::byte> message) {
    Reader reader(message);
    const std::uint8_t kind = reader.u8();
    if (kind == 0) {
        T value;
        get(reader, value);
        return if_complete<Reply<T>>(reader, std::move(value));
    }
    if (kind > std::to_underlying(FailureKind::DistributionNotRunning)) {
        return std::nullopt;
    }
    Failure failure{.kind = FailureKind{kind}, .error = reader.u32(), .text = reader.text()};
    return if_complete<Reply<T>>(reader, std::unexpected(std::move(failure)));
}

template Bytes encode(const Reply<Done>&);
template Bytes encode(const Reply<Welcome>&);
template Bytes encode(const Reply<DistributionStarted>&);
template Bytes encode(const Reply<StreamOffered>&);
template Bytes encode(const Reply<ProgramStarted>&);
template Bytes encode(const Reply<ProgramEnded>&);
template Bytes encode(const Reply<KernelLog>&);
template std::optional<Reply<Done>> decode_reply(std::span<const std::byte>);
template std::optional<Reply<Welcome>> decode_reply(std::span<const std::byte>);
template std::optional<Reply<DistributionStarted>> decode_reply(std::span<const std::byte>);
template std::optional<Reply<StreamOffered>> decode_reply(std::span<const std::byte>);
template std::optional<Reply<ProgramStarted>> decode_reply(std::span<const std::byte>);
template std::optional<Reply<ProgramEnded>> decode_reply(std::span<const std::byte>);
template std::optional<Reply<KernelLog>> decode_reply(std::span<const std::byte>);

}  // namespace wslplugins::guest::protocol
