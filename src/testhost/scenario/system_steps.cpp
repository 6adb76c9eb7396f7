// SPDX-License-Identifier: MIT
// What happens to the service, and what only the scenario needs.
#include "testhost/scenario/step_rows.hpp"
#include "testhost/scenario/step_values.hpp"
#include "testhost/scenario/wait_for_file.hpp"

namespace wslplugins::testhost {
namespace {

using enum KeyType;

constexpr std::int64_t longest_wait_ms = 600'000;

constexpr Key wait_for_file_keys[] = {
    {.name = "path",
     .type = Path,
     .meaning = "a file of the computer that plays the scenario",
     .is_required = true,
     .least = 1},
    {.name = "contains", .type = Text, .meaning = "what must stand in it", .is_required = true},
    {.name = "timeout_ms",
     .type = Number,
     .meaning = "how long it may take; 10000 without",
     .least = 0,
     .greatest = longest_wait_ms},
};

constexpr Key parallel_keys[] = {
    {.name = "steps",
     .type = Steps,
     .meaning = "what runs at the same time; steps of one thread in order. The group ends when all "
                "have ended",
     .is_required = true,
     .least = 1},
};

constexpr std::string_view timeout_choices[] = {"distribution", "virtual-machine"};

constexpr Key idle_keys[] = {
    {.name = "timeout",
     .type = Text,
     .meaning =
         "which: that of distributions without a command, or after it that of the machine in "
         "which nothing runs",
     .is_required = true,
     .choices = timeout_choices},
};

constexpr Key distribution_keys_only[] = {
    {.name = "distribution", .type = Text, .meaning = "its name", .is_required = true, .least = 1},
};

constexpr Key crash_machine_keys[] = {
    {.name = "unnoticed",
     .type = Flag,
     .meaning = "the service learns of it when the user's next command or timeout comes"},
};

constexpr Key set_config_keys[] = {
    {.name = "custom_kernel", .type = Flag, .meaning = "`wsl2.kernel` is set"},
    {.name = "custom_kernel_command_line",
     .type = Flag,
     .meaning = "`wsl2.kernelCommandLine` is set"},
    {.name = "safe_mode", .type = Flag, .meaning = "`wsl2.safeMode`: neither of them counts"},
    {.name = "vm_stops_when_idle",
     .type = Flag,
     .meaning = "`false`: `wsl2.vmIdleTimeout` is negative"},
};

constexpr Key set_policy_keys[] = {
    {.name = "allows_wsl", .type = Flag, .meaning = "`false`: WSL is disabled"},
    {.name = "allows_custom_kernel",
     .type = Flag,
     .meaning = "`false`: users' `custom_kernel` does not count"},
    {.name = "allows_custom_kernel_command_line",
     .type = Flag,
     .meaning = "`false`: users' `custom_kernel_command_line` does not count"},
};

WinResult<UserOutput> let_idle_time_pass(Service& service, const ScenarioStep& step) {
    service.user(step.user).let_idle_time_pass(text_of(step, "timeout") == timeout_choices[0]
                                                   ? IdleTimeout::Distribution
                                                   : IdleTimeout::VirtualMachine);
    return UserOutput{};
}

WinResult<UserOutput> crash_machine(Service& service, const ScenarioStep& step) {
    if (value_of<bool>(step, "unnoticed")) {
        service.user(step.user).crash_machine_unnoticed();
    } else {
        service.user(step.user).crash_machine();
    }
    return UserOutput{};
}

UserOutput where_it_runs(bool does_run) {
    return does_run ? UserOutput{} : UserOutput{1, "The distribution does not run\n"};
}

WinResult<UserOutput> open_files(Service& service, const ScenarioStep& step) {
    return where_it_runs(service.user(step.user).open_files(text_of(step, "distribution")));
}

WinResult<UserOutput> close_files(Service& service, const ScenarioStep& step) {
    return where_it_runs(service.user(step.user).close_files(text_of(step, "distribution")));
}

WinResult<UserOutput> end_init(Service& service, const ScenarioStep& step) {
    service.user(step.user).end_init(text_of(step, "distribution"));
    return UserOutput{};
}

WinResult<UserOutput> log_off(Service& service, const ScenarioStep& step) {
    service.user(step.user).log_off();
    return UserOutput{};
}

WinResult<UserOutput> set_config(Service& service, const ScenarioStep& step) {
    WslConfig config;
    config.custom_kernel = value_of<bool>(step, "custom_kernel");
    config.custom_kernel_command_line = value_of<bool>(step, "custom_kernel_command_line");
    config.safe_mode = value_of<bool>(step, "safe_mode");
    config.vm_stops_when_idle = value_of<bool>(step, "vm_stops_when_idle", true);
    service.user(step.user).set_config(config);
    return UserOutput{};
}

WinResult<UserOutput> set_policy(Service& service, const ScenarioStep& step) {
    WslPolicy policy;
    policy.allows_wsl = value_of<bool>(step, "allows_wsl", true);
    policy.allows_custom_kernel = value_of<bool>(step, "allows_custom_kernel", true);
    policy.allows_custom_kernel_command_line =
        value_of<bool>(step, "allows_custom_kernel_command_line", true);
    service.set_policy(policy);
    return UserOutput{};
}

WinResult<UserOutput> stop_service(Service& service, const ScenarioStep&) {
    service.stop();
    return UserOutput{};
}

WinResult<UserOutput> start_service(Service& service, const ScenarioStep&) {
    if (const auto started = service.restart(); !started) {
        return propagate(started.error());
    }
    return UserOutput{};
}

WinResult<UserOutput> await_file(Service&, const ScenarioStep& step) {
    constexpr std::int64_t usual_wait_ms = 10'000;
    return wait_for_file(
        text_of(step, "path"),
        text_of(step, "contains"),
        std::chrono::milliseconds(value_of<std::int64_t>(step, "timeout_ms", usual_wait_ms)));
}

constexpr StepRow rows[] = {
    {.name = "let-idle-time-pass",
     .meaning = "lets a timeout pass at once; what stops then has stopped when the step ends",
     .keys = idle_keys,
     .play = let_idle_time_pass},
    {.name = "crash-machine",
     .meaning = "the user's virtual machine dies",
     .keys = crash_machine_keys,
     .play = crash_machine},
    {.name = "open-files",
     .meaning =
         "a Windows program holds files of the distribution open, by `\\\\wsl.localhost`: it does "
         "not stop for being idle. Exit code 1 where it does not run",
     .keys = distribution_keys_only,
     .play = open_files},
    {.name = "close-files",
     .meaning = "the program closes them",
     .keys = distribution_keys_only,
     .play = close_files},
    {.name = "end-init",
     .meaning = "the init of a running distribution dies, and with it all that runs there",
     .keys = distribution_keys_only,
     .play = end_init},
    {.name = "log-off",
     .meaning =
         "the user logs off: the session is stopped for good, and the next command makes a new one",
     .keys = {},
     .play = log_off},
    {.name = "set-config",
     .meaning =
         "writes the user's `.wslconfig`, whole; the next start of the virtual machine reads it",
     .keys = set_config_keys,
     .play = set_config},
    {.name = "set-policy",
     .meaning = "sets the computer's policies, all of them",
     .keys = set_policy_keys,
     .play = set_policy},
    {.name = "stop-service",
     .meaning = "stops the service, as the service manager does",
     .keys = {},
     .may_be_parallel = false,
     .play = stop_service},
    {.name = "start-service",
     .meaning = "starts it anew, after a stop where it runs; at the beginning it runs",
     .keys = {},
     .may_be_parallel = false,
     .play = start_service},
    {.name = "wait-for-file",
     .meaning = "waits until a file contains a text; exit code 1 when it does not in time",
     .keys = wait_for_file_keys,
     .play = await_file},
    {.name = parallel_step,
     .meaning = "several steps at the same time",
     .keys = parallel_keys,
     .may_be_parallel = false},
};

}  // namespace

std::span<const StepRow> system_steps() noexcept {
    return rows;
}

}  // namespace wslplugins::testhost
