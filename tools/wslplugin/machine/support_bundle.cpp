// SPDX-License-Identifier: MIT
#include "machine/support_bundle.hpp"

#include "inspect_json.hpp"
#include "machine/survey_json.hpp"
#include "zip_archive.hpp"

#include "platform/machine_architecture.hpp"
#include "platform/paths.hpp"
#include "platform/registry.hpp"

#include <nlohmann/json.hpp>

#include <sstream>

namespace wslplugins::tool {
namespace {

using Json = nlohmann::ordered_json;

/// Of `versions.json`; it grows when a reader of the older form could go wrong.
constexpr int versions_schema = 1;

constexpr char windows_key[] = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";

constexpr char read_me[] =
    "A support archive of 'wslplugin doctor --bundle'.\n"
    "\n"
    "doctor.json    what is wrong, as 'wslplugin doctor --json' prints it\n"
    "status.json    what is registered, as 'wslplugin status --json' prints it\n"
    "versions.json  of this tool, WSL and Windows\n"
    "record.json    what this tool has changed on the computer\n"
    "plugins/N.json the N-th registered plugin, as 'wslplugin inspect --json' prints it\n"
    "\n"
    "The names of users and computers, home folders and security identifiers are replaced by\n"
    "<user>, <computer>, <home> and <sid>. There are no environment variables, keys or\n"
    "certificates in here, but what a plugin's DLL says of itself, such as who signed it.\n"
    "Look into the files before you pass them on.\n";

void redact(Json& value, const Redaction& redaction) {
    if (value.is_string()) {
        value = redaction(value.get<std::string>());
    } else if (value.is_structured()) {
        for (auto& each : value) {
            redact(each, redaction);
        }
    }
}

/// Bytes may be a text in another spelling.
void leave_out_bytes(Json& value) {
    if (!value.is_structured()) {
        return;
    }
    for (const char* const name : {"data", "der"}) {
        const auto bytes = value.is_object() ? value.find(name) : value.end();
        if (bytes != value.end() && bytes->is_string()) {
            const std::size_t count = bytes->get_ref<const std::string&>().size() / 2;
            *bytes = "<" + std::to_string(count) + " bytes>";
        }
    }
    for (auto& each : value) {
        leave_out_bytes(each);
    }
}

Json parsed(const std::string& json) {
    return Json::parse(json, nullptr, false);
}

Json windows_value(const char* name) {
    const auto value = platform::read_registry_value(windows_key, name);
    return value && *value ? Json((*value)->text) : Json(nullptr);
}

Json versions(const Survey& survey) {
    return {{"schema", versions_schema},
            {"tool", WSLPLUGINS_TOOL_VERSION},
            {"wsl", survey.wsl_version ? Json(to_string(*survey.wsl_version)) : Json(nullptr)},
            {"windows", windows_value("ProductName")},
            {"windows_build", windows_value("CurrentBuildNumber")},
            {"wine", platform::is_wine()},
            {"processor", machine_name(platform::native_machine())}};
}

/// Null where the file cannot be read.
Json inspected(const std::string& path) {
    FileBytes bytes(platform::path_from_utf8(path));
    if (!bytes.opened()) {
        return nullptr;
    }
    Inspected inspected{
        .name = path, .size = bytes.size(), .image = nullptr, .facts = nullptr, .findings = {}};
    const WinResult<Image> image = Image::open(bytes);
    ImageFacts facts;
    if (image) {
        facts = read_facts(*image);
        inspected.image = &*image;
        inspected.facts = &facts;
        inspected.findings = findings_about(facts);
    } else {
        inspected.findings = {no_image_finding(image.error().text())};
    }
    std::ostringstream text;
    print_inspect_json(inspected, text);
    return parsed(text.str());
}

}  // namespace

std::string support_bundle(const std::vector<Diagnosed>& found,
                           const Survey& survey,
                           const Redaction& redaction) {
    ZipArchive archive;
    const auto add = [&](const std::string& name, Json json) {
        leave_out_bytes(json);
        redact(json, redaction);
        constexpr int indent = 2;
        archive.add(name, json.dump(indent, ' ', false, Json::error_handler_t::replace) + '\n');
    };
    archive.add("README.txt", read_me);
    add("doctor.json", parsed(doctor_json(found, survey)));
    add("status.json", parsed(status_json(survey)));
    add("versions.json", versions(survey));
    add("record.json", parsed(to_json(survey.record)));
    for (std::size_t i = 0; i < survey.plugins.size(); ++i) {
        if (survey.plugins[i].is_plugin) {
            add("plugins/" + std::to_string(i + 1) + ".json",
                inspected(survey.plugins[i].value.text));
        }
    }
    return archive.bytes();
}

}  // namespace wslplugins::tool
