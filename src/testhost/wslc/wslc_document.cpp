// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_document.hpp"

#include "testhost/journal/journal_text.hpp"

#include <chrono>

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>

namespace wslplugins::testhost {
namespace {

using Json = nlohmann::ordered_json;

/// As the container engine writes a time that has not come.
constexpr char never[] = "0001-01-01T00:00:00Z";

std::string or_never(const std::string& time) {
    return time.empty() ? std::string(never) : time;
}

/// An empty list of words is null there.
Json words(const std::vector<std::string>& list) {
    return list.empty() ? Json(nullptr) : Json(list);
}

Json labels_of(const std::map<std::string, std::string>& labels) {
    Json object = Json::object();
    for (const auto& [name, value] : labels) {
        object[name] = value;
    }
    return object;
}

/// Bytes that are no UTF-8 are replaced, as the engine does.
std::string text_of(const Json& document) {
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json state_of(const ContainerStatus& status) {
    Json state;
    state["Status"] = status.status;
    state["Running"] = status.status == "running";
    state["ExitCode"] = status.exit_code;
    state["StartedAt"] = or_never(status.started_at);
    state["FinishedAt"] = or_never(status.finished_at);
    return state;
}

Json config_of(const ContainerDescription& container) {
    const WslcContainerOptions& options = container.options;
    Json config;
    config["Env"] = options.env;
    config["Cmd"] = words(options.command);
    config["Entrypoint"] = words(container.entrypoint);
    config["User"] = options.user;
    config["WorkingDir"] = options.working_dir;
    config["StopTimeout"] = options.stop_timeout ? Json(*options.stop_timeout) : Json(nullptr);
    config["Healthcheck"] = nullptr;
    config["Labels"] = labels_of(options.labels);
    return config;
}

Json mounts_of(const std::vector<WslcVolume>& volumes) {
    Json mounts = Json::array();
    for (const WslcVolume& volume : volumes) {
        mounts.push_back({{"Type", "bind"},
                          {"Source", volume.windows_path},
                          {"Destination", volume.target},
                          {"ReadWrite", !volume.read_only}});
    }
    return mounts;
}

}  // namespace

std::string container_document(const ContainerDescription& container,
                               const ContainerStatus& status) {
    const WslcContainerOptions& options = container.options;
    Json host_config;
    host_config["NetworkMode"] = options.network_mode;
    host_config["Memory"] = options.memory;
    host_config["NanoCpus"] = options.nano_cpus;
    host_config["Ulimits"] = Json::array();
    Json document;
    document["Id"] = container.id;
    document["Name"] = container.name;
    document["Created"] = container.created;
    document["Image"] = options.image;
    document["State"] = state_of(status);
    document["HostConfig"] = std::move(host_config);
    document["Config"] = config_of(container);
    document["Ports"] = Json::object();
    document["Mounts"] = mounts_of(options.volumes);
    document["Labels"] = labels_of(options.labels);
    document["NetworkSettings"]["Networks"][options.network_mode] = Json::object();
    return text_of(document);
}

std::string image_document(const StoredImage& stored) {
    const WslcImage& image = stored.image;
    Json config;
    config["Env"] = image.env;
    config["Cmd"] = words(image.cmd);
    config["Entrypoint"] = words(image.entrypoint);
    config["User"] = image.user;
    config["WorkingDir"] = image.working_dir;
    config["Labels"] = labels_of(image.labels);
    Json root;
    root["Type"] = "layers";
    root["Layers"] = Json::array({stored.id});
    Json document;
    document["Id"] = stored.id;
    document["RepoTags"] = stored.names;
    document["RepoDigests"] = Json::array();
    document["Parent"] = "";
    document["Comment"] = image.comment;
    document["Created"] = stored.created;
    document["Author"] = image.author;
    document["Architecture"] = image.architecture;
    document["Os"] = image.os;
    document["Size"] = image.size;
    document["Config"] = std::move(config);
    document["RootFS"] = std::move(root);
    return text_of(document);
}

std::string image_content_text(const WslcImage& image) {
    Json content = Json::array({image.env,
                                image.cmd,
                                image.entrypoint,
                                image.user,
                                image.working_dir,
                                image.labels,
                                image.architecture,
                                image.os,
                                image.author,
                                image.comment,
                                image.size});
    return text_of(content);
}

std::string time_text() {
    const auto now = std::chrono::system_clock::now();
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    const auto rest = std::chrono::duration_cast<std::chrono::nanoseconds>(now - second);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:09}Z",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(second)),
                       rest.count());
}

}  // namespace wslplugins::testhost
