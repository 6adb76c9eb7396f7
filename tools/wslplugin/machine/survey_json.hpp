// SPDX-License-Identifier: MIT
/// @file
/// What `status --json` and `doctor --json` print, and a support archive holds. docs/tool.md describes it.
#pragma once

#include "machine/diagnosis.hpp"

#include <string>

namespace wslplugins::tool {

/// `trusted`, the code of WSL's signature check, `no file`, or `-` for a value that is no plugin.
[[nodiscard]] std::string signature_of(const SurveyedPlugin& plugin);

/// By what it was registered: `install` or `register`, with ` --dev` where that was given, or `others`.
[[nodiscard]] std::string origin_of(const SurveyedPlugin& plugin);

/// One object on one line, as for all of them.
[[nodiscard]] std::string status_json(const Survey& survey);

[[nodiscard]] std::string doctor_json(const std::vector<Diagnosed>& found, const Survey& survey);

}  // namespace wslplugins::tool
