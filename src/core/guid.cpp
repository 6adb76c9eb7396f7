// SPDX-License-Identifier: MIT
#include <wslplugins/core/guid.hpp>

namespace wslplugins {

std::string to_string(const Guid& guid) {
    constexpr char alphabet[] = "0123456789abcdef";
    std::string text = "{";
    for (std::size_t i = 0; i < guid.bytes().size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            text += '-';
        }
        text += alphabet[guid.bytes()[i] >> 4];
        text += alphabet[guid.bytes()[i] & 0xFu];
    }
    text += '}';
    return text;
}

}  // namespace wslplugins
