// SPDX-License-Identifier: MIT
/// @file
/// `ScriptedMachine`: a machine in which nothing runs; a `ScriptedLinux` answers for its programs.
#pragma once

#include "testhost/machine/machine.hpp"
#include "testhost/scripted/scripted_realm.hpp"

#include <wslplugins/testhost/service.hpp>

#include <map>
#include <memory>
#include <mutex>

namespace wslplugins::testhost {

class ScriptedMachine final : public Machine {
public:
    [[nodiscard]] static WinResult<std::unique_ptr<ScriptedMachine>>
    start(const ServiceOptions& options);

    [[nodiscard]] WinResult<std::string> host_folder(std::string_view windows_path) const override;
    [[nodiscard]] WinResult<>
    mount_folder(std::string_view host_folder, std::string_view target, bool read_only) override;
    [[nodiscard]] WinResult<> mount_in(const Guid& distribution,
                                       std::string_view host_folder,
                                       std::string_view target,
                                       bool read_only) override;
    [[nodiscard]] WinResult<> unmount_folder(std::string_view target) override;
    [[nodiscard]] WinResult<StartedDistribution>
    start_distribution(const DistributionPlace& place) override;
    [[nodiscard]] WinResult<> stop_distribution(const Guid& id) override;
    [[nodiscard]] WinResult<StartedProgram>
    execute(const std::optional<Guid>& distribution,
            std::string_view path,
            const std::vector<std::string>& arguments) override;
    [[nodiscard]] WinResult<StartedProgram>
    run_users_command(const Guid& distribution, const std::vector<std::string>& words) override;
    [[nodiscard]] WinResult<StartedProcess> start_process(const ProcessRequest& request) override;
    [[nodiscard]] WinResult<> signal(std::uint64_t program, int number) override;
    [[nodiscard]] WinResult<ProgramExit> wait(std::uint64_t program) override;
    [[nodiscard]] WinResult<std::string> take_kernel_log() override;
    [[nodiscard]] bool has_ended() override;
    void stop() override;

private:
    using Entry = ScriptedLinux::Entry;
    /// The root namespace is that of no distribution.
    using Realms = std::map<std::optional<Guid>, std::shared_ptr<ScriptedRealm>>;

    struct Release {
        std::string flavor;
        std::string version;
    };

    explicit ScriptedMachine(const ServiceOptions& options);

    /// A program with its answer.
    struct Answered {
        std::uint64_t number = 0;
        ScriptedProgram program;
        Entry entry;
    };

    /// A process's streams but its output, and the signals that it gets, a byte each.
    struct ProcessStreams {
        ScriptedStream input;
        ScriptedStream error;
        ScriptedStream signals;
    };

    /// Null where the distribution does not run.
    [[nodiscard]] std::shared_ptr<ScriptedRealm> realm_of(const std::optional<Guid>& distribution);
    [[nodiscard]] WinResult<StartedProgram>
    start_program(ScriptedRealm& realm, std::uint64_t number, ScriptedWork work);
    [[nodiscard]] WinResult<Answered> find_answer(ScriptedProgram program) const;
    /// What the program does. @param input all of its standard input.
    [[nodiscard]] ScriptedAnswer answer_of(const Answered& answered, const std::string& input);
    /// E_ABORT once the machine has been stopped.
    [[nodiscard]] WinResult<> ensure_alive() const;
    void log(std::string_view text);

    // What a program does on its thread: by itself, or run by the framework's helper.
    [[nodiscard]] std::optional<int>
    run_plain(const Answered& answered, ScriptedStream& stream, const platform::Socket& ended);
    [[nodiscard]] std::optional<int> run_helped(ScriptedRealm& realm,
                                                const Answered& answered,
                                                ScriptedStream& control,
                                                const platform::Socket& ended);
    [[nodiscard]] std::optional<int> run_process(const Answered& answered,
                                                 ScriptedStream& output,
                                                 ProcessStreams& others,
                                                 const platform::Socket& ended);

    const std::shared_ptr<ScriptedLinux> script_;
    std::map<Guid, Release> releases_;
    mutable std::mutex mutex_;
    bool has_ended_ = false;
    std::string kernel_log_;
    std::map<std::uint64_t, platform::Socket> signals_;  // where processes take theirs
    std::map<std::uint64_t, std::shared_future<int>> exits_;
    Realms realms_;  // last: what runs in them uses all of the above
};

}  // namespace wslplugins::testhost
