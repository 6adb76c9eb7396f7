// SPDX-License-Identifier: MIT
/// @file
/// What the tool's sources include besides the standard library.
#pragma once

#include "standard_library.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
