// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_container.hpp"

#include "testhost/journal/journal_text.hpp"
#include "testhost/wslc/wslc_codes.hpp"
#include "testhost/wslc/wslc_storage.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <thread>
#include <utility>

namespace wslplugins::testhost {
namespace {

constexpr int signal_kill = 9;
constexpr int signal_terminate = 15;
constexpr std::chrono::seconds default_stop_timeout{10};

/// The container's place in the machine, which knows it as a distribution.
Guid guid_of(const std::string& container_id) {
    const auto number = [&](std::size_t from, std::size_t count) {
        return std::stoul(container_id.substr(from, count), nullptr, 16);
    };
    abi::GUID raw{};
    raw.Data1 = static_cast<std::uint32_t>(number(0, 8));
    raw.Data2 = static_cast<std::uint16_t>(number(8, 4));
    raw.Data3 = static_cast<std::uint16_t>(number(12, 4));
    for (std::size_t i = 0; i < 8; ++i) {
        raw.Data4[i] = static_cast<std::uint8_t>(number(16 + 2 * i, 2));
    }
    return Guid(raw);
}

/// Reads what a program writes to both its streams, as it comes, until both have ended.
void read_streams(StartedProcess process, const std::function<void(std::string_view)>& take) {
    process.input.close();  // nothing is typed
    std::array<platform::Socket*, 2> streams{&process.output, &process.error};
    std::array<char, 16 * 1024> buffer;
    while (process.output.is_open() || process.error.is_open()) {
        std::array<platform::Awaited, 2> awaited;
        std::size_t count = 0;
        for (const platform::Socket* stream : streams) {
            if (stream->is_open()) {
                awaited[count++].socket = stream;
            }
        }
        if (!platform::wait_for_any(std::span(awaited).first(count), std::nullopt)) {
            return;
        }
        for (platform::Socket* stream : streams) {
            const bool is_ready = std::ranges::any_of(awaited, [&](const platform::Awaited& one) {
                return one.socket == stream && one.is_ready;
            });
            if (!is_ready) {
                continue;
            }
            const auto received = stream->receive(std::as_writable_bytes(std::span(buffer)));
            if (!received || *received == 0) {
                stream->close();
                continue;
            }
            take({buffer.data(), *received});
        }
    }
}

}  // namespace

/// From one start to the end that belongs to it.
struct WslcContainer::Run {
    std::optional<WslcSession::Activity> activity;  ///< Until it is finished; under `lock_`.
    WslcSession& session;
    WslcVm& vm;
    Guid place;
    std::uint64_t program = 0;
    bool has_ended = false;  ///< Under `state_lock_`.
};

WslcContainer::WslcContainer(ContainerDescription description, WslcStorage& storage)
    : description_(std::move(description)), storage_(storage) {}

ContainerStatus WslcContainer::status() const {
    const std::scoped_lock lock(state_lock_);
    return status_;
}

std::string WslcContainer::document() const {
    return container_document(description_, status());
}

std::string WslcContainer::output() const {
    const std::scoped_lock lock(state_lock_);
    return output_;
}

WinResult<> WslcContainer::start(const WslcSession::Activity& activity) {
    const std::scoped_lock lock(lock_);
    if (run_ != nullptr) {
        return {};
    }
    const auto run = launch(activity);
    if (!run) {
        return propagate(run.error());
    }
    run_ = *run;
    const WslcPayload payload{document(),
                              {{"id", description_.id},
                               {"name", description_.name},
                               {"image", description_.options.image},
                               {"command", list_text(description_.options.command)}}};
    auto told = activity.session().notifier().tell(
        Hook::ContainerStarted, activity.session().facts(), payload);
    if (!told) {
        end_program(**run);
        finish(*run, Told::Nobody);
    }
    return told;
}

WinResult<std::shared_ptr<WslcContainer::Run>>
WslcContainer::launch(const WslcSession::Activity& activity) {
    auto run = std::make_shared<Run>(
        Run{activity.share(), activity.session(), activity.vm(), guid_of(description_.id)});
    Machine& machine = run->vm.machine();
    std::vector<std::string> command = description_.entrypoint;
    command.insert(
        command.end(), description_.options.command.begin(), description_.options.command.end());
    if (const auto place = machine.start_distribution(run->place); !place) {
        return propagate(place.error());
    }
    if (const auto mounted = mount_volumes(*run); !mounted) {
        (void)machine.stop_distribution(run->place);
        return propagate(mounted.error());
    }
    auto process = machine.start_process({.distribution = run->place,
                                          .path = command.front(),
                                          .arguments = command,
                                          .environment = description_.options.env,
                                          .folder = description_.options.working_dir});
    if (!process) {
        (void)machine.stop_distribution(run->place);
        return propagate(std::move(process.error()));
    }
    run->program = process->number;
    {
        const std::scoped_lock lock(state_lock_);
        status_ = {
            .status = "running", .exit_code = 0, .started_at = time_text(), .finished_at = {}};
        output_.clear();
        is_finished_ = false;
    }
    watch(run, std::move(*process));
    return run;
}

WinResult<> WslcContainer::mount_volumes(Run& run) const {
    Machine& machine = run.vm.machine();
    for (const WslcVolume& volume : description_.options.volumes) {
        if (!volume.target.starts_with('/')) {
            return failure(HResult::invalid_argument,
                           "'" + volume.target + "' is no absolute path in a container");
        }
        const auto folder = machine.host_folder(volume.windows_path);
        if (!folder) {
            return failure(HResult::path_not_found, folder.error().text());
        }
        auto mounted = machine.mount_in(run.place, *folder, volume.target, volume.read_only);
        if (!mounted) {
            return mounted;
        }
    }
    return {};
}

WinResult<UserOutput> WslcContainer::exec(const WslcSession::Activity& activity,
                                          const std::vector<std::string>& command) {
    if (command.empty()) {
        return failure(HResult::invalid_argument, "There is no program to execute");
    }
    Guid place;
    {
        const std::scoped_lock lock(lock_);
        if (run_ == nullptr) {
            return not_running();
        }
        place = run_->place;
    }
    Machine& machine = activity.vm().machine();
    auto process = machine.start_process({.distribution = place,
                                          .path = command.front(),
                                          .arguments = command,
                                          .environment = description_.options.env,
                                          .folder = description_.options.working_dir});
    if (!process) {
        return propagate(std::move(process.error()));
    }
    const std::uint64_t program = process->number;
    UserOutput output;
    read_streams(std::move(*process), [&output](std::string_view text) { output.text += text; });
    const auto ended = machine.wait(program);
    output.exit_code = ended ? ended->exit_code : killed_with_machine;
    return output;
}

std::unexpected<Error> WslcContainer::not_running() const {
    return failure(container_not_running, "Container " + description_.name + " is not running");
}

void WslcContainer::watch(const std::shared_ptr<Run>& run, StartedProcess process) {
    // The session's threads take copyable work.
    const auto streams = std::make_shared<StartedProcess>(std::move(process));
    run->session.run_in_background([self = shared_from_this(), run, streams] {
        std::thread reader([&] {
            read_streams(std::move(*streams), [&self](std::string_view text) {
                const std::scoped_lock lock(self->state_lock_);
                self->output_ += text;
            });
        });
        const auto ended = run->vm.machine().wait(run->program);
        // Whatever else runs in the container ends with its first program.
        (void)run->vm.machine().stop_distribution(run->place);
        reader.join();
        self->note_end(*run, ended ? ended->exit_code : killed_with_machine);
        const std::scoped_lock lock(self->lock_);
        self->finish(run, Told::Plugins);
    });
}

void WslcContainer::note_end(Run& run, int exit_code) {
    {
        const std::scoped_lock lock(state_lock_);
        run.has_ended = true;
        status_.status = "exited";
        status_.exit_code = exit_code;
        status_.finished_at = time_text();
    }
    changed_.notify_all();
}

void WslcContainer::wait_for_end(Run& run, std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock(state_lock_);
    changed_.wait_until(lock, deadline, [&run] { return run.has_ended; });
}

void WslcContainer::end_program(Run& run) {
    const auto& asked = description_.options.stop_timeout;
    const auto timeout = asked ? std::chrono::seconds(*asked) : default_stop_timeout;
    // One that has ended meanwhile needs no signal.
    (void)run.vm.machine().signal(run.program, signal_terminate);
    wait_for_end(run, std::chrono::steady_clock::now() + timeout);
    (void)run.vm.machine().signal(run.program, signal_kill);
    std::unique_lock lock(state_lock_);
    changed_.wait(lock, [&run] { return run.has_ended; });
}

void WslcContainer::finish(const std::shared_ptr<Run>& run, Told told) {
    if (run_ != run) {
        return;
    }
    if (told == Told::Plugins && run->session.is_alive()) {
        // The hook cannot change anything; the journal has its code.
        (void)run->session.notifier().tell(Hook::ContainerStopping,
                                           run->session.facts(),
                                           {description_.id, {{"id", description_.id}}});
    }
    run_.reset();
    run->activity.reset();
    if (description_.options.remove_when_ended) {
        storage_.remove_container(*this);
    }
    {
        const std::scoped_lock lock(state_lock_);
        is_finished_ = true;
    }
    changed_.notify_all();
}

void WslcContainer::stop() {
    const std::scoped_lock lock(lock_);
    if (const auto run = run_) {
        end_program(*run);
        finish(run, Told::Plugins);
    }
}

WinResult<> WslcContainer::kill(int signal) {
    std::shared_ptr<Run> run;
    {
        const std::scoped_lock lock(lock_);
        run = run_;
    }
    if (run == nullptr) {
        return not_running();
    }
    auto sent = run->vm.machine().signal(run->program, signal);
    if (!sent && sent.error().code() != HResult::not_found) {
        return sent;
    }
    if (signal == signal_kill) {
        (void)wait();
    }
    return {};
}

WinResult<> WslcContainer::remove(bool force) {
    const std::scoped_lock lock(lock_);
    if (const auto run = run_) {
        if (!force) {
            return failure(container_is_running,
                           "Container " + description_.name +
                               " is running: stop it before removal or use force");
        }
        (void)run->vm.machine().signal(run->program, signal_kill);
        {
            std::unique_lock state(state_lock_);
            changed_.wait(state, [&run] { return run->has_ended; });
        }
        finish(run, Told::Nobody);
    }
    storage_.remove_container(*this);
    return {};
}

int WslcContainer::wait() {
    std::unique_lock lock(state_lock_);
    changed_.wait(lock, [this] { return is_finished_; });
    return status_.exit_code;
}

}  // namespace wslplugins::testhost
