// SPDX-License-Identifier: MIT
#include "commands/verify.hpp"

#include "inspect_text.hpp"
#include "signature_check.hpp"
#include "signature_json.hpp"

#include "platform/paths.hpp"

#include <wslplugins/findings/code_explanation.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace wslplugins::tool {
namespace {

using findings::CodeExplanation;
using Json = nlohmann::ordered_json;

/// Of the JSON form; it grows when a reader of the older form could go wrong.
constexpr int verify_schema = 1;

struct Verified {
    std::string name;
    std::optional<EmbeddedSignature> signature;
    SignatureVerdict verdict;
};

std::string_view name_of(SignatureAnswer answer) noexcept {
    switch (answer) {
        case SignatureAnswer::Accepted: return "accepted";
        case SignatureAnswer::Refused: return "refused";
        case SignatureAnswer::NotChecked: return "not-checked";
    }
    return "unknown";
}

ExitCode exit_code_for(SignatureAnswer answer) noexcept {
    switch (answer) {
        case SignatureAnswer::Accepted: return ExitCode::Good;
        case SignatureAnswer::Refused: return ExitCode::Findings;
        case SignatureAnswer::NotChecked: return ExitCode::Environment;
    }
    return ExitCode::Internal;
}

/// What the code means when a plugin is loaded.
std::optional<CodeExplanation> explanation_of(const SignatureVerdict& verdict) {
    if (verdict.answer != SignatureAnswer::Refused) {
        return std::nullopt;
    }
    const std::vector<CodeExplanation> all = findings::explanations_of(verdict.code);
    const auto found = std::ranges::find(all, findings::Place::Load, &CodeExplanation::place);
    return found == all.end() ? std::nullopt : std::optional(*found);
}

Json json_of(const std::optional<CodeExplanation>& explanation) {
    if (!explanation) {
        return nullptr;
    }
    Json causes = Json::array();
    for (const findings::Cause& cause : explanation->causes) {
        causes.push_back({{"what", cause.what}, {"fix", cause.fix}});
    }
    return {{"happened", explanation->happened}, {"causes", causes}};
}

void print_json(const Verified& verified, std::ostream& output) {
    const SignatureVerdict& verdict = verified.verdict;
    const bool is_refused = verdict.answer == SignatureAnswer::Refused;
    output << Json{{"schema", verify_schema},
                   {"file", verified.name},
                   {"verdict", name_of(verdict.answer)},
                   {"code", is_refused ? Json(to_string(verdict.code)) : Json(nullptr)},
                   {"checked", verdict.checked},
                   {"unchecked", verdict.unchecked},
                   {"explanation", json_of(explanation_of(verdict))},
                   {"signature", json_of(verified.signature)}}
                  .dump(-1, ' ', false, Json::error_handler_t::replace)
           << '\n';
}

std::string headline(const SignatureVerdict& verdict) {
    switch (verdict.answer) {
        case SignatureAnswer::Accepted: return "the service would accept it";
        case SignatureAnswer::Refused:
            return "the service would refuse it: " + to_string(verdict.code);
        case SignatureAnswer::NotChecked: break;
    }
    return "not checked to the end: nothing speaks against it so far";
}

void print_text(const Verified& verified, std::ostream& output) {
    const SignatureVerdict& verdict = verified.verdict;
    output << verified.name << ": " << headline(verdict) << '\n';
    for (const std::string& sentence : verdict.checked) {
        output << "  " << sentence << '\n';
    }
    for (const std::string& sentence : verdict.unchecked) {
        output << "  Not checked: " << sentence << '\n';
    }
    if (const std::optional<CodeExplanation> explanation = explanation_of(verdict)) {
        output << "  " << explanation->happened << '\n';
        int number = 0;
        for (const findings::Cause& cause : explanation->causes) {
            output << "  " << ++number << ". " << cause.what << "\n     What to do: " << cause.fix
                   << '\n';
        }
    }
    print_signature_text(verified.signature, output);
}

/// What the file carries, whether it can be read or not.
WinResult<std::optional<EmbeddedSignature>> signature_in(FileBytes& bytes) {
    const WinResult<Image> image = Image::open(bytes);
    return image ? read_signature(*image) : propagate(image.error());
}

}  // namespace

void add_verify(CLI::App& app, Action& action) {
    const auto options = std::make_shared<VerifyOptions>();
    CLI::App* const command = app.add_subcommand(
        "verify", "Say what the signature check of WSL's service says of a DLL, and why.");
    command->add_option("dll", options->dll, "The file")->required();
    command->add_flag("--json", options->json, "As one JSON object");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_verify(*options, context); };
    });
}

ExitCode run_verify(const VerifyOptions& options, const Context& context) {
    const std::filesystem::path file = platform::path_from_utf8(options.dll);
    Verified verified{.name = options.dll, .signature = std::nullopt, .verdict = {}};
    FileBytes bytes(file);
    if (const WinResult<> opened = bytes.opened(); !opened) {
        return fail(context, ExitCode::Usage, opened.error(), "Name the DLL that is to be loaded.");
    }
    const WinResult<std::optional<EmbeddedSignature>> found = signature_in(bytes);
    verified.verdict = check_signature(file, found);
    verified.signature = found ? *found : std::nullopt;
    if (options.json) {
        print_json(verified, context.output);
    } else {
        print_text(verified, context.output);
    }
    return exit_code_for(verified.verdict.answer);
}

}  // namespace wslplugins::tool
