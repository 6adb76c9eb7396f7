// SPDX-License-Identifier: MIT
/// @file
/// The documents in which WSL describes a container or an image: JSON, UTF-8, with the names of WSL's schema.
#pragma once

#include "testhost/wslc/wslc_image_store.hpp"

#include <string>

namespace wslplugins::testhost {

/// How a container stands.
struct ContainerStatus {
    std::string status = "created";  ///< `created`, `running`, `exited`.
    int exit_code = 0;
    std::string started_at;   ///< Empty: never.
    std::string finished_at;  ///< Empty: not yet.
};

/// What a container is made of; the options are complete, the image's share included.
struct ContainerDescription {
    std::string id;
    std::string name;
    std::string created;
    std::string image_id;
    std::vector<std::string> entrypoint;
    WslcContainerOptions options;
};

[[nodiscard]] std::string container_document(const ContainerDescription& container,
                                             const ContainerStatus& status);

[[nodiscard]] std::string image_document(const StoredImage& stored);

/// What makes two images the same: everything but the name.
[[nodiscard]] std::string image_content_text(const WslcImage& image);

/// Now, as the documents write it: UTC, with nine digits of the second.
[[nodiscard]] std::string time_text();

}  // namespace wslplugins::testhost
