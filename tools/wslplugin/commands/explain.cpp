// SPDX-License-Identifier: MIT
#include "commands/explain.hpp"

#include <wslplugins/findings/code_explanation.hpp>
#include <wslplugins/findings/finding.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace wslplugins::tool {
namespace {

using findings::CodeExplanation;
using findings::Finding;
using findings::Place;
using Json = nlohmann::ordered_json;

/// Of the JSON form; it grows when a reader of the older form could go wrong.
constexpr int explain_schema = 1;

/// What the text names: findings by their ids, and codes with what they mean where the text was seen.
struct Recognised {
    std::vector<const Finding*> findings;
    std::vector<CodeExplanation> explanations;
    std::vector<HResult> unexplained;
};

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text.append(text.empty() ? "" : " ").append(word);
    }
    return text;
}

/// An error path with `Plugin` in it was shown to a user: what plugins' calls answer does not matter then.
std::vector<CodeExplanation> explanations_for(HResult code, bool was_shown_to_a_user) {
    std::vector<CodeExplanation> found = findings::explanations_of(code);
    const auto is_a_call = [](const CodeExplanation& each) { return each.place == Place::Call; };
    if (was_shown_to_a_user && !std::ranges::all_of(found, is_a_call)) {
        std::erase_if(found, is_a_call);
    }
    return found;
}

Recognised recognise(const std::vector<std::string>& words) {
    Recognised recognised;
    for (const std::string& word : words) {
        if (const Finding* const finding = findings::find_finding(word)) {
            recognised.findings.push_back(finding);
        }
    }
    const std::string text = joined(words);
    const bool was_shown_to_a_user = text.contains("/Plugin/");
    for (const HResult code : findings::codes_in(text)) {
        const auto found = explanations_for(code, was_shown_to_a_user);
        recognised.explanations.insert(recognised.explanations.end(), found.begin(), found.end());
        if (found.empty()) {
            recognised.unexplained.push_back(code);
        }
    }
    return recognised;
}

Json json_of(const Recognised& recognised) {
    Json findings = Json::array();
    for (const Finding* const finding : recognised.findings) {
        findings.push_back({{"id", finding->id},
                            {"severity", name_of(finding->severity)},
                            {"title", finding->title},
                            {"meaning", finding->meaning},
                            {"fix", finding->fix}});
    }
    Json codes = Json::array();
    for (const CodeExplanation& explanation : recognised.explanations) {
        Json causes = Json::array();
        for (const findings::Cause& cause : explanation.causes) {
            causes.push_back({{"what", cause.what}, {"fix", cause.fix}});
        }
        codes.push_back({{"code", to_string(explanation.code)},
                         {"place", name_of(explanation.place)},
                         {"happened", explanation.happened},
                         {"causes", causes}});
    }
    Json unexplained = Json::array();
    for (const HResult code : recognised.unexplained) {
        unexplained.push_back(to_string(code));
    }
    return {{"schema", explain_schema},
            {"findings", findings},
            {"codes", codes},
            {"unexplained", unexplained}};
}

void print(const Recognised& recognised, std::ostream& output) {
    for (const Finding* const finding : recognised.findings) {
        output << finding->id << " (" << name_of(finding->severity) << ")\n  " << finding->title
               << "\n  " << finding->meaning << "\n  What to do: " << finding->fix << '\n';
    }
    for (const CodeExplanation& explanation : recognised.explanations) {
        output << to_string(explanation.code) << ", " << name_of(explanation.place) << "\n  "
               << explanation.happened << '\n';
        int number = 0;
        for (const findings::Cause& cause : explanation.causes) {
            output << "  " << ++number << ". " << cause.what << "\n     What to do: " << cause.fix
                   << '\n';
        }
    }
    for (const HResult code : recognised.unexplained) {
        output << to_string(code)
               << "\n  WSL itself does not use it with plugins. Behind `/Plugin/` it is what the "
                  "plugin's entry point or hook returned: look into the plugin's log, and ask its "
                  "maker.\n";
    }
}

}  // namespace

void add_explain(CLI::App& app, Action& action) {
    const auto options = std::make_shared<ExplainOptions>();
    CLI::App* const command =
        app.add_subcommand("explain",
                           "Say what a code, an error path, a whole message or a finding means, "
                           "and what to do");
    command->add_option("text", options->words, "What the user or the log shows")->required();
    command->add_flag("--json", options->json, "As one JSON object");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_explain(*options, context); };
    });
}

ExitCode run_explain(const ExplainOptions& options, const Context& context) {
    const Recognised recognised = recognise(options.words);
    if (recognised.findings.empty() && recognised.explanations.empty() &&
        recognised.unexplained.empty()) {
        return fail(context,
                    ExitCode::Usage,
                    "'" + joined(options.words) +
                        "' names no code and no finding; give what wsl.exe prints behind 'Error "
                        "code:', a code such as 0x8007007f, or a finding's id.");
    }
    if (options.json) {
        context.output << json_of(recognised).dump() << '\n';
    } else {
        print(recognised, context.output);
    }
    return ExitCode::Good;
}

}  // namespace wslplugins::tool
