// SPDX-License-Identifier: MIT
/// @file
/// The functions of the API table that a plugin gets in a process of its own: each asks the service.
#pragma once

#include "testhost/plugins/version_tables.hpp"

namespace wslplugins::pluginhost {

[[nodiscard]] testhost::ApiFunctions api_proxies() noexcept;

}  // namespace wslplugins::pluginhost
