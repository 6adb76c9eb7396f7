// SPDX-License-Identifier: MIT
#include "fuzz/targets.hpp"

#include <wslplugins/core/text.hpp>

#include <cstring>

namespace wslplugins::fuzz {
namespace {

void from_utf8(std::string_view text) {
    const auto wide = to_utf16(text);
    const WideString lossy = to_utf16_lossy(text);
    if (wide) {
        require(to_utf8(*wide) == text, "UTF-8 comes back from UTF-16 unchanged");
        require(lossy == *wide, "nothing is lost from well-formed UTF-8");
    }
    require(to_utf8(lossy).has_value(), "what is patched is well-formed UTF-16");
    const bool has_nul = text.contains('\0');
    require(to_utf16_for_wsl(text).has_value() == (wide && !has_nul), "a NUL does not cross");
    require(bytes_for_wsl(text).has_value() == !has_nul, "a NUL does not cross as bytes");
}

void from_utf16(const WideString& wide) {
    const auto text = to_utf8(wide);
    const std::string lossy = to_utf8_lossy(wide);
    if (text) {
        require(to_utf16(*text) == wide, "UTF-16 comes back from UTF-8 unchanged");
        require(lossy == *text, "nothing is lost from well-formed UTF-16");
    }
    require(to_utf16(lossy).has_value(), "what is patched is well-formed UTF-8");
}

}  // namespace

void text(Bytes input) {
    from_utf8(as_text(input));
    WideString wide(input.size() / sizeof(abi::WCHAR), 0);
    if (!wide.empty()) {
        std::memcpy(wide.data(), input.data(), wide.size() * sizeof(abi::WCHAR));
    }
    from_utf16(wide);
}

}  // namespace wslplugins::fuzz
