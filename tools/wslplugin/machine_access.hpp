// SPDX-License-Identifier: MIT
/// @file
/// What to say when the registry or the certificate store cannot be reached.
#pragma once

#include "context.hpp"

namespace wslplugins::tool {

/// Prints the error, and how to get further: the Windows build where this one has no such thing, an
/// administrator's rights where those lack.
[[nodiscard]] ExitCode fail_on_machine(const Context& context, const Error& error);

}  // namespace wslplugins::tool
