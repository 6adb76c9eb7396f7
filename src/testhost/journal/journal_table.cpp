// SPDX-License-Identifier: MIT
#include "testhost/journal/journal_text.hpp"

#include <wslplugins/testhost/journal.hpp>

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

namespace wslplugins::testhost {
namespace {

constexpr std::size_t longest_value = 100;
constexpr std::size_t longest_text = 1000;
constexpr std::size_t columns = 5;
using Row = std::array<std::string, columns>;

std::string shortened(std::string_view value, std::size_t limit = longest_value) {
    const std::string_view kept = cut_text(value, limit);
    const std::string text = one_line(kept);
    return kept.size() == value.size() ? text : fmt::format("{}… ({} bytes)", text, value.size());
}

std::string without_line_end(std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    return std::string(text);
}

std::string details(const JournalEntry& entry) {
    std::string text;
    const auto add = [&text](std::string_view part) {
        text.append(text.empty() ? "" : "  ").append(part);
    };
    for (const JournalArgument& argument : entry.arguments) {
        add(fmt::format("{}={}", argument.name, shortened(argument.value)));
    }
    if (!entry.text.empty()) {
        add(shortened(without_line_end(entry.text), longest_text));
    }
    return text;
}

std::string result_text(const JournalEntry& entry) {
    if (!entry.result) {
        return entry.duration ? std::string() : std::string("(running)");
    }
    const auto name = name_of(*entry.result);
    return name ? std::string(*name) : fmt::format("0x{:08X}", entry.result->bits());
}

Row row_of(const JournalEntry& entry, std::size_t depth) {
    const double milliseconds = std::chrono::duration<double, std::milli>(entry.time).count();
    return {fmt::format("{:.1f}", milliseconds),
            shortened(entry.plugin),
            std::string(2 * depth, ' ') + shortened(entry.name),
            result_text(entry),
            details(entry)};
}

/// The last column is not padded: lines end where their text ends.
std::string line_of(const Row& row, const std::array<std::size_t, columns>& widths) {
    std::string line = fmt::format("{:>{}}", row[0], widths[0]);
    for (std::size_t i = 1; i + 1 < columns; ++i) {
        line += fmt::format("  {:<{}}", row[i], widths[i]);
    }
    line += "  " + row.back();
    line.erase(line.find_last_not_of(' ') + 1);
    return line + '\n';
}

}  // namespace

std::string to_table(const std::vector<JournalEntry>& entries) {
    std::vector<Row> rows{{"time ms", "plugin", "event", "result", "details"}};
    std::map<std::uint64_t, std::size_t> depths;
    for (const JournalEntry& entry : entries) {
        const auto parent = depths.find(entry.parent);
        const std::size_t depth = parent == depths.end() ? 0 : parent->second + 1;
        depths[entry.id] = depth;
        rows.push_back(row_of(entry, depth));
    }
    std::array<std::size_t, columns> widths{};
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < columns; ++i) {
            widths[i] = (std::max)(widths[i], fmt::formatted_size("{}", row[i]));
        }
    }
    std::string table;
    for (const Row& row : rows) {
        table += line_of(row, widths);
    }
    return table;
}

}  // namespace wslplugins::testhost
