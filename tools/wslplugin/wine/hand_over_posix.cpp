// SPDX-License-Identifier: MIT
#include "wine/hand_over.hpp"

#include "wine/windows_words.hpp"
#include "wine/wine_prefix.hpp"

#include "platform/environment.hpp"
#include "platform/paths.hpp"

#include <wslplugins/testhost/service.hpp>

#include <CLI/CLI.hpp>

#include <ostream>

namespace wslplugins::tool {
namespace {

constexpr char guest_variable[] = "WSLPLUGINS_GUEST";

struct WindowsTool {
    std::filesystem::path wine;
    std::filesystem::path tool;
};

std::optional<WindowsTool> find() {
    const auto wine = find_wine();
    const auto tool = find_windows_tool();
    return wine && tool ? std::optional(WindowsTool{*wine, *tool}) : std::nullopt;
}

void add(std::vector<Diagnosed>& found, std::string_view id, const Error& error) {
    found.push_back({findings::find_finding(id), {}, error.text()});
}

/// What is signed here is trusted there.
std::optional<Diagnosed> missing_signer() {
    const auto signer = find_program("osslsigncode");
    return signer ? std::nullopt
                  : std::optional(Diagnosed{
                        findings::find_finding("osslsigncode-missing"), {}, signer.error().text()});
}

void print(const Diagnosed& missing, std::ostream& errors) {
    errors << "wslplugin: " << missing.finding->title << " (" << missing.detail << ".) "
           << missing.finding->fix << '\n';
}

/// The program that stands for the virtual machine is this build's.
void name_guest() {
    if (platform::environment_variable(guest_variable)) {
        return;
    }
    if (const auto guest = testhost::find_guest_program()) {
        (void)platform::set_environment_variable(guest_variable, *guest);
    }
}

ExitCode hand_over(const WindowsTool& found,
                   const WinResult<std::vector<std::string>>& words,
                   const Context& context) {
    if (!words) {
        return fail(context, ExitCode::Usage, words.error());
    }
    if (words->front() == "doctor") {
        if (const auto missing = missing_signer()) {
            print(*missing, context.errors);
        }
    }
    name_guest();
    if (const WinResult<> entered = enter_wine_prefix(found.wine); !entered) {
        return fail(context, ExitCode::Environment, entered.error());
    }
    std::vector<std::string> command{found.wine.string(), found.tool.string()};
    command.insert(command.end(), words->begin(), words->end());
    context.output.flush();
    context.errors.flush();
    return fail(context, ExitCode::Environment, become_program(command));
}

}  // namespace

Action
handed_over(const CLI::App& command, const std::vector<std::string>& trailing_words, Action here) {
    const Place place = place_of(command);
    if (place == Place::Here) {
        return here;
    }
    const bool is_doctor = command.get_name() == "doctor";
    return [place, is_doctor, words = words_for_windows(command, trailing_words), here](
               const Context& context) {
        if (const auto found = find()) {
            return hand_over(*found, words, context);
        }
        const ExitCode code = here(context);
        // `doctor` says it as findings, and nothing lacks where the command ended before it needed Windows.
        if (place == Place::Windows && !is_doctor && code == ExitCode::Environment) {
            for (const Diagnosed& missing : missing_for_windows()) {
                if (missing.finding->severity == findings::Severity::Error) {
                    print(missing, context.errors);
                }
            }
        }
        return code;
    };
}

std::vector<Diagnosed> missing_for_windows() {
    std::vector<Diagnosed> found;
    if (const auto wine = find_wine(); !wine) {
        add(found, "wine-missing", wine.error());
    }
    if (const auto tool = find_windows_tool(); !tool) {
        add(found, "windows-build-missing", tool.error());
    }
    if (const auto signer = missing_signer()) {
        found.push_back(*signer);
    }
    return found;
}

}  // namespace wslplugins::tool
