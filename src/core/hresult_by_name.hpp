// SPDX-License-Identifier: MIT
/// @file
/// `hresult_named`: the way back from `name_of`.
#pragma once

#include <wslplugins/core/hresult.hpp>

namespace wslplugins {

/// The code whose name `name_of` gives; none where no code has it.
[[nodiscard]] std::optional<HResult> hresult_named(std::string_view name) noexcept;

}  // namespace wslplugins
