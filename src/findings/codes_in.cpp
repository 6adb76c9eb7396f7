// SPDX-License-Identifier: MIT
#include <wslplugins/findings/code_explanation.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace wslplugins::findings {
namespace {

constexpr std::string_view between_words = " \t\r\n/\\'\"`.,;:()[]{}<>=";

/// The whole word as a number; none where it is no number, or none of 32 bits.
template <class Number>
std::optional<Number> number_of(std::string_view word, int base) {
    Number number{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number, base);
    const bool is_whole = error == std::errc() && end == word.data() + word.size();
    return is_whole && !word.empty() ? std::optional(number) : std::nullopt;
}

std::optional<HResult> code_of_number(std::string_view word) {
    if (word.starts_with("0x") || word.starts_with("0X")) {
        const auto bits = number_of<std::uint32_t>(word.substr(2), 16);
        return bits ? std::optional(HResult::from_bits(*bits)) : std::nullopt;
    }
    if (const auto number = number_of<std::int32_t>(word, 10)) {
        return HResult(*number);
    }
    const auto bits = number_of<std::uint32_t>(word, 10);
    return bits ? std::optional(HResult::from_bits(*bits)) : std::nullopt;
}

std::optional<HResult> code_of_name(std::string_view word) {
    for (const CodeExplanation& explanation : all_code_explanations()) {
        if (name_of(explanation.code) == word) {
            return explanation.code;
        }
    }
    return std::nullopt;
}

}  // namespace

std::vector<HResult> codes_in(std::string_view text) {
    std::vector<HResult> codes;
    while (!text.empty()) {
        const std::size_t length = std::min(text.find_first_of(between_words), text.size());
        const std::string_view word = text.substr(0, length);
        text.remove_prefix(std::min(length + 1, text.size()));
        auto code = code_of_number(word);
        if (!code) {
            code = code_of_name(word);
        }
        // Other numbers of a message are years, counts, or an exit code such as -1.
        const bool is_failure = code && code->is_failure() && code->bits() < 0xF0000000u;
        if (is_failure && std::ranges::find(codes, *code) == codes.end()) {
            codes.push_back(*code);
        }
    }
    return codes;
}

}  // namespace wslplugins::findings
