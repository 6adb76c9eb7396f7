// SPDX-License-Identifier: MIT
#include "machine/survey_json.hpp"

#include <nlohmann/json.hpp>

namespace wslplugins::tool {
namespace {

/// Of each JSON form; it grows when a reader of the older form could go wrong.
constexpr int status_schema = 1;
constexpr int doctor_schema = 1;

}  // namespace

std::string signature_of(const SurveyedPlugin& plugin) {
    if (!plugin.is_plugin) {
        return "-";
    }
    if (!plugin.exists) {
        return "no file";
    }
    return plugin.untrusted ? as_wsl_prints(plugin.untrusted->code()) : "trusted";
}

std::string origin_of(const SurveyedPlugin& plugin) {
    if (!plugin.recorded) {
        return "others";
    }
    const std::string command = plugin.recorded->folder.empty() ? "register" : "install";
    return plugin.recorded->development ? command + " --dev" : command;
}

std::string status_json(const Survey& survey) {
    nlohmann::ordered_json plugins = nlohmann::ordered_json::array();
    for (const SurveyedPlugin& plugin : survey.plugins) {
        plugins.push_back({{"name", plugin.value.name},
                           {"state", state_of(plugin, survey)},
                           {"signature", signature_of(plugin)},
                           {"origin", origin_of(plugin)},
                           {"path", plugin.value.text}});
    }
    const nlohmann::ordered_json json{{"schema", status_schema},
                                      {"service", state_of_service(survey)},
                                      {"wsl_version",
                                       survey.wsl_version
                                           ? nlohmann::ordered_json(to_string(*survey.wsl_version))
                                           : nlohmann::ordered_json(nullptr)},
                                      {"plugins", plugins}};
    return json.dump() + '\n';
}

std::string doctor_json(const std::vector<Diagnosed>& found, const Survey& survey) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Diagnosed& diagnosed : found) {
        list.push_back({{"id", diagnosed.finding->id},
                        {"severity", findings::name_of(diagnosed.finding->severity)},
                        {"plugin", diagnosed.plugin},
                        {"detail", diagnosed.detail},
                        {"title", diagnosed.finding->title},
                        {"meaning", diagnosed.finding->meaning},
                        {"fix", diagnosed.finding->fix}});
    }
    return nlohmann::ordered_json{
               {"schema", doctor_schema}, {"service", state_of_service(survey)}, {"findings", list}}
               .dump() +
           '\n';
}

}  // namespace wslplugins::tool
