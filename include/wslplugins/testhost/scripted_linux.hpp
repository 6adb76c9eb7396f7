// SPDX-License-Identifier: MIT
/// @file
/// `ScriptedLinux`: a Linux side on which nothing runs, and a test answers for the programs.
#pragma once

#include <wslplugins/core/guid.hpp>

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::testhost {

/// A program that a plugin or a user started. One that the framework's `run` or `spawn` starts stands here as
/// itself, not as the helper that these go through.
struct ScriptedProgram {
    std::optional<Guid> distribution;    ///< None: the virtual machine's root namespace.
    std::string path;                    ///< Of a user's command: its first word.
    std::vector<std::string> arguments;  ///< Without the program's own name.
    std::string
        input;  ///< What it was sent until its standard input ended; only for a computed answer.
    std::vector<std::string>
        environment;  ///< `NAME=value`, what the framework's command or a container sets.
    std::string working_folder;  ///< Empty: the default one.
    std::string user;            ///< Empty: root.
};

/// What a program does. A canned answer is sent at once, whatever is on standard input.
struct ScriptedAnswer {
    std::string output{};        ///< On standard output; any bytes, any size.
    int exit_code = 0;           ///< 0 to 255.
    std::string error_output{};  ///< On standard error, which WSL passes to nobody but its log.
    int signal = 0;              ///< Not 0: it ends by this signal in place of the exit code.
    bool is_executable = true;   ///< False: there is no such program.

    /// True: it sends its output and goes on until a signal or the end of its machine ends it, as a service in a
    /// container does. Only for programs with three streams of their own: containers and WSLCCreateProcess.
    bool lasts = false;
};

/// Which programs an answer is for. What is not given may be anything.
struct ScriptedMatch {
    std::string path;  ///< The program's; of a user's command its first word.
    std::optional<std::vector<std::string>>
        arguments{};  ///< Exactly these; the program's own name is not among them.
    std::optional<Guid> distribution{};  ///< In this one only.
    std::optional<std::string> user{};   ///< As this user only; empty: root.
};

/// What MountFolder mounted.
struct ScriptedMount {
    std::string windows_path;  ///< As the plugin named it.
    std::string linux_path;    ///< As the plugin named it.
    bool read_only = false;    ///< As the plugin asked.

    /// The same in every member.
    friend bool operator==(const ScriptedMount&, const ScriptedMount&) = default;
};

/// Keeps the answers and what was asked. Every function may be called from any thread, also while the service
/// runs; of several answers that fit a program the one that was given last counts.
///
/// A plugin's program that nobody has answered fails with E_FAIL, as one that cannot be executed, and the call's
/// entry in the journal says so. A user's command that nobody has answered writes nothing and ends with 0; so does a
/// container's program.
class ScriptedLinux {
public:
    /// It runs on a thread of the program's own; it neither throws nor calls the plugin's API.
    using Compute = std::function<ScriptedAnswer(const ScriptedProgram&)>;

    ScriptedLinux() = default;
    ScriptedLinux(const ScriptedLinux&) = delete;
    ScriptedLinux& operator=(const ScriptedLinux&) = delete;

    /// Answers the program of this path, whatever its arguments.
    void answer(std::string path, ScriptedAnswer answer);

    /// Answers the program of this path with exactly these arguments, its own name not among them.
    void answer(std::string path, std::vector<std::string> arguments, ScriptedAnswer answer);

    /// Answers the programs that fit.
    void answer_for(ScriptedMatch match, ScriptedAnswer answer);

    /// As `answer`, with what the function makes of the program and its standard input, once that has ended.
    void compute(std::string path, Compute compute);

    /// MountFolder of this Windows folder fails: it does not exist. Every other one does.
    void lack_folder(std::string windows_path);

    /// What was started so far, in order, programs that nobody answered included.
    [[nodiscard]] std::vector<ScriptedProgram> programs() const;

    /// What was mounted so far, in order.
    [[nodiscard]] std::vector<ScriptedMount> mounts() const;

private:
    friend class ScriptedMachine;

    struct Entry {
        ScriptedMatch match;
        ScriptedAnswer canned;
        Compute compute;  // null: the canned answer
    };

    void add(Entry entry);

    // What the machine asks and tells.
    [[nodiscard]] std::optional<Entry> find(const ScriptedProgram& program) const;
    [[nodiscard]] bool has_folder(std::string_view windows_path) const;
    /// @return the program's number, from 1.
    [[nodiscard]] std::uint64_t note_program(ScriptedProgram program);
    void note_input(std::uint64_t program, std::string input);
    void note_mount(ScriptedMount mount);
    /// Counts the starts of distributions, in all virtual machines.
    [[nodiscard]] std::uint32_t next_start();

    mutable std::mutex mutex_;
    std::vector<Entry> entries_;
    std::vector<std::string> lacking_folders_;
    std::vector<ScriptedProgram> programs_;
    std::vector<ScriptedMount> mounts_;
    std::uint32_t starts_ = 0;
};

}  // namespace wslplugins::testhost
