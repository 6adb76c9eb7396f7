// SPDX-License-Identifier: MIT
/// @file
/// A signature as JSON, which `inspect` and `verify` share.
#pragma once

#include "image/embedded_signature.hpp"

#include <nlohmann/json_fwd.hpp>

namespace wslplugins::tool {

/// null for none.
[[nodiscard]] nlohmann::ordered_json json_of(const std::optional<EmbeddedSignature>& signature);

}  // namespace wslplugins::tool
