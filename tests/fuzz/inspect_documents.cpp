// SPDX-License-Identifier: MIT
#include "fuzz/targets.hpp"

#include <wslplugins/core/text.hpp>
#include <wslplugins/inspect/container_document.hpp>
#include <wslplugins/inspect/image_document.hpp>

namespace wslplugins::fuzz {
namespace {

void require_utf8(const std::optional<std::string>& text) {
    require(!text || to_utf16(*text).has_value(), "a text of a document is UTF-8");
}

}  // namespace

void inspect_documents(Bytes input) {
    const auto container = inspect::ContainerDocument::parse(as_text(input));
    const auto image = inspect::ImageDocument::parse(as_text(input));
    require(container.has_value() == image.has_value(), "both documents take the same JSON");
    if (!container) {
        require(container.error().code() == HResult::invalid_data,
                "a bad document is ERROR_INVALID_DATA");
        return;
    }
    require(container->id == image->id, "a member of both documents is read alike");
    for (const auto& text : {container->id, container->ports_json, image->config_json}) {
        require_utf8(text);
    }
}

}  // namespace wslplugins::fuzz
