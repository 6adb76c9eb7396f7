// SPDX-License-Identifier: MIT
#include <wslplugins/findings/finding.hpp>

#include "findings/file_findings.hpp"
#include "findings/machine_findings.hpp"
#include "findings/run_findings.hpp"

#include <algorithm>
#include <array>

namespace wslplugins::findings {
namespace {

/// One table of three parts; whatever order they have, it has that of the ids.
constexpr auto findings = [] {
    std::array<Finding, run_findings.size() + file_findings.size() + machine_findings.size()> all{};
    auto end = std::ranges::copy(run_findings, all.begin()).out;
    end = std::ranges::copy(file_findings, end).out;
    std::ranges::copy(machine_findings, end);
    std::ranges::sort(all, {}, &Finding::id);
    return all;
}();

static_assert(std::ranges::adjacent_find(findings, {}, &Finding::id) == findings.end());

}  // namespace

std::string_view name_of(Severity severity) noexcept {
    switch (severity) {
        case Severity::Note: return "note";
        case Severity::Warning: return "warning";
        case Severity::Error: return "error";
    }
    return "unknown";
}

std::span<const Finding> all_findings() noexcept {
    return findings;
}

const Finding* find_finding(std::string_view id) noexcept {
    const auto found = std::ranges::lower_bound(findings, id, {}, &Finding::id);
    return found != findings.end() && found->id == id ? &*found : nullptr;
}

}  // namespace wslplugins::findings
