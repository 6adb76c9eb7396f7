// SPDX-License-Identifier: MIT
#include "testhost/scripted/scripted_machine.hpp"

#include "testhost/journal/journal_text.hpp"
#include "testhost/machine/helper_command.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

namespace wslplugins::testhost {
namespace {

/// As a shell says that there is no such program.
constexpr int not_found = 127;
constexpr int signal_base = 128;

/// The first distribution's, as far as Linux has come by then; each later start has others.
constexpr std::uint64_t first_pid_namespace = 4026532297;
constexpr std::uint32_t first_init_pid = 23;

int exit_code_of(const ScriptedAnswer& answer) {
    return answer.signal != 0 ? signal_base + answer.signal : answer.exit_code;
}

/// The helper's last word of a program.
std::string ended_line(const ScriptedAnswer& answer) {
    return "ended " + std::to_string(exit_code_of(answer)) +
           (answer.signal != 0 ? " killed\n" : " exited\n");
}

/// `301` of `/proc/301/fd/0`.
std::string relay_number(std::string_view pipe) {
    constexpr std::string_view folder = "/proc/";
    if (!pipe.starts_with(folder)) {
        return {};
    }
    pipe.remove_prefix(folder.size());
    return std::string(pipe.substr(0, pipe.find('/')));
}

/// What the framework tells the helper: the mark at the end of the outputs, and the relays of the streams; `-`, and a
/// path that is no relay's, for none.
struct StreamLine {
    std::string mark;
    std::string input;
    std::string output;
    std::string error;
};

StreamLine parse_stream_line(const std::string& text) {
    StreamLine line;
    std::istringstream words(text);
    words >> line.mark >> line.input >> line.output >> line.error;
    return line;
}

std::vector<ScriptedStream*> those_there(std::initializer_list<ScriptedStream*> streams) {
    std::vector<ScriptedStream*> there;
    std::copy_if(streams.begin(), streams.end(), std::back_inserter(there), [](const auto* stream) {
        return stream != nullptr;
    });
    return there;
}

ScriptedStream* pointer_to(std::optional<ScriptedStream>& stream) {
    return stream ? &*stream : nullptr;
}

}  // namespace

WinResult<std::unique_ptr<ScriptedMachine>> ScriptedMachine::start(const ServiceOptions& options) {
    if (const auto started = platform::start_sockets(); !started) {
        return propagate(started.error());
    }
    return std::unique_ptr<ScriptedMachine>(new ScriptedMachine(options));
}

ScriptedMachine::ScriptedMachine(const ServiceOptions& options)
    : script_(options.scripted_linux ? options.scripted_linux : std::make_shared<ScriptedLinux>()) {
    for (const DistributionOptions& distribution : options.distributions) {
        releases_.insert({distribution.id, {distribution.flavor, distribution.os_version}});
    }
    realms_.emplace(std::nullopt, std::make_shared<ScriptedRealm>());
}

WinResult<std::string> ScriptedMachine::host_folder(std::string_view windows_path) const {
    if (!script_->has_folder(windows_path)) {
        return failure(HResult::file_not_found,
                       "'" + std::string(windows_path) + "' is a folder that the test took away");
    }
    return std::string(windows_path);
}

WinResult<> ScriptedMachine::mount_folder(std::string_view host_folder,
                                          std::string_view target,
                                          bool read_only) {
    if (auto alive = ensure_alive(); !alive) {
        return alive;
    }
    if (target.empty()) {
        return failure(HResult::fail, "A folder cannot be mounted at an empty path");
    }
    script_->note_mount({std::string(host_folder), std::string(target), read_only});
    return {};
}

WinResult<> ScriptedMachine::mount_in(const Guid& distribution,
                                      std::string_view host_folder,
                                      std::string_view target,
                                      bool read_only) {
    if (realm_of(distribution) == nullptr) {
        return failure(HResult::distribution_not_running, "The distribution does not run");
    }
    return mount_folder(host_folder, target, read_only);
}

WinResult<> ScriptedMachine::unmount_folder(std::string_view) {
    return ensure_alive();
}

bool ScriptedMachine::has_ended() {
    return !ensure_alive();
}

WinResult<> ScriptedMachine::ensure_alive() const {
    const std::scoped_lock lock(mutex_);
    if (has_ended_) {
        return failure(HResult::aborted, "The virtual machine has ended");
    }
    return {};
}

WinResult<StartedDistribution> ScriptedMachine::start_distribution(const DistributionPlace& place) {
    const Guid& id = place.id;
    if (const auto alive = ensure_alive(); !alive) {
        return propagate(alive.error());
    }
    const std::scoped_lock lock(mutex_);
    if (!realms_.emplace(id, std::make_shared<ScriptedRealm>()).second) {
        return failure(HResult::fail, "The distribution " + to_string(id) + " runs already");
    }
    const std::uint32_t start = script_->next_start();
    StartedDistribution started;
    started.pid_namespace = first_pid_namespace + std::uint64_t{4} * start;
    started.init_pid = first_init_pid + 17 * start;
    if (const auto release = releases_.find(id); release != releases_.end()) {
        started.flavor = release->second.flavor;
        started.version = release->second.version;
    }
    return started;
}

WinResult<> ScriptedMachine::stop_distribution(const Guid& id) {
    if (auto alive = ensure_alive(); !alive) {
        return alive;
    }
    Realms::node_type stopped;  // ended when nothing is locked
    const std::scoped_lock lock(mutex_);
    stopped = realms_.extract(id);
    if (stopped.empty()) {
        return failure(HResult::distribution_not_running,
                       "The distribution " + to_string(id) + " does not run");
    }
    return {};
}

std::shared_ptr<ScriptedRealm> ScriptedMachine::realm_of(const std::optional<Guid>& distribution) {
    const std::scoped_lock lock(mutex_);
    const auto found = realms_.find(distribution);
    return found == realms_.end() ? nullptr : found->second;
}

WinResult<StartedProgram> ScriptedMachine::execute(const std::optional<Guid>& distribution,
                                                   std::string_view path,
                                                   const std::vector<std::string>& arguments) {
    if (const auto alive = ensure_alive(); !alive) {
        return propagate(alive.error());
    }
    const auto realm = realm_of(distribution);
    if (realm == nullptr) {
        return failure(HResult::distribution_not_running, "The distribution does not run");
    }
    auto helper = parse_helper_command(arguments);
    if (helper && helper->part != HelperCommand::Part::Main) {
        auto relay = realm->start_relay();
        return relay ? WinResult<StartedProgram>(StartedProgram{0, std::move(*relay)})
                     : propagate(std::move(relay.error()));
    }
    ScriptedProgram program;
    if (helper) {
        program = std::move(helper->program);
    } else {
        program.path = path;
        program.arguments.assign(arguments.begin() + (arguments.empty() ? 0 : 1), arguments.end());
    }
    program.distribution = distribution;
    auto answered = find_answer(std::move(program));
    if (!answered) {
        return propagate(std::move(answered.error()));
    }
    const std::uint64_t number = answered->number;
    if (helper) {
        return start_program(*realm,
                             number,
                             [this, &realm = *realm, answered = std::move(*answered)](
                                 ScriptedStream& control, const platform::Socket& ended) {
                                 return run_helped(realm, answered, control, ended);
                             });
    }
    if (!answered->entry.canned.is_executable) {
        return failure(HResult::fail, "'" + answered->program.path + "' was said not to be there");
    }
    return start_program(*realm,
                         number,
                         [this, answered = std::move(*answered)](ScriptedStream& stream,
                                                                 const platform::Socket& ended) {
                             return run_plain(answered, stream, ended);
                         });
}

WinResult<StartedProgram>
ScriptedMachine::run_users_command(const Guid& distribution,
                                   const std::vector<std::string>& words) {
    if (const auto alive = ensure_alive(); !alive) {
        return propagate(alive.error());
    }
    const auto realm = realm_of(distribution);
    if (realm == nullptr) {
        return failure(HResult::distribution_not_running, "The distribution does not run");
    }
    Answered answered;
    answered.program.distribution = distribution;
    answered.program.path = words.empty() ? "/bin/sh" : words.front();
    answered.program.arguments.assign(words.begin() + (words.empty() ? 0 : 1), words.end());
    answered.number = script_->note_program(answered.program);
    answered.entry = script_->find(answered.program).value_or(Entry{});
    const std::uint64_t number = answered.number;
    const ScriptedAnswer& canned = answered.entry.canned;
    if (!answered.entry.compute) {
        // Nothing is typed, so that an answer which fits into the connection needs nobody to serve it.
        if (auto stream = ScriptedRealm::answered(canned.is_executable ? canned.output : "")) {
            log(canned.error_output);
            std::promise<int> exit_code;
            exit_code.set_value(canned.is_executable ? exit_code_of(canned) : not_found);
            const std::scoped_lock lock(mutex_);
            exits_.insert({number, exit_code.get_future().share()});
            return StartedProgram{number, std::move(*stream)};
        }
    }
    return start_program(*realm,
                         number,
                         [this, answered = std::move(answered)](ScriptedStream& stream,
                                                                const platform::Socket& ended) {
                             return run_plain(answered, stream, ended);
                         });
}

WinResult<StartedProgram>
ScriptedMachine::start_program(ScriptedRealm& realm, std::uint64_t number, ScriptedWork work) {
    auto started = realm.start(std::move(work));
    if (!started) {
        return propagate(std::move(started.error()));
    }
    const std::scoped_lock lock(mutex_);
    exits_.insert({number, started->exit_code});
    return StartedProgram{number, std::move(started->stream)};
}

WinResult<ProgramExit> ScriptedMachine::wait(std::uint64_t program) {
    std::shared_future<int> exit_code;
    {
        const std::scoped_lock lock(mutex_);
        const auto found = exits_.find(program);
        if (found == exits_.end()) {
            return failure(HResult::fail, "There is no program " + std::to_string(program));
        }
        exit_code = found->second;
    }
    return ProgramExit{exit_code.get()};
}

WinResult<std::string> ScriptedMachine::take_kernel_log() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(kernel_log_, {});
}

void ScriptedMachine::stop() {
    Realms ended;  // ended when nothing is locked
    const std::scoped_lock lock(mutex_);
    has_ended_ = true;
    realms_.swap(ended);
}

void ScriptedMachine::log(std::string_view text) {
    const std::scoped_lock lock(mutex_);
    kernel_log_.append(text);
}

WinResult<ScriptedMachine::Answered> ScriptedMachine::find_answer(ScriptedProgram program) const {
    const std::uint64_t number = script_->note_program(program);
    auto entry = script_->find(program);
    if (!entry) {
        return failure(HResult::fail,
                       "Nothing was answered for '" + program.path + "' with the arguments " +
                           list_text(program.arguments) +
                           "; give the test an answer by ScriptedLinux::answer");
    }
    return Answered{number, std::move(program), std::move(*entry)};
}

ScriptedAnswer ScriptedMachine::answer_of(const Answered& answered, const std::string& input) {
    if (!answered.entry.compute) {
        return answered.entry.canned;
    }
    ScriptedProgram program = answered.program;
    program.input = input;
    script_->note_input(answered.number, input);
    return answered.entry.compute(program);
}

std::optional<int> ScriptedMachine::run_plain(const Answered& answered,
                                              ScriptedStream& stream,
                                              const platform::Socket& ended) {
    ScriptedStream* const only[] = {&stream};
    if (answered.entry.compute) {
        if (!move_until(only, ended, [&] { return stream.input_has_ended(); })) {
            return std::nullopt;
        }
    } else {
        stream.ignore_input();
    }
    const ScriptedAnswer answer = answer_of(answered, stream.received());
    if (!answer.is_executable) {
        return not_found;
    }
    log(answer.error_output);
    stream.send(answer.output);
    if (!move_until(only, ended, [&] { return stream.has_sent(); })) {
        return std::nullopt;
    }
    return exit_code_of(answer);
}

std::optional<int> ScriptedMachine::run_helped(ScriptedRealm& realm,
                                               const Answered& answered,
                                               ScriptedStream& control,
                                               const platform::Socket& ended) {
    ScriptedStream* const only[] = {&control};
    if (!answered.entry.canned.is_executable) {
        control.send("no program\n");
        return not_found;
    }
    control.send("ready\n");
    if (!move_until(only, ended, [&] {
            return control.input_has_ended() || control.received().ends_with('\n');
        })) {
        return std::nullopt;
    }
    const StreamLine line = parse_stream_line(control.received());
    auto input = realm.take_relay(relay_number(line.input));
    auto output = realm.take_relay(relay_number(line.output));
    auto error = realm.take_relay(relay_number(line.error));
    if (!output) {
        control.send("no streams\n");
        return not_found;
    }
    control.send("started\n");
    const auto streams = those_there({&control, pointer_to(input), &*output, pointer_to(error)});
    if (input && answered.entry.compute) {
        if (!move_until(streams, ended, [&] {
                return control.input_has_ended() || input->input_has_ended();
            })) {
            return std::nullopt;
        }
    }
    const ScriptedAnswer answer = answer_of(answered, input ? input->received() : std::string());
    for (ScriptedStream* const stream : streams) {
        stream->ignore_input();
    }
    const std::string mark = line.mark == "-" ? std::string() : line.mark + '\n';
    output->send(answer.output + mark);
    output->end_output();
    if (error) {
        error->send(answer.error_output + mark);
        error->end_output();
    } else {
        log(answer.error_output);
    }
    control.send(ended_line(answer));
    control.end_output();
    // The plugin closes its ends; a close of these before would take away what it has not read yet.
    const bool by_itself = move_until(streams, ended, [&] {
        return std::all_of(streams.begin(), streams.end(), [](const ScriptedStream* stream) {
            return stream->input_has_ended();
        });
    });
    return by_itself ? std::optional(exit_code_of(answer)) : std::nullopt;
}

}  // namespace wslplugins::testhost
