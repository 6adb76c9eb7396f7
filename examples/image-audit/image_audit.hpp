// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/inspect/image_document.hpp>
#include <wslplugins/wslplugins.hpp>

#include <string>
#include <string_view>

using namespace wslplugins;

/// Logs which container images come and go, and warns of those without a name.
class ImageAudit final : public Plugin {
public:
    using Plugin::Plugin;

    // [region: created]
    WinResult<> on_image_created(const WslcSession& session,
                                 std::string_view inspect_json) override {
        const auto image = inspect::ImageDocument::parse(inspect_json);
        if (!image) {
            return propagate(image.error());  // WSL goes on; the log has the reason
        }
        const std::string line = to_string(session) + ": " + described(*image);
        if (image->repo_tags && !image->repo_tags->empty()) {
            log().info("created", line);
        } else {
            log().warning("created without a name", line);
        }
        return {};
    }

    /// Nothing but the id is left, which `on_image_created` logged with the names.
    WinResult<> on_image_deleted(const WslcSession& session, std::string_view image_id) override {
        log().info("deleted", to_string(session) + ": " + std::string(image_id));
        return {};
    }
    // [end: created]

private:
    static std::string described(const inspect::ImageDocument& image) {
        std::string line = image.id.value_or("(no id)") + " for " + image.os.value_or("?") + '/' +
                           image.architecture.value_or("?");
        if (image.repo_tags) {
            for (const std::string& name : *image.repo_tags) {
                line += ' ' + name;
            }
        }
        return line;
    }
};
