// SPDX-License-Identifier: MIT
#include "pinned_images.hpp"

#include <wslplugins/inspect/container_document.hpp>
#include <wslplugins/inspect/image_document.hpp>

#include <vector>

using namespace wslplugins;

bool is_pinned(std::string_view reference) {
    if (reference.find('@') != std::string_view::npos) {
        return true;
    }
    // A colon before the last slash is a registry's port.
    const std::string_view name = reference.substr(reference.rfind('/') + 1);
    const std::size_t colon = name.find(':');
    return colon != std::string_view::npos && name.substr(colon + 1) != "latest";
}

PluginResult<std::string> allowed_image(std::string_view inspect_json) {
    const auto container = inspect::ContainerDocument::parse(inspect_json);
    if (!container) {
        return propagate(container.error());  // what cannot be judged does not run
    }
    std::string image = container->image.value_or("");
    if (!is_pinned(image)) {
        return refuse(HResult::access_denied,
                      "Name the version of the image '" + image + "', such as debian:12.");
    }
    return image;
}

PluginResult<> PinnedImages::on_container_started(const WslcSession& session,
                                                  std::string_view inspect_json) {
    const PluginResult<std::string> image = allowed_image(inspect_json);
    if (!image) {
        return propagate(image.error());
    }
    log().info("container started", *image + " in " + to_string(session));
    return {};
}

WinResult<> PinnedImages::on_container_stopping(const WslcSession&, std::string_view container_id) {
    log().info("container stopping", container_id);
    return {};
}

WinResult<> PinnedImages::on_image_created(const WslcSession&, std::string_view inspect_json) {
    const auto image = inspect::ImageDocument::parse(inspect_json);
    if (!image) {
        return propagate(image.error());
    }
    const auto tags = image->repo_tags.value_or(std::vector<std::string>());
    for (const std::string& tag : tags) {
        log().info("image came", tag);
    }
    return {};
}
