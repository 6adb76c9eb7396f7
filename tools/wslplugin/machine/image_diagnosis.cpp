// SPDX-License-Identifier: MIT
#include "machine/image_diagnosis.hpp"

#include "image/facts.hpp"
#include "testhost/journal/journal_text.hpp"

#include "platform/machine_architecture.hpp"
#include "platform/paths.hpp"

#include <algorithm>
#include <array>

namespace wslplugins::tool {
namespace {

/// What `doctor` says in its own way, by what this computer answers.
constexpr std::array<std::string_view, 3> said_otherwise{
    "architecture-unsupported", "not-signed", "signature-unreadable"};

class ImageDiagnosis {
public:
    ImageDiagnosis(const SurveyedPlugin& plugin, const std::optional<Version>& wsl_version)
        : plugin_(plugin), wsl_version_(wsl_version) {}

    std::vector<Diagnosed> take() {
        FileBytes bytes(platform::path_from_utf8(plugin_.value.text));
        if (const WinResult<> opened = bytes.opened(); !opened) {
            add("plugin-file-unreadable", opened.error().to_string());
            return std::move(found_);
        }
        const WinResult<Image> image = Image::open(bytes);
        if (!image) {
            add(no_image_finding("Of it, " + image.error().text() + '.'));
            return std::move(found_);
        }
        const ImageFacts facts = read_facts(*image);
        look_at_processor(facts.headers.machine);
        for (const ImageFinding& finding : findings_about(facts)) {
            add(finding);
        }
        look_at_record(facts.record);
        return std::move(found_);
    }

private:
    void add(std::string_view id, std::string detail) {
        found_.push_back({findings::find_finding(id), plugin_.value.name, std::move(detail)});
    }

    void add(const ImageFinding& finding) {
        const bool is_ours =
            std::ranges::find(said_otherwise, finding.finding->id) == said_otherwise.end();
        if (is_ours && finding.finding->severity != findings::Severity::Note) {
            found_.push_back(
                {finding.finding, plugin_.value.name, testhost::one_line(finding.detail)});
        }
    }

    void look_at_processor(std::uint16_t machine) {
        const std::uint16_t native = platform::native_machine();
        if (machine != native) {
            add("plugin-for-other-processor",
                "it is for " + machine_name(machine) + ", this computer is " +
                    machine_name(native));
        }
    }

    void look_at_record(const std::optional<PluginRecord>& record) {
        if (!record) {
            add("plugin-requirement-unknown", "the DLL has no record of what it needs");
        } else if (!wsl_version_) {
            add("plugin-requirement-unknown",
                "it needs " + to_string(record->required_wsl) +
                    "; which WSL is installed is not known");
        } else if (record->required_wsl > *wsl_version_) {
            add("plugin-needs-newer-wsl",
                "it needs " + to_string(record->required_wsl) + ", and " +
                    to_string(*wsl_version_) + " is installed");
        } else {
            look_at_hooks(*record);
        }
    }

    void look_at_hooks(const PluginRecord& record) {
        for (const HookSlot& slot : hook_slots) {
            if (record.overrides(slot.hook) && slot.since > *wsl_version_) {
                add("plugin-hook-never-called",
                    std::string(slot.name) + " came with " + to_string(slot.since) + ", and " +
                        to_string(*wsl_version_) + " is installed");
            }
        }
    }

    const SurveyedPlugin& plugin_;
    const std::optional<Version>& wsl_version_;
    std::vector<Diagnosed> found_;
};

}  // namespace

std::vector<Diagnosed> diagnose_image(const SurveyedPlugin& plugin,
                                      const std::optional<Version>& wsl_version) {
    return ImageDiagnosis(plugin, wsl_version).take();
}

}  // namespace wslplugins::tool
