// SPDX-License-Identifier: MIT
/// @file
/// Reads DER, the encoding of certificates and signatures, of which it takes the part that signatures of DLLs use:
/// tags of one byte, and lengths that are said beforehand.
#pragma once

#include "image/byte_source.hpp"

#include <optional>
#include <string>

namespace wslplugins::tool {

enum class DerTag : std::uint8_t {
    Integer = 0x02,
    OctetString = 0x04,
    ObjectIdentifier = 0x06,
    Utf8String = 0x0C,
    Latin1String = 0x14,
    UtcTime = 0x17,
    GeneralizedTime = 0x18,
    WideString = 0x1E,
    Sequence = 0x30,
    Set = 0x31,
    Context0 = 0xA0,
    Context1 = 0xA1
};

/// One value; its bytes are those that the reader was given.
struct DerValue {
    std::uint8_t tag = 0;
    Bytes content;
    Bytes whole;  ///< With tag and length.

    [[nodiscard]] bool is(DerTag wanted) const noexcept {
        return tag == static_cast<std::uint8_t>(wanted);
    }
};

/// Takes one value after the other. What is not there is an empty value that holds nothing, so that a path into a
/// structure can be written down in one go and be checked at its end.
class DerReader {
public:
    explicit DerReader(Bytes bytes) noexcept : rest_(bytes) {}
    explicit DerReader(const DerValue& outer) noexcept : rest_(outer.content) {}

    /// The next value; an empty one, and the reader is at its end, where there is none or it is cut.
    DerValue take() noexcept;

    /// The next value if it has that tag; else an empty one, and the reader stays.
    DerValue take(DerTag tag) noexcept;

    [[nodiscard]] bool is_at_end() const noexcept { return rest_.empty(); }

private:
    Bytes rest_;
};

/// "1.2.840.113549.1.7.2"; empty for what is no object identifier.
[[nodiscard]] std::string object_identifier(const DerValue& value);

/// As hexadecimal digits, upper-case.
[[nodiscard]] std::string hexadecimal(Bytes bytes);

/// "CN=Somebody, O=Some Company", in the order of the certificate, UTF-8.
[[nodiscard]] std::string distinguished_name(const DerValue& name);

/// "2026-01-31T12:00:00Z"; empty for what is no time.
[[nodiscard]] std::string time_text(const DerValue& time);

}  // namespace wslplugins::tool
