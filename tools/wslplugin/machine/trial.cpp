// SPDX-License-Identifier: MIT
#include "machine/trial.hpp"

#include "machine/installation.hpp"
#include "machine/plugin_survey.hpp"
#include "machine/same_file.hpp"
#include "machine/service_restart.hpp"

#include "platform/child_process.hpp"
#include "platform/debug_monitor.hpp"
#include "platform/environment.hpp"
#include "platform/paths.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace wslplugins::tool {
namespace {

/// The plugin's own log, from where it ended when this was made. One that has become shorter was begun anew.
class LogFile {
public:
    explicit LogFile(std::string path) : path_(platform::path_from_utf8(path)) {
        std::error_code missing;
        const auto size = std::filesystem::file_size(path_, missing);
        begin_ = missing ? 0 : size;
    }

    [[nodiscard]] std::vector<std::string> new_lines() const {
        std::error_code missing;
        const auto size = std::filesystem::file_size(path_, missing);
        std::ifstream stream(path_, std::ios::binary);
        stream.seekg(static_cast<std::streamoff>(missing || size < begin_ ? 0 : begin_));
        std::vector<std::string> lines;
        for (std::string line; std::getline(stream, line);) {
            lines.push_back(line);
        }
        return lines;
    }

private:
    std::filesystem::path path_;
    std::uintmax_t begin_ = 0;
};

class Trial {
public:
    Trial(RecordKeeper& keeper, const TrialPlan& plan, const std::function<bool()>& goes_on)
        : keeper_(keeper), plan_(plan), goes_on_(goes_on), log_file_(plan.log_file) {
        auto monitor = platform::DebugMonitor::start();
        if (monitor) {
            monitor_ = std::move(*monitor);
        } else {
            report_.log_missing = monitor.error().to_string();
        }
    }

    [[nodiscard]] TrialReport play() {
        // Each is done only where the one before it was.
        if (install() && restart() && look() && run_command()) {
            run({"--shutdown"});
            look_for_death();
        }
        if (!goes_on_()) {
            report_.problems.emplace_back("It was interrupted.");
        }
        put_back();
        take_log();
        return std::move(report_);
    }

private:
    bool fails(const std::string& sentence) {
        report_.problems.push_back(sentence);
        return false;
    }
    bool fails(const Error& error) { return fails(error.to_string() + "."); }

    bool install() {
        const auto found = read_registered_value(keeper_.record(), plan_.name);
        if (!found) {
            return fails(found.error());
        }
        if (plan_.files.empty()) {
            return goes_on_();
        }
        is_installed_ = true;  // also half of it is to be taken back
        std::ostringstream unused;
        std::ostringstream errors;
        const auto copy = install_copy(
            keeper_,
            {.name = plan_.name, .files = plan_.files, .development = plan_.development},
            *found,
            {.output = unused, .errors = errors});
        return copy ? goes_on_() : fails(errors.str());
    }

    bool restart() {
        is_restarted_ = true;
        if (const WinResult<> restarted = restart_wsl_service(keeper_); !restarted) {
            return fails(restarted.error());
        }
        const auto service = find_wsl_service();
        if (!service) {
            return fails(service.error());
        }
        process_id_ = service->process_id;
        return goes_on_();
    }

    /// A plugin that is not loaded is no reason to stop: what the user sees then is worth seeing.
    bool look() {
        const WinResult<Survey> survey = survey_plugins();
        if (!survey) {
            return fails(survey.error());
        }
        for (const SurveyedPlugin& plugin : survey->plugins) {
            if (same_text(plugin.value.name, plan_.name)) {
                report_.path = plugin.value.text;
                report_.is_loaded = plugin.is_loaded.value_or(false);
            }
        }
        if (!report_.is_loaded) {
            (void)fails("WSL has not loaded the plugin.");
        }
        return goes_on_();
    }

    bool run_command() {
        std::vector<std::string> words;
        if (!plan_.distribution.empty()) {
            words = {"--distribution", plan_.distribution};
        }
        words.emplace_back("--exec");
        words.insert(words.end(), plan_.command.begin(), plan_.command.end());
        return run(std::move(words)) && goes_on_();
    }

    bool run(std::vector<std::string> words) {
        words.insert(words.begin(), plan_.wsl_program);
        // Else its own messages are in UTF-16, and what Linux programs write is not.
        (void)platform::set_environment_variable("WSL_UTF8", "1");
        auto outcome = platform::run_program_while(words, goes_on_);
        TrialCommand shown{.words = std::move(words), .exit_code = {}, .output = {}};
        if (outcome) {
            shown.exit_code = outcome->exit_code;
            shown.output = std::move(outcome->output);
        }
        report_.commands.push_back(shown);
        if (!outcome) {
            return fails(outcome.error());
        }
        if (outcome->exit_code != 0) {
            (void)fails("'wsl.exe " + shown.words[1] + "' ended with code " +
                        std::to_string(outcome->exit_code) +
                        "; 'wslplugin explain' takes what it printed.");
        }
        return true;
    }

    void look_for_death() {
        const auto service = find_wsl_service();
        if (service && service->process_id != process_id_) {
            (void)fails("The WSL service has ended meanwhile: a fault of a plugin ends it.");
        }
    }

    void put_back() {
        const std::size_t problems = report_.problems.size();
        if (is_installed_) {
            take_installation_back();
        }
        if (is_installed_ && is_restarted_) {
            if (const WinResult<> restarted = restart_wsl_service(keeper_); !restarted) {
                (void)fails(restarted.error());
            }
        }
        if (const WinResult<> removed = keeper_.remove_leftovers(); !removed) {
            (void)fails(removed.error());
        }
        report_.is_put_back = report_.problems.size() == problems;
    }

    void take_installation_back() {
        const auto found = read_registered_value(keeper_.record(), plan_.name);
        if (!found) {
            (void)fails(found.error());
        } else if (find_plugin(keeper_.record(), plan_.name) != nullptr) {
            const WinResult<> changed =
                keeper_.change(uninstalling(keeper_.record(), *found, plan_.name));
            if (!changed) {
                (void)fails(changed.error());
            }
        }
    }

    void take_log() {
        if (!plan_.log_file.empty()) {
            report_.log_file = log_file_.new_lines();
        }
        if (monitor_ == nullptr) {
            return;
        }
        for (platform::DebugLine& line : monitor_->take()) {
            if (line.process_id == process_id_) {
                report_.log.push_back(std::move(line.text));
            }
        }
    }

    RecordKeeper& keeper_;
    const TrialPlan& plan_;
    const std::function<bool()>& goes_on_;
    const LogFile log_file_;
    std::unique_ptr<platform::DebugMonitor> monitor_;
    TrialReport report_;
    bool is_installed_ = false;
    bool is_restarted_ = false;
    std::uint32_t process_id_ = 0;
};

}  // namespace

TrialReport
play_trial(RecordKeeper& keeper, const TrialPlan& plan, const std::function<bool()>& goes_on) {
    return Trial(keeper, plan, goes_on).play();
}

}  // namespace wslplugins::tool
