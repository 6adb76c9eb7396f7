// SPDX-License-Identifier: MIT
#include "testhost/scenario/expectations.hpp"

#include "testhost/journal/journal_text.hpp"

#include <algorithm>
#include <utility>

namespace wslplugins::testhost {
namespace {

constexpr std::size_t longest_in_sentence = 60;
constexpr std::size_t longest_shown = 4096;

std::string lines_of(const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) {
        text += item + '\n';
    }
    return text;
}

bool fits_a_sentence(const std::string& text) {
    return text.size() <= longest_in_sentence && text.find('\n') == std::string::npos;
}

/// Each line further to the right, as text that a terminal can show.
std::string block(const std::string& text) {
    if (text.empty()) {
        return "    (nothing)\n";
    }
    const std::string_view kept = cut_text(text, longest_shown);
    std::string out;
    for (std::size_t begin = 0; begin < kept.size();) {
        const std::size_t end = (std::min)(kept.find('\n', begin), kept.size());
        out += "    " + one_line(kept.substr(begin, end - begin)) + '\n';
        begin = end + 1;
    }
    return kept.size() == text.size() ? out : out + "    …\n";
}

}  // namespace

std::vector<ScenarioFailure>
unmet(const ScenarioExpectation& expect, const PlayedStep& came, HookOrder order) {
    std::vector<ScenarioFailure> failures;
    const auto add = [&](const char* what, std::string expected, std::string instead) {
        failures.push_back({came.where, what, std::move(expected), std::move(instead)});
    };
    if (came.output.exit_code != expect.exit_code) {
        const std::string& text = came.output.text;
        add("exit_code",
            std::to_string(expect.exit_code),
            std::to_string(came.output.exit_code) +
                (text.empty() ? "" : " with the output\n" + text));
    }
    if (expect.output && came.output.text != *expect.output) {
        add("output", *expect.output, came.output.text);
    }
    for (const std::string& part : expect.output_contains) {
        if (came.output.text.find(part) == std::string::npos) {
            add("output_contains", part, came.output.text);
        }
    }
    if (expect.hooks) {
        std::vector<std::string> expected = *expect.hooks;
        std::vector<std::string> called = came.hooks;
        if (order == HookOrder::Any) {
            std::ranges::sort(expected);
            std::ranges::sort(called);
        }
        if (expected != called) {
            add("hooks", lines_of(expected), lines_of(called));
        }
    }
    return failures;
}

std::string to_string(const ScenarioFailure& failure) {
    const std::string begin = failure.where + ": \"" + failure.what + "\" was to be";
    if (fits_a_sentence(failure.expected) && fits_a_sentence(failure.came)) {
        return begin + " '" + failure.expected + "' and is '" + failure.came + "'\n";
    }
    return begin + '\n' + block(failure.expected) + "  and is\n" + block(failure.came);
}

}  // namespace wslplugins::testhost
