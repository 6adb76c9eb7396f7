// SPDX-License-Identifier: MIT
// The structures are those of RFC 2315 (PKCS #7), RFC 5280, RFC 3161 and Microsoft's description of Authenticode.
#include "image/embedded_signature.hpp"

#include "image/der.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace wslplugins::tool {
namespace {

constexpr std::uint16_t signed_data_type = 2;
constexpr std::uint32_t largest_signature = 16 * 1024 * 1024;
constexpr std::size_t most_certificates = 64;

constexpr std::string_view signed_data = "1.2.840.113549.1.7.2";
constexpr std::string_view indirect_data = "1.3.6.1.4.1.311.2.1.4";
constexpr std::string_view signing_time = "1.2.840.113549.1.9.5";
constexpr std::string_view countersignature = "1.2.840.113549.1.9.6";
constexpr std::string_view time_stamp_token = "1.3.6.1.4.1.311.3.3.1";

std::unexpected<Error> damaged(const std::string& why) {
    return failure(HResult::invalid_data, "the signature is damaged: " + why);
}

std::string digest_name(const std::string& identifier) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> names{
        {{"1.2.840.113549.2.5", "MD5"},
         {"1.3.14.3.2.26", "SHA1"},
         {"2.16.840.1.101.3.4.2.1", "SHA256"},
         {"2.16.840.1.101.3.4.2.2", "SHA384"},
         {"2.16.840.1.101.3.4.2.3", "SHA512"}}};
    const auto found =
        std::ranges::find(names, identifier, [](const auto& each) { return each.first; });
    return found == names.end() ? identifier : std::string(found->second);
}

/// A certificate, with the encoded names that link it to its issuer.
struct ReadCertificate {
    SigningCertificate shown;
    Bytes subject;
    Bytes issuer;
    Bytes serial;
};

bool equal(Bytes left, Bytes right) noexcept {
    return std::ranges::equal(left, right);
}

ReadCertificate read_certificate(const DerValue& certificate) {
    DerReader outer(certificate);
    DerReader fields(outer.take(DerTag::Sequence));
    fields.take(DerTag::Context0);  // the version
    const DerValue serial = fields.take(DerTag::Integer);
    fields.take(DerTag::Sequence);  // the algorithm of its signature
    const DerValue issuer = fields.take(DerTag::Sequence);
    DerReader validity(fields.take(DerTag::Sequence));
    const DerValue not_before = validity.take();
    const DerValue not_after = validity.take();
    const DerValue subject = fields.take(DerTag::Sequence);
    return {{distinguished_name(subject),
             distinguished_name(issuer),
             hexadecimal(serial.content),
             time_text(not_before),
             time_text(not_after)},
            subject.whole,
            issuer.whole,
            serial.content};
}

std::vector<ReadCertificate> read_certificates(const DerValue& list) {
    std::vector<ReadCertificate> certificates;
    for (DerReader reader(list); !reader.is_at_end() && certificates.size() < most_certificates;) {
        if (const DerValue certificate = reader.take(); certificate.is(DerTag::Sequence)) {
            certificates.push_back(read_certificate(certificate));
        }
    }
    return certificates;
}

/// What a list of attributes has under an identifier: the first value.
DerValue attribute(const DerValue& attributes, std::string_view identifier) {
    for (DerReader list(attributes); !list.is_at_end();) {
        DerReader each(list.take());
        if (object_identifier(each.take()) == identifier) {
            return DerReader(each.take(DerTag::Set)).take();
        }
    }
    return {};
}

/// The parts of one signature (SignerInfo) that are shown.
struct Signer {
    Bytes issuer;
    Bytes serial;
    DerValue signed_attributes;
    DerValue other_attributes;
};

Signer read_signer(const DerValue& value) {
    DerReader fields(value);
    fields.take(DerTag::Integer);  // the version
    DerReader issuer_and_serial(fields.take(DerTag::Sequence));
    const DerValue issuer = issuer_and_serial.take(DerTag::Sequence);
    const DerValue serial = issuer_and_serial.take(DerTag::Integer);
    fields.take(DerTag::Sequence);  // the algorithm of its digest
    const DerValue signed_attributes = fields.take(DerTag::Context0);
    fields.take(DerTag::Sequence);  // the algorithm of the signature
    fields.take(DerTag::OctetString);
    return {issuer.whole, serial.content, signed_attributes, fields.take(DerTag::Context1)};
}

/// The fields of a SignedData that are shown.
struct SignedData {
    std::string content_type;
    DerValue content;
    DerValue certificates;
    DerValue signer;
};

SignedData read_signed_data(const DerValue& content_info) {
    DerReader outer(content_info);
    if (object_identifier(outer.take(DerTag::ObjectIdentifier)) != signed_data) {
        return {};
    }
    DerReader wrapped(outer.take(DerTag::Context0));
    DerReader fields(wrapped.take(DerTag::Sequence));
    fields.take(DerTag::Integer);  // the version
    fields.take(DerTag::Set);      // the algorithms of its digests
    DerReader content(fields.take(DerTag::Sequence));
    SignedData found;
    found.content_type = object_identifier(content.take(DerTag::ObjectIdentifier));
    found.content = DerReader(content.take(DerTag::Context0)).take();
    found.certificates = fields.take(DerTag::Context0);
    fields.take(DerTag::Context1);  // revocation lists
    found.signer = DerReader(fields.take(DerTag::Set)).take();
    return found;
}

/// When an authority of RFC 3161 saw the signature; empty where the token does not say so.
std::string token_time(const DerValue& token) {
    const DerValue content = read_signed_data(token).content;
    DerReader wrapped(content.is(DerTag::OctetString) ? content.content : Bytes{});
    DerReader fields(wrapped.take(DerTag::Sequence));
    fields.take(DerTag::Integer);           // the version
    fields.take(DerTag::ObjectIdentifier);  // the policy
    fields.take(DerTag::Sequence);          // what was stamped
    fields.take(DerTag::Integer);           // its number
    return time_text(fields.take());
}

void take_time_stamp(EmbeddedSignature& signature, const DerValue& attributes) {
    signature.time_stamp = token_time(attribute(attributes, time_stamp_token));
    signature.time_stamp_kind = signature.time_stamp.empty() ? "" : "RFC 3161";
    if (signature.time_stamp.empty()) {
        const Signer authority = read_signer(attribute(attributes, countersignature));
        signature.time_stamp = time_text(attribute(authority.signed_attributes, signing_time));
        signature.time_stamp_kind = signature.time_stamp.empty() ? "" : "Authenticode";
    }
}

/// Each certificate once, so that issuers in a circle end.
void take_chain(EmbeddedSignature& signature,
                std::vector<ReadCertificate> certificates,
                const Signer& signer) {
    auto next = std::ranges::find_if(certificates, [&signer](const ReadCertificate& each) {
        return equal(each.issuer, signer.issuer) && equal(each.serial, signer.serial);
    });
    while (next != certificates.end()) {
        const ReadCertificate taken = *next;
        certificates.erase(next);
        signature.chain.push_back(taken.shown);
        const bool is_root = equal(taken.subject, taken.issuer);
        next = std::ranges::find_if(certificates, [&taken, is_root](const ReadCertificate& each) {
            return !is_root && equal(each.subject, taken.issuer);
        });
    }
}

WinResult<std::optional<EmbeddedSignature>> parse(Bytes bytes) {
    const SignedData data = read_signed_data(DerReader(bytes).take());
    if (data.content_type != indirect_data) {
        return damaged("it is no Authenticode signature of a file");
    }
    DerReader content(data.content);
    content.take(DerTag::Sequence);  // what kind of file is signed
    DerReader digest(content.take(DerTag::Sequence));
    DerReader algorithm(digest.take(DerTag::Sequence));
    EmbeddedSignature signature;
    signature.digest_algorithm = digest_name(object_identifier(algorithm.take()));
    signature.digest = hexadecimal(digest.take(DerTag::OctetString).content);
    const Signer signer = read_signer(data.signer);
    take_chain(signature, read_certificates(data.certificates), signer);
    take_time_stamp(signature, signer.other_attributes);
    if (signature.digest.empty()) {
        return damaged("it has no digest of the file");
    }
    if (signature.chain.empty()) {
        return damaged("its signer's certificate does not come with it");
    }
    return signature;
}

}  // namespace

WinResult<std::optional<EmbeddedSignature>> read_signature(const Image& image) {
    const Directory& table = image.headers().directory(Table::Certificate);
    if (table.address == 0 || table.size == 0) {
        return std::nullopt;
    }
    constexpr std::uint32_t header_size = 8;
    for (std::uint64_t at = 0; at + header_size <= table.size;) {
        std::array<std::byte, header_size> header{};
        if (!image.file().read(table.address + at, header)) {
            return damaged("its table lies outside of the file");
        }
        const auto length = number_at<std::uint32_t>(header, 0);
        if (length < header_size || length > table.size - at || length > largest_signature) {
            return damaged(
                fmt::format("an entry of its table has {} of {} bytes", length, table.size));
        }
        if (number_at<std::uint16_t>(header, 6) == signed_data_type) {
            if (length - header_size > image.file().size()) {
                return damaged("it lies outside of the file");
            }
            std::vector<std::byte> bytes(length - header_size);
            return image.file().read(table.address + at + header_size, bytes)
                       ? parse(bytes)
                       : damaged("it lies outside of the file");
        }
        at += (length + 7) / 8 * 8;
    }
    return damaged("its table has no entry of its kind");
}

}  // namespace wslplugins::tool
