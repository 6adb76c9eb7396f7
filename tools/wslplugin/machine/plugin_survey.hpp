// SPDX-License-Identifier: MIT
/// @file
/// What is registered, what of it the service has loaded, and what this tool knows of it. Changes nothing.
#pragma once

#include "machine/machine_record.hpp"

#include "platform/registry.hpp"
#include "platform/service_manager.hpp"

#include <wslplugins/core/version.hpp>

#include <optional>
#include <string>
#include <vector>

namespace wslplugins::tool {

struct SurveyedPlugin {
    platform::RegistryValue value;
    std::optional<RecordedPlugin> recorded;  ///< Where the value is the one that this tool wrote.
    bool is_plugin = false;                  ///< WSL takes the value for a plugin.
    bool exists = false;
    std::optional<Error> untrusted;  ///< Why WSL's signature check fails; none where it does not.
    std::optional<bool> is_loaded;   ///< By the service that runs now; none where that is unknown.
    bool is_newer_than_service = false;  ///< Registered by this tool after the service had started.
};

struct Survey {
    MachineRecord record;
    std::optional<platform::ServiceStatus> service;  ///< None: WSL's service is not installed.
    std::optional<Version> wsl_version;
    std::vector<SurveyedPlugin> plugins;  ///< In the registry's order.
};

[[nodiscard]] WinResult<Survey> survey_plugins();

/// Whether the service has it: `loaded`, `not loaded`, `waits for a reload`, `skipped by WSL`, or `unknown`.
[[nodiscard]] std::string state_of(const SurveyedPlugin& plugin, const Survey& survey);

/// `running`, `stopped`, …, or `not installed`.
[[nodiscard]] std::string state_of_service(const Survey& survey);

}  // namespace wslplugins::tool
