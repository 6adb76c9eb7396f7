// SPDX-License-Identifier: MIT
// What users' programs and `wslc.exe` do with container sessions, and what happens to a session from outside.
#include "testhost/scenario/step_rows.hpp"
#include "testhost/scenario/step_values.hpp"

#include <algorithm>
#include <limits>

namespace wslplugins::testhost {
namespace {

using enum KeyType;

constexpr int failed_exit_code = 1;
constexpr std::int64_t greatest_signal = 64;
constexpr std::int64_t signal_kill = 9;

constexpr Key named_session{
    .name = "session", .type = Text, .meaning = "its name", .is_required = true, .least = 1};
constexpr Key session_only[] = {named_session};

constexpr Key create_session_keys[] = {
    named_session,
    {.name = "storage",
     .type = Text,
     .meaning = "the folder that keeps images and containers over the session's end, only a name "
                "here; without, they are kept in memory, and the machine is never idle",
     .least = 1},
    {.name = "kept_by_service",
     .type = Flag,
     .meaning = "the service holds a reference itself, as to the sessions of `wslc.exe`"},
    {.name = "application_pid",
     .type = Number,
     .meaning = "the number of the program that makes it; this one's without",
     .least = 1,
     .greatest = (std::numeric_limits<std::uint32_t>::max)()},
};

/// Of every command of `wslc.exe`.
constexpr Key in_session{.name = "session",
                         .type = Text,
                         .meaning = "`--session <name>`, which must exist; the one that `wslc.exe` "
                                    "makes for itself without",
                         .least = 1};
constexpr Key container{.name = "container",
                        .type = Text,
                        .meaning = "its name or id",
                        .is_required = true,
                        .least = 1};
constexpr Key image{
    .name = "image", .type = Text, .meaning = "its name or id", .is_required = true, .least = 1};
constexpr Key environment{
    .name = "env", .type = Texts, .meaning = "variables, each as `NAME=value`"};
constexpr Key labels{.name = "labels", .type = Texts, .meaning = "each as `name=value`"};

constexpr Key command_keys[] = {in_session};
constexpr Key container_keys[] = {in_session, container};
constexpr Key image_keys[] = {in_session, image};

constexpr Key run_keys[] = {
    in_session,
    image,
    {.name = "command", .type = Texts, .meaning = "in place of the image's"},
    {.name = "name",
     .type = Text,
     .meaning = "the container's; one is made up without",
     .least = 1},
    environment,
    labels,
    {.name = "working_dir", .type = Text, .meaning = "where it starts; the image's without"},
    {.name = "container_user",
     .type = Text,
     .meaning =
         "`--user`: a Linux user's name or number, only told to plugins; the image's without",
     .least = 1},
    {.name = "stop_timeout",
     .type = Number,
     .meaning = "seconds until `stop-container` kills; 10 without",
     .least = 0,
     .greatest = 3600},
    {.name = "remove_when_ended", .type = Flag, .meaning = "`--rm`"},
    {.name = "volumes",
     .type = Texts,
     .meaning = "folders of Windows that it sees, each as `C:\\folder:/target` or "
                "`C:\\folder:/target:ro`"},
};

constexpr Key exec_keys[] = {
    in_session,
    container,
    {.name = "command",
     .type = Texts,
     .meaning = "the program and its arguments",
     .is_required = true,
     .least = 1},
};

constexpr Key kill_keys[] = {
    in_session,
    container,
    {.name = "signal",
     .type = Number,
     .meaning = "9 without",
     .least = 1,
     .greatest = greatest_signal},
};

constexpr Key remove_keys[] = {
    in_session,
    container,
    {.name = "force", .type = Flag, .meaning = "`-f`: also one that runs"},
};

constexpr Key reference{.name = "reference",
                        .type = Text,
                        .meaning = "`name:tag`; without a tag `latest` is meant",
                        .is_required = true,
                        .least = 1};
constexpr Key reference_keys[] = {in_session, reference};
constexpr Key tag_keys[] = {in_session, image, reference};

constexpr Key load_keys[] = {
    in_session,
    {.name = "images",
     .type = Texts,
     .meaning = "the references of the images in the archive",
     .is_required = true,
     .least = 1},
};

constexpr Key image_command{
    .name = "command", .type = Texts, .meaning = "what it runs; `/bin/sh` without"};
constexpr Key entrypoint{.name = "entrypoint", .type = Texts, .meaning = "what stands before that"};
constexpr Key publish_keys[] = {reference, environment, labels, image_command, entrypoint};
constexpr Key import_keys[] = {
    in_session, reference, environment, labels, image_command, entrypoint};

WslcUser user_of(Service& service, const ScenarioStep& step) {
    WslcUser user = service.wslc(step.user);
    const std::string session = text_of(step, "session");
    return session.empty() ? user : user.in_session(session);
}

UserOutput refusal(const Error& error) {
    return {failed_exit_code, error.to_string() + '\n'};
}

template <class T>
UserOutput outcome_of(const WinResult<T>& outcome) {
    return outcome ? UserOutput{} : refusal(outcome.error());
}

/// Does it with the session that the step names, which the user holds.
template <class Work>
WinResult<UserOutput> with_session(Service& service, const ScenarioStep& step, const Work& work) {
    const WslcUser user = service.wslc(step.user);
    const auto session = user.held_session(text_of(step, "session"));
    return session ? outcome_of(work(user, *session)) : refusal(session.error());
}

std::map<std::string, std::string> labels_of(const ScenarioStep& step) {
    std::map<std::string, std::string> all;
    for (const std::string& label : texts_of(step, "labels")) {
        const std::size_t equals = (std::min)(label.find('='), label.size());
        all[label.substr(0, equals)] = equals < label.size() ? label.substr(equals + 1) : "";
    }
    return all;
}

WslcImage image_of(const ScenarioStep& step) {
    WslcImage made{.reference = text_of(step, "reference")};
    for (std::string& variable : texts_of(step, "env")) {
        made.env.push_back(std::move(variable));
    }
    made.cmd = value_of(step, "command", made.cmd);
    made.entrypoint = texts_of(step, "entrypoint");
    made.labels = labels_of(step);
    return made;
}

/// One that names no target is refused when the container starts.
WslcVolume volume_of(std::string text) {
    constexpr std::string_view read_only = ":ro";
    WslcVolume volume;
    volume.read_only = text.ends_with(read_only);
    if (volume.read_only) {
        text.resize(text.size() - read_only.size());
    }
    const std::size_t colon = text.rfind(":/");
    volume.windows_path = text.substr(0, colon);
    volume.target = colon == std::string::npos ? "" : text.substr(colon + 1);
    return volume;
}

WslcContainerOptions container_of(const ScenarioStep& step) {
    WslcContainerOptions options;
    options.image = text_of(step, "image");
    options.command = texts_of(step, "command");
    options.name = text_of(step, "name");
    options.env = texts_of(step, "env");
    options.labels = labels_of(step);
    options.working_dir = text_of(step, "working_dir");
    options.user = text_of(step, "container_user");
    options.remove_when_ended = value_of<bool>(step, "remove_when_ended");
    for (std::string& volume : texts_of(step, "volumes")) {
        options.volumes.push_back(volume_of(std::move(volume)));
    }
    if (step.values.contains("stop_timeout")) {
        options.stop_timeout = value_of<std::int64_t>(step, "stop_timeout");
    }
    return options;
}

WinResult<UserOutput> create_session(Service& service, const ScenarioStep& step) {
    WslcSessionOptions options;
    options.display_name = text_of(step, "session");
    options.storage_path = text_of(step, "storage");
    options.is_kept_by_service = value_of<bool>(step, "kept_by_service");
    if (step.values.contains("application_pid")) {
        options.application_pid =
            static_cast<std::uint32_t>(value_of<std::int64_t>(step, "application_pid"));
    }
    return outcome_of(service.wslc(step.user).create_session(options));
}

WinResult<UserOutput> load_images(Service& service, const ScenarioStep& step) {
    std::vector<WslcImage> images;
    for (std::string& name : texts_of(step, "images")) {
        images.push_back({.reference = std::move(name)});
    }
    return user_of(service, step).load(images);
}

constexpr StepRow session_rows[] = {
    {.name = "create-container-session",
     .meaning = "a program of the user's makes a container session and holds it; exit code 1 where "
                "that is refused",
     .keys = create_session_keys,
     .play = create_session},
    {.name = "open-container-session",
     .meaning = "takes one more reference to it",
     .keys = session_only,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return outcome_of(service.wslc(step.user).open_session(text_of(step, "session")));
     }},
    {.name = "release-container-session",
     .meaning = "gives a reference back; the last one ends the session",
     .keys = session_only,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return with_session(service, step, [](const WslcUser& user, std::uint32_t session) {
             return user.release_session(session);
         });
     }},
    {.name = "terminate-container-session",
     .meaning = "ends it, whoever holds it",
     .keys = session_only,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return with_session(service, step, [](const WslcUser& user, std::uint32_t session) {
             return user.terminate_session(session);
         });
     }},
    {.name = "let-container-idle-time-pass",
     .meaning = "lets `session.idleTimeout` pass without activity; the machine stops unless "
                "something runs in it or its session is in memory",
     .keys = session_only,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return with_session(service, step, [](const WslcUser& user, std::uint32_t session) {
             return user.let_idle_time_pass(session);
         });
     }},
    {.name = "crash-container-machine",
     .meaning = "the session's virtual machine dies",
     .keys = session_only,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return with_session(service, step, [](const WslcUser& user, std::uint32_t session) {
             return user.crash_vm(session);
         });
     }},
    {.name = "kill-container-session-process",
     .meaning = "the session's process is killed",
     .keys = session_only,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return with_session(service, step, [](const WslcUser& user, std::uint32_t session) {
             return user.kill_session_process(session);
         });
     }},
};

constexpr StepRow container_rows[] = {
    {.name = "run-container",
     .meaning = "`wslc.exe run <image> <command…>`: pulls the image where it is missing, and shows "
                "what the container writes until it ends",
     .keys = run_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).run(container_of(step));
     }},
    {.name = "run-container-detached",
     .meaning = "`wslc.exe run -d …`: prints the container's id",
     .keys = run_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).run_detached(container_of(step));
     }},
    {.name = "create-container",
     .meaning = "`wslc.exe create …`: as `run-container-detached`, without the start",
     .keys = run_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).create(container_of(step));
     }},
    {.name = "start-container",
     .meaning = "`wslc.exe start <container>`",
     .keys = container_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).start(text_of(step, "container"));
     }},
    {.name = "exec-container",
     .meaning =
         "`wslc.exe exec <container> <command…>`: runs a program in a container that runs, and "
         "shows what it writes until it ends",
     .keys = exec_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).exec(text_of(step, "container"), texts_of(step, "command"));
     }},
    {.name = "stop-container",
     .meaning = "`wslc.exe stop <container>`: SIGTERM, and SIGKILL after its timeout",
     .keys = container_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).stop(text_of(step, "container"));
     }},
    {.name = "kill-container",
     .meaning = "`wslc.exe kill -s <signal> <container>`",
     .keys = kill_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step)
             .kill(text_of(step, "container"),
                   static_cast<int>(value_of<std::int64_t>(step, "signal", signal_kill)));
     }},
    {.name = "remove-container",
     .meaning = "`wslc.exe rm <container>`",
     .keys = remove_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step)
             .remove(text_of(step, "container"), value_of<bool>(step, "force"));
     }},
    {.name = "wait-for-container",
     .meaning = "`wslc.exe wait <container>`: until it has ended; prints its exit code",
     .keys = container_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).wait(text_of(step, "container"));
     }},
    {.name = "container-logs",
     .meaning = "`wslc.exe logs <container>`: what it has written since it was last started",
     .keys = container_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).logs(text_of(step, "container"));
     }},
    {.name = "inspect-container",
     .meaning = "`wslc.exe inspect <container>`",
     .keys = container_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).inspect(text_of(step, "container"));
     }},
    {.name = "list-containers",
     .meaning = "`wslc.exe list -a`: a line a container: id, name, image, state",
     .keys = command_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).list_containers();
     }},
};

constexpr StepRow image_rows[] = {
    {.name = "publish-image",
     .meaning = "somebody puts an image into the registry, from which it can be pulled",
     .keys = publish_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         service.wslc(step.user).publish(image_of(step));
         return UserOutput{};
     }},
    {.name = "pull-image",
     .meaning = "`wslc.exe pull <reference>`",
     .keys = reference_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).pull(text_of(step, "reference"));
     }},
    {.name = "load-images",
     .meaning = "`wslc.exe load`, of an archive with these images",
     .keys = load_keys,
     .play = load_images},
    {.name = "import-image",
     .meaning = "`wslc.exe import`, of an archive with a root's files",
     .keys = import_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).import_image(image_of(step));
     }},
    {.name = "tag-image",
     .meaning = "`wslc.exe tag <image> <reference>`",
     .keys = tag_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).tag(text_of(step, "image"), text_of(step, "reference"));
     }},
    {.name = "push-image",
     .meaning = "`wslc.exe push <reference>`",
     .keys = reference_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).push(text_of(step, "reference"));
     }},
    {.name = "remove-image",
     .meaning = "`wslc.exe rmi <image>`: takes a name away; an image without a name left is "
                "deleted, and an id deletes it with all its names",
     .keys = image_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).remove_image(text_of(step, "image"));
     }},
    {.name = "prune-images",
     .meaning = "`wslc.exe image prune -a`: deletes every image that no container uses",
     .keys = command_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).prune_images();
     }},
    {.name = "inspect-image",
     .meaning = "`wslc.exe image inspect <image>`",
     .keys = image_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).inspect_image(text_of(step, "image"));
     }},
    {.name = "list-images",
     .meaning = "`wslc.exe images`: a line an image: its names and its id",
     .keys = command_keys,
     .play = [](Service& service, const ScenarioStep& step) -> WinResult<UserOutput> {
         return user_of(service, step).list_images();
     }},
};

}  // namespace

std::span<const StepRow> container_session_steps() noexcept {
    return session_rows;
}

std::span<const StepRow> container_steps() noexcept {
    return container_rows;
}

std::span<const StepRow> image_steps() noexcept {
    return image_rows;
}

}  // namespace wslplugins::testhost
