// SPDX-License-Identifier: MIT
#include <wslplugins/inspect/container_document.hpp>

#include "inspect/json_object.hpp"

namespace wslplugins::inspect {
namespace {

ContainerState state_of(const JsonObject& state) {
    return {
        .status = state.text("Status"),
        .running = state.boolean("Running"),
        .exit_code = state.integer("ExitCode"),
        .started_at = state.text("StartedAt"),
        .finished_at = state.text("FinishedAt"),
        .health_json = state.json_text("Health"),
    };
}

ContainerHostConfig host_config_of(const JsonObject& config) {
    return {
        .network_mode = config.text("NetworkMode"),
        .memory = config.integer("Memory"),
        .nano_cpus = config.integer("NanoCpus"),
        .ulimits_json = config.json_text("Ulimits"),
    };
}

ContainerConfig config_of(const JsonObject& config) {
    return {
        .env = config.texts("Env"),
        .cmd = config.texts("Cmd"),
        .entrypoint = config.texts("Entrypoint"),
        .user = config.text("User"),
        .working_dir = config.text("WorkingDir"),
        .stop_timeout = config.integer("StopTimeout"),
        .healthcheck_json = config.json_text("Healthcheck"),
        .labels = config.text_map("Labels"),
    };
}

std::optional<std::vector<ContainerMount>> mounts_of(const JsonObject& container) {
    const auto objects = container.objects("Mounts");
    if (!objects) {
        return std::nullopt;
    }
    std::vector<ContainerMount> mounts;
    mounts.reserve(objects->size());
    for (const JsonObject& mount : *objects) {
        mounts.push_back({
            .type = mount.text("Type"),
            .source = mount.text("Source"),
            .destination = mount.text("Destination"),
            .read_write = mount.boolean("ReadWrite"),
        });
    }
    return mounts;
}

}  // namespace

WinResult<ContainerDocument> ContainerDocument::parse(std::string_view json) {
    const auto value = parse_object(json);
    if (!value) {
        return propagate(value.error());
    }
    const JsonObject container(&*value);
    return ContainerDocument{
        .id = container.text("Id"),
        .name = container.text("Name"),
        .created = container.text("Created"),
        .image = container.text("Image"),
        .state = state_of(container.object("State")),
        .host_config = host_config_of(container.object("HostConfig")),
        .config = config_of(container.object("Config")),
        .ports_json = container.json_text("Ports"),
        .mounts = mounts_of(container),
        .labels = container.text_map("Labels"),
        .networks_json = container.object("NetworkSettings").json_text_map("Networks"),
    };
}

}  // namespace wslplugins::inspect
