// SPDX-License-Identifier: MIT
#include "testhost/embedded.hpp"
#include "testhost/journal/journal_text.hpp"
#include "testhost/journal/journal_value.hpp"

#include <wslplugins/testhost/journal_report.hpp>

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

namespace wslplugins::testhost {
namespace {

/// Longer values are folded up behind their beginning.
constexpr std::size_t longest_open_value = 200;
constexpr std::size_t longest_beginning = 80;

/// The page may run its own script and style, and fetch nothing at all.
constexpr std::string_view page_policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'";

std::string_view file_named(std::string_view name) {
    const auto files = report_files();
    return std::ranges::find(files, name, &EmbeddedFile::name)->content;
}

/// Text as HTML has it, in an element or in a quoted attribute.
std::string markup_of(std::string_view text) {
    std::string out;
    for (const char character : text) {
        switch (character) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += character;
        }
    }
    return out;
}

std::string as_utf8(std::string_view bytes) {
    return is_utf8(bytes) ? std::string(bytes) : escape_bytes(bytes);
}

/// Any bytes as one line.
std::string line_of(std::string_view bytes) {
    return markup_of(one_line(bytes));
}

/// Any bytes as lines; other control characters are spelt out.
std::string lines_of(std::string_view bytes) {
    const std::string text = as_utf8(bytes);
    std::string out;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = (std::min)(text.find('\n', begin), text.size());
        out += (begin == 0 ? "" : "\n") +
               markup_of(escape_controls(std::string_view(text).substr(begin, end - begin)));
        begin = end + 1;
    }
    return out;
}

std::string beginning_of(std::string_view value) {
    return fmt::format("{}… ({} bytes)", line_of(cut_text(value, longest_beginning)), value.size());
}

std::string folded(std::string_view value) {
    const std::string_view kept = cut_text(value, longest_journal_value);
    return fmt::format("<details><summary>{}</summary><pre>{}{}</pre></details>",
                       beginning_of(value),
                       lines_of(kept),
                       kept.size() == value.size() ? "" : "…");
}

std::string value_markup(std::string_view value) {
    return value.size() > longest_open_value ? folded(value)
                                             : "<code>" + line_of(value) + "</code>";
}

std::string text_markup(std::string_view text) {
    return text.size() > longest_open_value ? folded(text) : "<pre>" + lines_of(text) + "</pre>";
}

std::string result_markup(const JournalEntry& entry) {
    if (!entry.result) {
        return entry.duration ? "" : "(running)";
    }
    const auto name = name_of(*entry.result);
    return name ? std::string(*name) : hex_text(*entry.result);
}

std::string details_markup(const JournalEntry& entry) {
    std::string markup;
    for (const JournalArgument& argument : entry.arguments) {
        markup += fmt::format(
            "<span><b>{}</b>={}</span> ", line_of(argument.name), value_markup(argument.value));
    }
    return entry.text.empty() ? markup : markup + text_markup(entry.text);
}

std::string milliseconds(std::chrono::nanoseconds time) {
    return fmt::format("{:.3f}", std::chrono::duration<double, std::milli>(time).count());
}

bool has_failed(const JournalEntry& entry) {
    return entry.result && entry.result->is_failure();
}

/// What the script reads of an entry; the page's own words are in the cells.
std::string attributes_of(const JournalEntry& entry) {
    std::string text =
        fmt::format("id=\"e{}\" data-kind=\"{}\" data-thread=\"{}\" data-start=\"{}\"",
                    entry.id,
                    name_of(entry.kind),
                    entry.thread,
                    entry.time.count());
    if (entry.duration) {
        text += fmt::format(" data-length=\"{}\"", entry.duration->count());
    }
    if (!entry.plugin.empty()) {
        text += fmt::format(" data-plugin=\"{}\"", line_of(entry.plugin));
    }
    if (entry.session) {
        text += fmt::format(" data-session=\"{}\"", *entry.session);
    }
    return has_failed(entry) ? text + " class=\"failed\"" : text;
}

std::string row_of(const JournalEntry& entry, std::size_t depth) {
    return fmt::format(
        "<tr {} style=\"--depth:{}\"><td class=\"number\"><a href=\"#e{}\">{}</a></td>"
        "<td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td>"
        "<td>{}</td><td class=\"event\"><span class=\"name {}\">{}</span></td>"
        "<td class=\"result\">{}</td><td class=\"details\">{}</td></tr>\n",
        attributes_of(entry),
        depth,
        entry.id,
        entry.id,
        milliseconds(entry.time),
        entry.duration ? milliseconds(*entry.duration) : "",
        entry.thread,
        line_of(entry.plugin),
        name_of(entry.kind),
        line_of(entry.name),
        result_markup(entry),
        details_markup(entry));
}

std::string table_of(const std::vector<JournalEntry>& entries) {
    std::string table =
        "<section aria-label=\"Entries\"><h2>Entries</h2><table id=\"entries\"><thead><tr>"
        "<th>No.</th><th>At (ms)</th><th>Took (ms)</th><th>Thread</th><th>Plugin</th>"
        "<th>Event</th><th>Result</th><th>Details</th></tr></thead><tbody>\n";
    std::map<std::uint64_t, std::size_t> depths;
    for (const JournalEntry& entry : entries) {
        const auto parent = depths.find(entry.parent);
        const std::size_t depth = parent == depths.end() ? 0 : parent->second + 1;
        depths[entry.id] = depth;
        table += row_of(entry, depth);
    }
    return table + "</tbody></table></section>\n";
}

std::string summary_of(const std::vector<JournalEntry>& entries) {
    std::map<JournalKind, std::size_t> counts;
    std::set<std::string_view> plugins;
    for (const JournalEntry& entry : entries) {
        ++counts[entry.kind];
        if (!entry.plugin.empty()) {
            plugins.insert(entry.plugin);
        }
    }
    return fmt::format("Plugins: {}. Hooks called: {}. Calls to WSL: {}. Failures: {}.",
                       plugins.size(),
                       counts[JournalKind::Hook],
                       counts[JournalKind::Call],
                       std::ranges::count_if(entries, has_failed));
}

}  // namespace

std::string to_html(const std::vector<JournalEntry>& entries, std::string_view title) {
    const std::string heading = line_of(title);
    std::string page = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
    page +=
        fmt::format("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n", page_policy);
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"color-scheme\" content=\"light dark\">\n"
            "<link rel=\"icon\" href=\"data:,\">\n";
    page += fmt::format("<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
                        heading,
                        file_named("report.css"));
    page += fmt::format("<header><h1>{}</h1><p>{}</p></header>\n<main>\n{}",
                        heading,
                        summary_of(entries),
                        file_named("timeline.html"));
    page += table_of(entries);
    page +=
        fmt::format("</main>\n<script>\n{}</script>\n</body>\n</html>\n", file_named("report.js"));
    return page;
}

}  // namespace wslplugins::testhost
