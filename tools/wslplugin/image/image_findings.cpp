// SPDX-License-Identifier: MIT
#include "image/c_runtime.hpp"
#include "image/facts.hpp"

#include <algorithm>
#include <iterator>

namespace wslplugins::tool {
namespace {

using Findings = std::vector<ImageFinding>;

void add(Findings& found, std::string_view id, std::string detail = {}) {
    found.push_back({findings::find_finding(id), std::move(detail)});
}

Findings worst_first(const Findings& found) {
    using enum findings::Severity;
    Findings sorted;
    for (const findings::Severity severity : {Error, Warning, Note}) {
        std::ranges::copy_if(
            found, std::back_inserter(sorted), [severity](const ImageFinding& each) {
                return each.finding->severity == severity;
            });
    }
    return sorted;
}

void look_at_headers(Findings& found, const Headers& headers) {
    if (!headers.has(ImageFlag::Dll)) {
        add(found, "not-a-dll", "It is a Windows program.");
    }
    if (headers.machine != machine_x64 && headers.machine != machine_arm64) {
        add(found, "architecture-unsupported", "It is for " + machine_name(headers.machine) + '.');
    }
    const bool can_move =
        headers.has(DllFlag::DynamicBase) && !headers.has(ImageFlag::RelocationsStripped);
    if (!can_move) {
        add(found, "aslr-missing");
    } else if (headers.is_64_bit && !headers.has(DllFlag::HighEntropy)) {
        add(found, "high-entropy-missing");
    }
    if (!headers.has(DllFlag::NxCompatible)) {
        add(found, "dep-missing");
    }
    if (!headers.has(DllFlag::GuardCf)) {
        add(found, "cfg-missing");
    }
    if (headers.has(DllFlag::ForceIntegrity)) {
        add(found, "force-integrity-set");
    }
    for (const Section& section : headers.sections) {
        if (section.is_writable() && section.is_executable()) {
            add(found, "section-writable-and-executable", "It is '" + section.name + "'.");
        }
    }
}

void look_at_exports(Findings& found, const ExportFacts& exports) {
    if (exports.has_entry_point) {
        return;
    }
    if (exports.decorated_entry_point) {
        add(found, "entry-point-decorated", "It is '" + *exports.decorated_entry_point + "'.");
    } else if (exports.misspelt_entry_point) {
        add(found, "entry-point-misspelt", "It is '" + *exports.misspelt_entry_point + "'.");
    } else {
        add(found, "entry-point-missing");
    }
}

void look_at_library(Findings& found, const NeededLibrary& library) {
    const std::string name = "It is '" + library.name + "'.";
    const CRuntime* const runtime = runtime_of_library(comparable_library_name(library.name));
    if (runtime != nullptr && runtime->origin == RuntimeOrigin::Developers) {
        add(found, "runtime-not-in-windows", name);
    } else if (runtime != nullptr && runtime->origin == RuntimeOrigin::Redistributed) {
        add(found, "runtime-needs-installing", name);
    } else if (library.presence == Presence::NotKnown) {
        add(found, "import-not-known", name);
    }
    if (library.presence == Presence::Missing) {
        add(found, library.is_delayed ? "import-missing-later" : "import-missing", name);
    } else if (library.missing_function) {
        add(found,
            "import-function-missing",
            "It is '" + *library.missing_function + "' of '" + library.name + "'.");
    }
}

void look_at_signature(Findings& found, const ImageFacts& facts) {
    if (facts.has_unread_signature) {
        add(found, "signature-unreadable");
        return;
    }
    if (!facts.signature) {
        add(found, "not-signed");
        return;
    }
    const std::string& digest = facts.signature->digest_algorithm;
    if (digest == "MD5" || digest == "SHA1") {
        add(found, "signature-digest-weak", "It is " + digest + '.');
    }
    if (facts.signature->time_stamp.empty()) {
        add(found,
            "signature-not-time-stamped",
            "The certificate ends at " + facts.signature->chain.front().not_after + '.');
    }
}

}  // namespace

std::vector<std::string_view> c_runtimes(const ImageFacts& facts) {
    std::vector<std::string_view> names;
    for (const NeededLibrary& library : facts.libraries) {
        const CRuntime* const runtime = runtime_of_library(comparable_library_name(library.name));
        if (runtime != nullptr && std::ranges::find(names, runtime->name) == names.end()) {
            names.push_back(runtime->name);
        }
    }
    if (names.empty()) {
        names.emplace_back("static or none");
    }
    return names;
}

std::vector<ImageFinding> findings_about(const ImageFacts& facts) {
    Findings found;
    for (const std::string& damage : facts.damage) {
        add(found, "image-damaged", "Of it, " + damage + '.');
    }
    look_at_headers(found, facts.headers);
    look_at_exports(found, facts.exports);
    for (const NeededLibrary& library : facts.libraries) {
        look_at_library(found, library);
    }
    look_at_signature(found, facts);
    if (!facts.version) {
        add(found, "version-resource-missing");
    }
    return worst_first(found);
}

ImageFinding no_image_finding(std::string reason) {
    return {findings::find_finding("not-a-dll"), std::move(reason)};
}

}  // namespace wslplugins::tool
