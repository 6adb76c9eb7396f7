// SPDX-License-Identifier: MIT
/// @file
/// `CodeExplanation`: what a code means where WSL or its plugins meet it.
#pragma once

#include <wslplugins/core/hresult.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace wslplugins::findings {

/// Who meets a code.
enum class Place : std::uint8_t {
    Load,  ///< The user: a plugin could not be loaded, so no WSL 2 virtual machine starts.
    Hook,  ///< The user: a plugin's hook failed or refused.
    Call   ///< The plugin: WSL's answer to one of its calls.
};

/// "loading a plugin", "a plugin's hook", "a plugin's call of WSL".
[[nodiscard]] std::string_view name_of(Place place) noexcept;

/// One reason for which a code may have come.
struct Cause {
    std::string_view what;  ///< What is so.
    std::string_view fix;   ///< What to do about it.
};

/// Texts are English sentences, UTF-8, for the life of the program.
struct CodeExplanation {
    HResult code;                   ///< Which code.
    Place place;                    ///< Who meets it.
    std::string_view happened;      ///< What it means there.
    std::span<const Cause> causes;  ///< The likeliest first.
};

/// All of them.
[[nodiscard]] std::span<const CodeExplanation> all_code_explanations() noexcept;

/// Every explanation of that code, one a place; empty for a code that WSL and its plugins do not exchange.
[[nodiscard]] std::vector<CodeExplanation> explanations_of(HResult code);

/// The codes that a text names, each once, in the order of the text: as hexadecimal or decimal numbers of failures, or by
/// the names of codes that have an explanation; alone, in an error path, or in a whole message.
[[nodiscard]] std::vector<HResult> codes_in(std::string_view text);

}  // namespace wslplugins::findings
