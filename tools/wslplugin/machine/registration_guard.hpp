// SPDX-License-Identifier: MIT
/// @file
/// What must be true of a plugin before it is registered: WSL runs it as the system.
#pragma once

#include "exit_code.hpp"

#include "platform/registry.hpp"

#include <optional>
#include <string>
#include <vector>

namespace wslplugins::tool {

/// Why something is not done, and what to do instead.
struct Refusal {
    ExitCode code;
    std::string sentence;
};

/// What is wrong with the words of the command line themselves.
[[nodiscard]] std::optional<Refusal> refusal_of_name(const std::string& name);
[[nodiscard]] std::optional<Refusal> refusal_of_path(const std::string& dll);

/// Whether another name has the same file, under whatever spelling.
[[nodiscard]] std::optional<Refusal>
refusal_of_twin(const std::vector<platform::RegistryValue>& values,
                const std::string& name,
                const std::string& dll);

/// Whether it is built for this computer's service.
[[nodiscard]] std::optional<Refusal> refusal_of_machine(const std::string& dll);

/// Whether Windows trusts its signature.
[[nodiscard]] std::optional<Refusal> refusal_of_signature(const std::string& dll);

/// Whether somebody who is no administrator could put another file in its place.
[[nodiscard]] std::optional<Refusal> refusal_of_place(const std::string& dll);

}  // namespace wslplugins::tool
