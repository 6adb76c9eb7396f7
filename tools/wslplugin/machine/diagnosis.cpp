// SPDX-License-Identifier: MIT
#include "machine/diagnosis.hpp"

#include "machine/image_diagnosis.hpp"
#include "machine/same_file.hpp"

#include "platform/paths.hpp"
#include "platform/protected_path.hpp"
#include "platform/registry.hpp"

#include <algorithm>
#include <filesystem>

namespace wslplugins::tool {
namespace {

namespace fs = std::filesystem;

constexpr char policies_key[] = "SOFTWARE\\Policies\\WSL";

class Diagnosis {
public:
    explicit Diagnosis(const Survey& survey) : survey_(survey) {}

    void look_at_plugins() {
        for (const SurveyedPlugin& plugin : survey_.plugins) {
            look_at_registration(plugin);
            if (!plugin.is_plugin) {
                continue;
            }
            if (plugin.exists) {
                look_at_file(plugin);
            } else {
                look_for_missing_file(plugin);
            }
        }
    }

    void look_at_computer() {
        look_at_service();
        look_at_record();
        look_at_bypass("AllowInboxWSL", "inbox-wsl-allowed");
        look_at_bypass("AllowWSL1", "wsl1-allowed");
        look_at_bypass("AllowDebugShell", "debug-shell-allowed");
    }

    [[nodiscard]] std::vector<Diagnosed> take() { return std::move(found_); }

private:
    void add(std::string_view id, std::string plugin, std::string detail) {
        found_.push_back({findings::find_finding(id), std::move(plugin), std::move(detail)});
    }

    void look_at_registration(const SurveyedPlugin& plugin) {
        const std::string& name = plugin.value.name;
        if (!plugin.is_plugin) {
            add("plugin-value-skipped", name, platform::registry_type_name(plugin.value.type));
            return;
        }
        for (const SurveyedPlugin& other : survey_.plugins) {
            if (&other == &plugin) {
                break;
            }
            if (other.is_plugin && same_file(other.value.text, plugin.value.text)) {
                add("plugin-registered-twice", name, "also as '" + other.value.name + "'");
            }
        }
        if (plugin.recorded && plugin.recorded->development) {
            add("plugin-for-development", name, plugin.value.text);
        }
        const std::string state = state_of(plugin, survey_);
        if (state == "waits for a reload") {
            add("plugin-waits-for-reload", name, plugin.value.text);
        } else if (state == "not loaded") {
            add("plugin-not-loaded", name, plugin.value.text);
        }
    }

    void look_at_file(const SurveyedPlugin& plugin) {
        const std::string& name = plugin.value.name;
        const std::string& path = plugin.value.text;
        for (Diagnosed& diagnosed : diagnose_image(plugin, survey_.wsl_version)) {
            found_.push_back(std::move(diagnosed));
        }
        if (plugin.untrusted) {
            add("plugin-not-trusted", name, plugin.untrusted->to_string());
        }
        const auto open = platform::find_open_to_others(path);
        if (open && *open) {
            add("plugin-open-to-others", name, **open);
        }
    }

    /// A build that cannot replace a DLL in use renames it, and may fail before it has made the new one.
    void look_for_missing_file(const SurveyedPlugin& plugin) {
        const fs::path path = platform::path_from_utf8(plugin.value.text);
        const std::string stem = platform::utf8_from_path(path.stem());
        std::error_code error;
        for (fs::directory_iterator entry(path.parent_path(), error), end; !error && entry != end;
             entry.increment(error)) {
            const std::string name = platform::utf8_from_path(entry->path().filename());
            if (name.size() > stem.size() && same_text(name.substr(0, stem.size()), stem)) {
                add("plugin-file-renamed", plugin.value.name, "there is '" + name + "'");
                return;
            }
        }
        add("plugin-file-missing", plugin.value.name, plugin.value.text);
    }

    void look_at_service() {
        if (!survey_.service) {
            add("wsl-service-missing", {}, {});
        } else if (survey_.service->process_id == 0) {
            add("wsl-service-stopped", {}, {});
        }
    }

    void look_at_record() {
        if (survey_.record.pending) {
            add("change-interrupted", {}, "'" + survey_.record.pending->name + "'");
        }
        if (survey_.record.service_is_stopped) {
            add("change-interrupted", {}, "the WSL service was to be started again");
        }
        for (const std::string& folder : survey_.record.leftovers) {
            add("files-left-over", {}, folder);
        }
        for (const RecordedPlugin& recorded : survey_.record.plugins) {
            const bool is_there =
                std::ranges::any_of(survey_.plugins, [&](const SurveyedPlugin& plugin) {
                    return plugin.recorded && same_text(plugin.value.name, recorded.name);
                });
            if (!is_there) {
                add("registration-changed-by-others", recorded.name, recorded.path);
            }
        }
    }

    /// As WSL reads its policies: all is allowed that is not a DWORD 0.
    void look_at_bypass(const char* policy, std::string_view id) {
        if (survey_.plugins.empty()) {
            return;  // nothing to get around
        }
        const auto value = platform::read_registry_value(policies_key, policy);
        constexpr std::uint32_t dword_type = 4;
        const bool is_forbidden = value && *value && (*value)->type == dword_type &&
                                  (*value)->data == std::vector<std::byte>(4);
        if (!is_forbidden) {
            add(id, {}, std::string("HKLM\\") + policies_key + ", " + policy);
        }
    }

    const Survey& survey_;
    std::vector<Diagnosed> found_;
};

}  // namespace

std::vector<Diagnosed> diagnose(const Survey& survey) {
    Diagnosis diagnosis(survey);
    diagnosis.look_at_plugins();
    diagnosis.look_at_computer();
    return diagnosis.take();
}

}  // namespace wslplugins::tool
