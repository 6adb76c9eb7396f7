// SPDX-License-Identifier: MIT
#include "inspect_json.hpp"

#include "shown_hooks.hpp"
#include "signature_json.hpp"

#include "image/exports.hpp"
#include "image/imports.hpp"
#include "testhost/journal/journal_text.hpp"

#include <nlohmann/json.hpp>

namespace wslplugins::tool {
namespace {

using Json = nlohmann::ordered_json;

/// Of the JSON form; it grows when a reader of the older form could go wrong.
constexpr int inspect_schema = 1;

std::string utf8(const std::string& text) {
    return testhost::is_utf8(text) ? text : testhost::escape_bytes(text);
}

Json utf8_or_null(const std::optional<std::string>& text) {
    return text ? Json(utf8(*text)) : Json(nullptr);
}

Json json_of(const Section& section) {
    return {{"name", utf8(section.name)},
            {"address", section.address},
            {"virtual_size", section.virtual_size},
            {"raw_offset", section.raw_offset},
            {"raw_size", section.raw_size},
            {"readable", section.is_readable()},
            {"writable", section.is_writable()},
            {"executable", section.is_executable()}};
}

Json json_of(const std::optional<VersionResource>& version) {
    if (!version) {
        return nullptr;
    }
    Json strings = Json::object();
    for (const auto& [key, text] : version->strings) {
        strings[key] = text;
    }
    return {{"file_version", version->file_version},
            {"product_version", version->product_version},
            {"strings", strings}};
}

Json json_of(const std::optional<PluginRecord>& record) {
    if (!record) {
        return nullptr;
    }
    return {{"record_version", record->record_version},
            {"framework", to_string(record->framework)},
            {"required_wsl", to_string(record->required_wsl)},
            {"hooks", shown_hooks(*record)}};
}

Json hardening(const Headers& headers) {
    return {
        {"aslr", headers.has(DllFlag::DynamicBase) && !headers.has(ImageFlag::RelocationsStripped)},
        {"high_entropy", headers.has(DllFlag::HighEntropy)},
        {"dep", headers.has(DllFlag::NxCompatible)},
        {"cfg", headers.has(DllFlag::GuardCf)},
        {"force_integrity", headers.has(DllFlag::ForceIntegrity)}};
}

/// All but the lists of functions.
Json json_of(const ImageFacts& facts) {
    const Headers& headers = facts.headers;
    Json sections = Json::array();
    for (const Section& section : headers.sections) {
        sections.push_back(json_of(section));
    }
    return {{"architecture", machine_name(headers.machine)},
            {"machine", headers.machine},
            {"kind", headers.has(ImageFlag::Dll) ? "dll" : "program"},
            {"characteristics", headers.characteristics},
            {"dll_characteristics", headers.dll_characteristics},
            {"subsystem", headers.subsystem},
            {"link_time", headers.link_time},
            {"image_size", headers.image_size},
            {"hardening", hardening(headers)},
            {"sections", sections},
            {"c_runtimes", c_runtimes(facts)},
            {"version", json_of(facts.version)},
            {"record", json_of(facts.record)},
            {"signature", json_of(facts.signature)},
            {"has_entry_point", facts.exports.has_entry_point}};
}

/// Writes commas between the elements of an array.
class Separator {
public:
    explicit Separator(std::ostream& output) : output_(output) {}

    std::ostream& next() {
        output_ << (is_first_ ? "" : ",");
        is_first_ = false;
        return output_;
    }

private:
    std::ostream& output_;
    bool is_first_ = true;
};

void print_exports(const Image& image, std::ostream& output) {
    Separator separator(output);
    // What is damaged is a finding already.
    (void)read_exports(image, [&separator](const Export& each) {
        separator.next() << Json{{"ordinal", each.ordinal},
                                 {"name", utf8_or_null(each.name)},
                                 {"forwarder", utf8_or_null(each.forwarder)}}
                                .dump();
    });
}

void print_imports(const Inspected& inspected, std::ostream& output) {
    Separator libraries(output);
    std::optional<Separator> functions;
    auto facts = inspected.facts->libraries.begin();
    const auto print_library = [&](const ImportedLibrary&) {
        output << (functions ? "]}" : "");
        const std::string head = Json{{"library", utf8(facts->name)},
                                      {"delayed", facts->is_delayed},
                                      {"presence", name_of(facts->presence)},
                                      {"missing_function", utf8_or_null(facts->missing_function)}}
                                     .dump();
        libraries.next() << std::string_view(head).substr(0, head.size() - 1) << ",\"functions\":[";
        functions.emplace(output);
        ++facts;
    };
    const auto print_function = [&](const ImportedFunction& each) {
        functions->next() << (each.name ? Json{{"name", utf8(*each.name)}}
                                        : Json{{"ordinal", each.ordinal}})
                                 .dump();
    };
    (void)read_imports(*inspected.image, {print_library, print_function});
    output << (functions ? "]}" : "");
}

Json json_of(const std::vector<ImageFinding>& findings) {
    Json array = Json::array();
    for (const ImageFinding& each : findings) {
        array.push_back({{"id", each.finding->id},
                         {"severity", name_of(each.finding->severity)},
                         {"title", each.finding->title},
                         {"detail", utf8(each.detail)},
                         {"meaning", each.finding->meaning},
                         {"fix", each.finding->fix}});
    }
    return array;
}

}  // namespace

void print_inspect_json(const Inspected& inspected, std::ostream& output) {
    output << "{\"schema\":" << inspect_schema << ",\"file\":" << Json(utf8(inspected.name)).dump()
           << ",\"size\":" << inspected.size << ",\"image\":";
    if (inspected.image == nullptr) {
        output << "null";
    } else {
        const std::string facts = json_of(*inspected.facts).dump();
        output << std::string_view(facts).substr(0, facts.size() - 1) << ",\"exports\":[";
        print_exports(*inspected.image, output);
        output << "],\"imports\":[";
        print_imports(inspected, output);
        output << "]}";
    }
    output << ",\"findings\":" << json_of(inspected.findings).dump() << "}\n";
}

}  // namespace wslplugins::tool
