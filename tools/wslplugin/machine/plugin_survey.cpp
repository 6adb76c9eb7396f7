// SPDX-License-Identifier: MIT
#include "machine/plugin_survey.hpp"

#include "machine/record_keeper.hpp"
#include "machine/same_file.hpp"
#include "machine/wsl_service.hpp"

#include "platform/paths.hpp"
#include "platform/signature.hpp"

#include <wslplugins/testhost/plugin_registration.hpp>

#include <algorithm>

namespace wslplugins::tool {
namespace {

/// Where WSL's installer notes the version. Source: the installer's description in WSL's public repository.
constexpr char installer_key[] = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Lxss\\MSI";

/// The fourth number of a WSL release is no part of what plugins see.
std::optional<Version> installed_version() {
    const auto value = platform::read_registry_value(installer_key, "Version");
    if (!value || !*value) {
        return std::nullopt;
    }
    std::string_view text = (*value)->text;
    if (std::ranges::count(text, '.') == 3) {
        text = text.substr(0, text.rfind('.'));
    }
    const WinResult<Version> version = Version::parse(text);
    return version ? std::optional(*version) : std::nullopt;
}

std::optional<RecordedPlugin> recorded_for(const MachineRecord& record,
                                           const platform::RegistryValue& value) {
    const RecordedPlugin* const found = find_plugin(record, value.name);
    return found != nullptr && found->value == RegistryData{value.type, value.data}
               ? std::optional(*found)
               : std::nullopt;
}

/// None where the service does not run, or only an administrator may look into it.
std::optional<std::vector<std::string>>
modules_of(const std::optional<platform::ServiceStatus>& service) {
    if (!service || service->process_id == 0) {
        return std::nullopt;
    }
    auto modules = platform::loaded_modules(service->process_id);
    return modules ? std::optional(std::move(*modules)) : std::nullopt;
}

SurveyedPlugin survey_one(const platform::RegistryValue& value, const Survey& survey) {
    SurveyedPlugin plugin{.value = value,
                          .recorded = recorded_for(survey.record, value),
                          .is_plugin = value.type == platform::registry_string_type,
                          .exists = false,
                          .untrusted = std::nullopt,
                          .is_loaded = std::nullopt,
                          .is_newer_than_service = false};
    if (!plugin.is_plugin) {
        return plugin;
    }
    std::error_code error;
    plugin.exists = std::filesystem::is_regular_file(platform::path_from_utf8(value.text), error);
    if (plugin.exists) {
        if (const auto verified = platform::verify_signature(value.text); !verified) {
            plugin.untrusted = verified.error();
        }
    }
    plugin.is_newer_than_service = plugin.recorded && survey.service && survey.service->started &&
                                   plugin.recorded->registered > *survey.service->started;
    return plugin;
}

}  // namespace

WinResult<Survey> survey_plugins() {
    auto values = platform::read_registry_values(testhost::plugins_key);
    if (!values) {
        return propagate(values.error());
    }
    auto record = read_machine_record();
    if (!record) {
        return propagate(record.error());
    }
    auto service = platform::query_service(wsl_service_name);
    if (!service) {
        return propagate(service.error());
    }
    Survey survey{.record = std::move(*record),
                  .service = *service,
                  .wsl_version = installed_version(),
                  .plugins = {}};
    const auto modules = modules_of(survey.service);
    for (const platform::RegistryValue& value : *values) {
        SurveyedPlugin plugin = survey_one(value, survey);
        if (modules && plugin.is_plugin) {
            plugin.is_loaded = std::ranges::any_of(
                *modules, [&](const std::string& module) { return same_file(module, value.text); });
        }
        survey.plugins.push_back(std::move(plugin));
    }
    return survey;
}

std::string state_of(const SurveyedPlugin& plugin, const Survey& survey) {
    if (!plugin.is_plugin) {
        return "skipped by WSL";
    }
    if (plugin.is_loaded.value_or(false)) {
        return "loaded";
    }
    const bool runs = survey.service && survey.service->process_id != 0;
    if (!runs || plugin.is_newer_than_service) {
        return "waits for a reload";
    }
    return plugin.is_loaded ? "not loaded" : "unknown";
}

std::string state_of_service(const Survey& survey) {
    if (!survey.service) {
        return "not installed";
    }
    switch (survey.service->state) {
        case platform::ServiceState::Stopped: return "stopped";
        case platform::ServiceState::Starting: return "starting";
        case platform::ServiceState::Running: return "running";
        case platform::ServiceState::Stopping: return "stopping";
        case platform::ServiceState::Paused: return "paused";
    }
    return "unknown";
}

}  // namespace wslplugins::tool
