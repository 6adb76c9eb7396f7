// SPDX-License-Identifier: MIT
// What users do with `wsl.exe`.
#include "testhost/scenario/step_rows.hpp"
#include "testhost/scenario/step_values.hpp"

#include <limits>

namespace wslplugins::testhost {
namespace {

using enum KeyType;

constexpr Key launch_keys[] = {
    {.name = "distribution", .type = Text, .meaning = "its name; the default one without"},
    {.name = "command",
     .type = Texts,
     .meaning = "the program and its arguments, looked up in PATH; the shell without"},
};

constexpr Key launch_bash_keys[] = {
    {.name = "command",
     .type = Texts,
     .meaning = "the program and its arguments; the shell without"},
};

constexpr Key one_distribution{
    .name = "distribution", .type = Text, .meaning = "its name", .is_required = true, .least = 1};
constexpr Key distribution_keys_only[] = {one_distribution};

constexpr Key shutdown_keys[] = {
    {.name = "force",
     .type = Flag,
     .meaning = "`--force`: the machine is dead before the first hook is called"},
};

constexpr Key import_keys[] = {
    {.name = "name",
     .type = Text,
     .meaning = "the new one's name",
     .is_required = true,
     .least = 1},
    {.name = "source",
     .type = Path,
     .meaning = "a tar file or a folder with its files; for a disk, a folder that stands for it",
     .is_required = true,
     .least = 1},
    {.name = "location",
     .type = Path,
     .meaning = "the folder in which its files are to be; made where it is missing",
     .is_required = true,
     .least = 1},
    {.name = "wsl_version", .type = Number, .meaning = "2 without", .least = 1, .greatest = 2},
};

constexpr Key import_in_place_keys[] = {
    {.name = "name",
     .type = Text,
     .meaning = "the new one's name",
     .is_required = true,
     .least = 1},
    {.name = "disk",
     .type = Path,
     .meaning = "the folder that stands for the disk",
     .is_required = true,
     .least = 1},
};

constexpr Key export_keys[] = {
    one_distribution,
    {.name = "file", .type = Path, .meaning = "where to", .is_required = true, .least = 1},
};

constexpr Key set_version_keys[] = {
    one_distribution,
    {.name = "wsl_version",
     .type = Number,
     .meaning = "which",
     .is_required = true,
     .least = 1,
     .greatest = 2},
};

constexpr Key set_default_user_keys[] = {
    one_distribution,
    {.name = "user_id",
     .type = Number,
     .meaning = "the Linux user's number",
     .is_required = true,
     .least = 0,
     .greatest = (std::numeric_limits<std::uint32_t>::max)()},
};

constexpr Key attach_disk_keys[] = {
    {.name = "disk",
     .type = Path,
     .meaning = "a file that must be there, now and at each later start of the machine",
     .is_required = true,
     .least = 1},
};

constexpr Key detach_disk_keys[] = {
    {.name = "disk",
     .type = Path,
     .meaning = "the file that `attach-disk` named",
     .is_required = true,
     .least = 1},
};

constexpr Key resize_keys[] = {
    one_distribution,
    {.name = "size",
     .type = Text,
     .meaning = "as the user writes it, such as `64GB`",
     .is_required = true,
     .least = 1},
};

constexpr Key move_keys[] = {
    one_distribution,
    {.name = "location",
     .type = Path,
     .meaning = "the folder in which its files are to be; made where it is missing",
     .is_required = true,
     .least = 1},
};

ImportOptions import_options(const ScenarioStep& step) {
    constexpr std::int64_t usual_version = 2;
    return {text_of(step, "name"),
            text_of(step, "source"),
            text_of(step, "location"),
            static_cast<int>(value_of<std::int64_t>(step, "wsl_version", usual_version))};
}

constexpr StepRow rows[] = {
    {.name = "launch",
     .meaning = "`wsl.exe -d <distribution> <command…>`: starts the virtual machine and the "
                "distribution where they do not run, and runs the command",
     .keys = launch_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).launch(text_of(step, "distribution"),
                                               texts_of(step, "command"));
     }},
    {.name = "launch-bash",
     .meaning = "`bash.exe -c <command…>` in the default distribution: as `launch`, but a failure "
                "before the command runs has exit code 1",
     .keys = launch_bash_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).launch_bash(texts_of(step, "command"));
     }},
    {.name = "terminate",
     .meaning = "`wsl.exe --terminate <distribution>`",
     .keys = distribution_keys_only,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).terminate(text_of(step, "distribution"));
     }},
    {.name = "shutdown",
     .meaning = "`wsl.exe --shutdown`: stops all distributions and the virtual machine",
     .keys = shutdown_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).shutdown(value_of<bool>(step, "force"));
     }},
    {.name = "import-tar",
     .meaning = "`wsl.exe --import <name> <location> <file> --version <n>`",
     .keys = import_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).import_tar(import_options(step));
     }},
    {.name = "import-disk",
     .meaning = "`wsl.exe --import … --vhd`",
     .keys = import_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).import_disk(import_options(step));
     }},
    {.name = "import-in-place",
     .meaning = "`wsl.exe --import-in-place <name> <disk>`",
     .keys = import_in_place_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).import_in_place(text_of(step, "name"),
                                                        text_of(step, "disk"));
     }},
    {.name = "install",
     .meaning =
         "`wsl.exe --install --from-file …`: as `import-tar`, then launches the distribution",
     .keys = import_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).install(import_options(step));
     }},
    {.name = "unregister",
     .meaning = "`wsl.exe --unregister <distribution>`",
     .keys = distribution_keys_only,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).unregister(text_of(step, "distribution"));
     }},
    {.name = "export-tar",
     .meaning = "`wsl.exe --export <distribution> <file>`",
     .keys = export_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).export_tar(text_of(step, "distribution"),
                                                   text_of(step, "file"));
     }},
    {.name = "export-disk",
     .meaning = "`wsl.exe --export … --vhd`",
     .keys = export_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).export_disk(text_of(step, "distribution"),
                                                    text_of(step, "file"));
     }},
    {.name = "set-version",
     .meaning = "`wsl.exe --set-version <distribution> <1 or 2>`",
     .keys = set_version_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).set_version(
             text_of(step, "distribution"),
             static_cast<int>(value_of<std::int64_t>(step, "wsl_version")));
     }},
    {.name = "set-default",
     .meaning = "`wsl.exe --set-default <distribution>`",
     .keys = distribution_keys_only,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).set_default(text_of(step, "distribution"));
     }},
    {.name = "set-default-user",
     .meaning = "what a distribution's launcher does with `WslConfigureDistribution`",
     .keys = set_default_user_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).set_default_user(
             text_of(step, "distribution"),
             static_cast<std::uint32_t>(value_of<std::int64_t>(step, "user_id")));
     }},
    {.name = "attach-disk",
     .meaning = "`wsl.exe --mount <disk> --bare`",
     .keys = attach_disk_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).attach_disk(text_of(step, "disk"));
     }},
    {.name = "detach-disk",
     .meaning = "`wsl.exe --unmount <disk>`",
     .keys = detach_disk_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).detach_disk(text_of(step, "disk"));
     }},
    {.name = "resize",
     .meaning =
         "`wsl.exe --manage <distribution> --resize <size>`; nothing comes of it here but the "
         "virtual machine, which it needs",
     .keys = resize_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).resize(text_of(step, "distribution"),
                                               text_of(step, "size"));
     }},
    {.name = "move",
     .meaning = "`wsl.exe --manage <distribution> --move <location>`",
     .keys = move_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return service.user(step.user).move(text_of(step, "distribution"),
                                             text_of(step, "location"));
     }},
};

}  // namespace

std::span<const StepRow> wsl_steps() noexcept {
    return rows;
}

}  // namespace wslplugins::testhost
