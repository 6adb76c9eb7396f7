// SPDX-License-Identifier: MIT
/// @file
/// `ImageFacts`: what a DLL's file says of it, without its long lists; and what of that is wrong.
#pragma once

#include "image/embedded_signature.hpp"
#include "image/system_library.hpp"
#include "image/version_resource.hpp"

#include <wslplugins/core/plugin_record.hpp>
#include <wslplugins/findings/finding.hpp>

namespace wslplugins::tool {

struct NeededLibrary {
    std::string name;
    bool is_delayed = false;
    std::uint32_t functions = 0;
    Presence presence = Presence::NotKnown;
    /// The first function that this machine's library of that name does not have.
    std::optional<std::string> missing_function;
};

struct ExportFacts {
    std::uint32_t count = 0;
    bool has_entry_point = false;
    /// A name that is not the entry point's and holds it: decorated by a compiler.
    std::optional<std::string> decorated_entry_point;
    /// A name that is a few letters, or their case, away from the entry point's.
    std::optional<std::string> misspelt_entry_point;
};

struct ImageFacts {
    Headers headers;
    ExportFacts exports;
    std::vector<NeededLibrary> libraries;
    std::optional<VersionResource> version;
    std::optional<PluginRecord> record;
    std::optional<EmbeddedSignature> signature;
    std::vector<std::string> damage;    ///< Sentences without an end: tables that cannot be read.
    bool has_unread_signature = false;  ///< `damage` says why.
};

[[nodiscard]] ImageFacts read_facts(const Image& image);

/// "UCRT", "msvcrt", "VC runtime", "VC runtime (debug)" or "MinGW runtime", by the libraries that are needed; several
/// where it needs several, and "static or none" without one of them.
[[nodiscard]] std::vector<std::string_view> c_runtimes(const ImageFacts& facts);

/// A finding of the one table, and what of this DLL it is about; empty where the finding says it all.
struct ImageFinding {
    const findings::Finding* finding = nullptr;
    std::string detail;
};

/// The worst first.
[[nodiscard]] std::vector<ImageFinding> findings_about(const ImageFacts& facts);

/// The one finding about a file that is no DLL or program at all, with the reason.
[[nodiscard]] ImageFinding no_image_finding(std::string reason);

}  // namespace wslplugins::tool
