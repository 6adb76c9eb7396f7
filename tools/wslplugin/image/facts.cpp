// SPDX-License-Identifier: MIT
#include "image/facts.hpp"

#include "image/exports.hpp"
#include "image/imports.hpp"
#include "image/misspelling.hpp"

#include <wslplugins/abi/hooks_v1.hpp>

#include <algorithm>
#include <unordered_set>

namespace wslplugins::tool {
namespace {

constexpr std::string_view entry_point = abi::entry_point_name;

/// What a library in the system folder exports.
struct LibraryExports {
    std::unordered_set<std::string> names;
    std::unordered_set<std::uint32_t> ordinals;
};

/// None where there is no such file here, or it says nothing: Wine has files that only stand for its libraries.
std::optional<LibraryExports> system_library_exports(const std::string& library) {
    const std::optional<std::filesystem::path> file = system_library_file(library);
    if (!file) {
        return std::nullopt;
    }
    FileBytes bytes(*file);
    const WinResult<Image> image = Image::open(bytes);
    LibraryExports exports;
    const auto keep = [&exports](const Export& each) {
        exports.ordinals.insert(each.ordinal);
        if (each.name) {
            exports.names.insert(*each.name);
        }
    };
    if (!image || !read_exports(*image, keep) || exports.ordinals.empty()) {
        return std::nullopt;
    }
    return exports;
}

class FactsReader {
public:
    explicit FactsReader(const Image& image) : image_(image) { facts_.headers = image.headers(); }

    ImageFacts read() {
        note(read_exports(image_, [this](const Export& each) { take(each); }));
        note(read_imports(image_,
                          {[this](const ImportedLibrary& each) { take(each); },
                           [this](const ImportedFunction& each) { take(each); }}));
        if (auto version = read_version_resource(image_); note(version)) {
            facts_.version = std::move(*version);
        }
        auto signature = read_signature(image_);
        facts_.has_unread_signature = !note(signature);
        if (signature) {
            facts_.signature = std::move(*signature);
        }
        read_record();
        return std::move(facts_);
    }

private:
    template <class Result>
    bool note(const Result& result) {
        if (!result) {
            facts_.damage.push_back(result.error().text());
        }
        return result.has_value();
    }

    void take(const Export& found) {
        ++facts_.exports.count;
        if (found.name == entry_point) {
            facts_.exports.has_entry_point = true;
        } else if (found.name && found.name->contains(entry_point)) {
            facts_.exports.decorated_entry_point = found.name;
        } else if (found.name && is_misspelling(*found.name, entry_point)) {
            facts_.exports.misspelt_entry_point = found.name;
        }
    }

    void take(const ImportedLibrary& found) {
        facts_.libraries.push_back({.name = found.name,
                                    .is_delayed = found.is_delayed,
                                    .functions = 0,
                                    .presence = presence_of_library(found.name),
                                    .missing_function = std::nullopt});
        exports_ = system_library_exports(found.name);
    }

    void take(const ImportedFunction& found) {
        NeededLibrary& library = facts_.libraries.back();
        ++library.functions;
        if (!exports_ || library.missing_function) {
            return;
        }
        if (found.name && !exports_->names.contains(*found.name)) {
            library.missing_function = found.name;
        } else if (!found.name && !exports_->ordinals.contains(found.ordinal)) {
            library.missing_function = "#" + std::to_string(found.ordinal);
        }
    }

    void read_record() {
        const Section* const section = image_.section(plugin_record_section);
        if (section == nullptr) {
            return;
        }
        // Later versions of the record may be longer; nothing of theirs is shown.
        constexpr std::uint32_t most_bytes = 4096;
        const std::uint32_t size = section->virtual_size == 0
                                       ? section->raw_size
                                       : (std::min)(section->virtual_size, section->raw_size);
        std::vector<std::byte> bytes((std::min)(size, most_bytes));
        if (!image_.read(section->address, bytes)) {
            facts_.damage.emplace_back("the section " + section->name +
                                       " lies outside of the file");
            return;
        }
        if (auto record = decode_plugin_record(bytes); note(record)) {
            facts_.record = *record;
        }
    }

    const Image& image_;
    ImageFacts facts_;
    std::optional<LibraryExports> exports_;  ///< Of the library whose functions come now.
};

}  // namespace

ImageFacts read_facts(const Image& image) {
    return FactsReader(image).read();
}

}  // namespace wslplugins::tool
