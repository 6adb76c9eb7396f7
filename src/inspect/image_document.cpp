// SPDX-License-Identifier: MIT
#include <wslplugins/inspect/image_document.hpp>

#include "inspect/json_object.hpp"

namespace wslplugins::inspect {

WinResult<ImageDocument> ImageDocument::parse(std::string_view json) {
    const auto value = parse_object(json);
    if (!value) {
        return propagate(value.error());
    }
    const JsonObject image(&*value);
    return ImageDocument{
        .id = image.text("Id"),
        .repo_tags = image.texts("RepoTags"),
        .repo_digests = image.texts("RepoDigests"),
        .parent = image.text("Parent"),
        .comment = image.text("Comment"),
        .created = image.text("Created"),
        .author = image.text("Author"),
        .architecture = image.text("Architecture"),
        .os = image.text("Os"),
        .size = image.integer("Size"),
        .metadata_json = image.json_text("Metadata"),
        .config_json = image.json_text("Config"),
        .root_fs_json = image.json_text("RootFS"),
    };
}

}  // namespace wslplugins::inspect
