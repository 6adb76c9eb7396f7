// SPDX-License-Identifier: MIT
#include "redaction.hpp"

#include "machine/same_file.hpp"

#include "platform/paths.hpp"

#include <algorithm>
#include <array>

namespace wslplugins::tool {
namespace {

bool is_digit(char letter) noexcept {
    return letter >= '0' && letter <= '9';
}

bool is_separator(char letter) noexcept {
    return letter == '/' || letter == '\\';
}

/// Bytes beyond ASCII are parts of letters.
bool is_word(char letter) noexcept {
    return is_digit(letter) || (letter >= 'A' && letter <= 'Z') ||
           (letter >= 'a' && letter <= 'z') || static_cast<unsigned char>(letter) >= 0x80;
}

bool begins_with(std::string_view text, std::string_view beginning) noexcept {
    return text.size() >= beginning.size() &&
           same_text(text.substr(0, beginning.size()), beginning);
}

/// How long the part of a path is that `text` begins with. A quotation mark ends it only where no word goes on, so
/// that `O'Brien` is one.
std::size_t length_of_part(std::string_view text) noexcept {
    std::size_t length = 0;
    for (; length < text.size(); ++length) {
        const char letter = text[length];
        const bool is_last = length + 1 == text.size();
        if (is_separator(letter) || letter == '"' || letter == '\n' || letter == '\r' ||
            (letter == '\'' && (is_last || !is_word(text[length + 1])))) {
            break;
        }
    }
    return length;
}

/// What a place in a text begins with, and what stands for it.
struct Match {
    std::size_t length = 0;  ///< 0: nothing.
    std::string replacement;
};

/// `\Users\NAME`, `/home/NAME`
Match match_home(std::string_view text) {
    constexpr std::array<std::string_view, 3> folders{"Users", "home", "Documents and Settings"};
    if (text.empty() || !is_separator(text.front())) {
        return {};
    }
    for (const std::string_view folder : folders) {
        std::size_t end = 1 + folder.size();
        if (!begins_with(text.substr(1), folder) || end >= text.size() ||
            !is_separator(text[end])) {
            continue;
        }
        while (end < text.size() && is_separator(text[end])) {
            ++end;
        }
        if (const std::size_t name = length_of_part(text.substr(end)); name != 0) {
            return {end + name, std::string(text.substr(0, end)) + "<user>"};
        }
    }
    return {};
}

/// `\\SERVER`; `\\?\` and `\\.\` are no servers.
Match match_server(std::string_view text, char before) {
    const bool begins = text.size() > 2 && text.starts_with("\\\\") && !is_separator(before) &&
                        !is_word(before) && before != ':';
    if (!begins || text[2] == '?' || text[2] == '.' || is_separator(text[2])) {
        return {};
    }
    return {2 + length_of_part(text.substr(2)), "\\\\<computer>"};
}

/// `S-1-5-21-…`
Match match_sid(std::string_view text, char before) {
    if (is_word(before) || !begins_with(text, "S-1-")) {
        return {};
    }
    std::size_t end = 4;
    while (end < text.size() &&
           (is_digit(text[end]) ||
            (text[end] == '-' && end + 1 < text.size() && is_digit(text[end + 1])))) {
        ++end;
    }
    return end == 4 ? Match{} : Match{end, "<sid>"};
}

Match match_known(std::string_view text, char before, const Redaction::Known& known) {
    constexpr std::size_t shortest_distinct = 4;
    if (!begins_with(text, known.text)) {
        return {};
    }
    const std::size_t length = known.text.size();
    const bool goes_on = is_word(before) || (length < text.size() && is_word(text[length]));
    return length < shortest_distinct && goes_on ? Match{} : Match{length, known.replacement};
}

}  // namespace

Redaction::Redaction(std::vector<Known> known) : known_(std::move(known)) {
    std::erase_if(known_, [](const Known& each) { return each.text.empty(); });
    // A home folder has its user's name in it.
    std::ranges::sort(
        known_, std::ranges::greater(), [](const Known& each) { return each.text.size(); });
}

Redaction Redaction::of_this_process() {
    constexpr std::array<std::pair<const char*, const char*>, 11> variables{
        {{"USERPROFILE", "<home>"},
         {"HOME", "<home>"},
         {"WINEPREFIX", "<home>"},
         {"USERNAME", "<user>"},
         {"USER", "<user>"},
         {"LOGNAME", "<user>"},
         {"WINEUSERNAME", "<user>"},
         {"COMPUTERNAME", "<computer>"},
         {"HOSTNAME", "<computer>"},
         {"USERDOMAIN", "<computer>"},
         {"USERDNSDOMAIN", "<computer>"}}};
    std::vector<Known> known;
    for (const auto& [variable, replacement] : variables) {
        std::string text = platform::environment_variable(variable).value_or("");
        if (text == "/") {
            continue;  // a home without a name: every path begins with it
        }
        // The same folder, as Wine's drive of the whole file system has it.
        std::string on_drive = text;
        std::ranges::replace(on_drive, '/', '\\');
        known.push_back({std::move(text), replacement});
        known.push_back({std::move(on_drive), replacement});
    }
    return Redaction(std::move(known));
}

std::string Redaction::operator()(std::string_view text) const {
    std::string redacted;
    char before = ' ';
    while (!text.empty()) {
        Match match;
        for (std::size_t i = 0; i < known_.size() && match.length == 0; ++i) {
            match = match_known(text, before, known_[i]);
        }
        match = match.length != 0 ? match : match_home(text);
        match = match.length != 0 ? match : match_sid(text, before);
        match = match.length != 0 ? match : match_server(text, before);
        const std::size_t length = (std::max)(match.length, std::size_t{1});
        redacted += match.length != 0 ? match.replacement : std::string(1, text.front());
        before = text[length - 1];
        text.remove_prefix(length);
    }
    return redacted;
}

}  // namespace wslplugins::tool
