// SPDX-License-Identifier: MIT
#include "inspect_text.hpp"

#include "shown_hooks.hpp"

#include "image/exports.hpp"
#include "testhost/journal/journal_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace wslplugins::tool {
namespace {

constexpr std::uint32_t most_exports_shown = 16;

class Lines {
public:
    explicit Lines(std::ostream& output) : output_(output) {}

    /// A line with a label, or one that goes on with the label of the line before.
    void add(std::string_view label, const std::string& text) {
        output_ << fmt::format("  {:<14}{}\n", label, text);
    }

private:
    std::ostream& output_;
};

std::string_view yes_or_no(bool value) noexcept {
    return value ? "yes" : "no";
}

std::string_view where(Presence presence) noexcept {
    switch (presence) {
        case Presence::InWindows: return "in Windows";
        case Presence::Missing: return "not in the system folder";
        case Presence::NotKnown: return "not known to be in Windows";
    }
    return "";
}

void print_headers(const Headers& headers, Lines& lines) {
    lines.add("architecture", machine_name(headers.machine));
    lines.add("kind", headers.has(ImageFlag::Dll) ? "DLL" : "program");
    lines.add("hardening",
              fmt::format("ASLR {}, high entropy {}, DEP {}, CFG {}, force integrity {}",
                          yes_or_no(headers.has(DllFlag::DynamicBase) &&
                                    !headers.has(ImageFlag::RelocationsStripped)),
                          yes_or_no(headers.has(DllFlag::HighEntropy)),
                          yes_or_no(headers.has(DllFlag::NxCompatible)),
                          yes_or_no(headers.has(DllFlag::GuardCf)),
                          yes_or_no(headers.has(DllFlag::ForceIntegrity))));
    std::string_view label = "sections";
    for (const Section& section : headers.sections) {
        lines.add(label,
                  fmt::format("{:<8}  {}{}{}  {} bytes",
                              testhost::one_line(section.name),
                              section.is_readable() ? 'r' : '-',
                              section.is_writable() ? 'w' : '-',
                              section.is_executable() ? 'x' : '-',
                              section.virtual_size));
        label = "";
    }
}

void print_exports(const Inspected& inspected, Lines& lines) {
    const std::uint32_t count = inspected.facts->exports.count;
    lines.add("entry point", inspected.facts->exports.has_entry_point ? "yes" : "no");
    std::string_view label = "exports";
    std::uint32_t printed = 0;
    // What is damaged is a finding already.
    (void)read_exports(*inspected.image, [&](const Export& each) {
        if (printed++ >= most_exports_shown) {
            return;
        }
        const std::string name = each.name ? testhost::one_line(*each.name)
                                           : fmt::format("by ordinal {} alone", each.ordinal);
        lines.add(label,
                  each.forwarder ? name + " -> " + testhost::one_line(*each.forwarder) : name);
        label = "";
    });
    if (count == 0) {
        lines.add(label, "none");
    } else if (count > most_exports_shown) {
        lines.add("", fmt::format("and {} more; --json has them all", count - most_exports_shown));
    }
}

void print_imports(const ImageFacts& facts, Lines& lines) {
    std::string_view label = "imports";
    for (const NeededLibrary& library : facts.libraries) {
        std::string text = fmt::format("{:<28}  {:>4} function{:<1}  {}{}",
                                       testhost::one_line(library.name),
                                       library.functions,
                                       library.functions == 1 ? "" : "s",
                                       where(library.presence),
                                       library.is_delayed ? ", delayed" : "");
        if (library.missing_function) {
            text += ", without " + testhost::one_line(*library.missing_function);
        }
        lines.add(label, text);
        label = "";
    }
    if (facts.libraries.empty()) {
        lines.add(label, "none");
    }
    lines.add("C runtime", fmt::format("{}", fmt::join(c_runtimes(facts), ", ")));
}

void print_version(const std::optional<VersionResource>& version, Lines& lines) {
    if (!version) {
        lines.add("version", "no version resource");
        return;
    }
    lines.add("version", version->file_version + ", product " + version->product_version);
    for (const auto& [key, text] : version->strings) {
        lines.add("", testhost::one_line(key) + ": " + testhost::one_line(text));
    }
}

void print_record(const std::optional<PluginRecord>& record, Lines& lines) {
    if (!record) {
        lines.add("record", "none: not built with wslplugins-cpp's export");
        return;
    }
    lines.add("record",
              fmt::format("wslplugins-cpp {}, needs WSL {}",
                          to_string(record->framework),
                          record->required_wsl == Version{} ? "of any version"
                                                            : to_string(record->required_wsl)));
    lines.add("", fmt::format("hooks: {}", fmt::join(shown_hooks(*record), ", ")));
}

}  // namespace

void print_signature_text(const std::optional<EmbeddedSignature>& signature, std::ostream& output) {
    Lines lines(output);
    if (!signature) {
        lines.add("signature", "none");
        return;
    }
    lines.add("signature", signature->digest_algorithm + ' ' + signature->digest);
    lines.add("time stamp",
              signature->time_stamp.empty()
                  ? "none"
                  : signature->time_stamp + " (" + signature->time_stamp_kind + ')');
    std::string_view label = "chain";
    for (const SigningCertificate& certificate : signature->chain) {
        lines.add(label,
                  fmt::format("{}, until {}",
                              testhost::one_line(certificate.subject),
                              certificate.not_after));
        label = "";
    }
    if (const SigningCertificate& last = signature->chain.back(); last.subject != last.issuer) {
        lines.add("",
                  "issued by " + testhost::one_line(last.issuer) + ", which does not come with it");
    }
}

void print_inspect_text(const Inspected& inspected, std::ostream& output) {
    Lines lines(output);
    output << testhost::one_line(inspected.name) << '\n';
    lines.add("size", fmt::format("{} bytes", inspected.size));
    if (inspected.facts != nullptr) {
        print_headers(inspected.facts->headers, lines);
        print_exports(inspected, lines);
        print_imports(*inspected.facts, lines);
        print_version(inspected.facts->version, lines);
        print_record(inspected.facts->record, lines);
        print_signature_text(inspected.facts->signature, output);
    }
    output << (inspected.findings.empty() ? "\nNo finding.\n" : "\nFindings\n");
    for (const ImageFinding& each : inspected.findings) {
        output << fmt::format("  {:<9}{}\n", name_of(each.finding->severity), each.finding->id);
        output << "           " << each.finding->title
               << (each.detail.empty() ? "" : ' ' + testhost::one_line(each.detail))
               << "\n           " << each.finding->meaning
               << "\n           What to do: " << each.finding->fix << '\n';
    }
}

}  // namespace wslplugins::tool
