// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/inspect/container_document.hpp>
#include <wslplugins/wslplugins.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

using namespace wslplugins;

/// Lets containers run that come from known images, are not root and write to no folder of Windows.
class ContainerAdmission final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_container_started(const WslcSession& session,
                                        std::string_view inspect_json) override {
        const auto container = inspect::ContainerDocument::parse(inspect_json);
        if (!container) {
            return propagate(container.error());  // nobody lets in what nobody can read
        }
        const auto objection = objection_to(*container);
        if (!objection) {
            return {};
        }
        log().warning("denied", to_string(session) + ": " + *objection);
        return refuse(HResult::access_denied, "This container may not run here: " + *objection);
    }

private:
    static constexpr std::array<std::string_view, 2> known_images{"registry.example/tools:1",
                                                                  "registry.example/web:3"};

    /// What the document does not say counts as what is not allowed.
    static std::optional<std::string> objection_to(const inspect::ContainerDocument& container) {
        const std::string image = container.image.value_or("(unknown)");
        if (std::ranges::find(known_images, image) == known_images.end()) {
            return "its image is " + image;
        }
        if (is_root(container.config.user.value_or(""))) {
            return "it runs as root";
        }
        if (!container.mounts) {
            return "its mounts are unknown";
        }
        const auto writable = std::ranges::find_if(*container.mounts, &can_write_to_windows);
        if (writable != container.mounts->end()) {
            return "it can write to " + writable->source.value_or("(unknown)");
        }
        return std::nullopt;
    }

    /// `user`, `user:group` or their numbers; an empty one is root.
    static bool is_root(std::string_view user) {
        const std::string_view name = user.substr(0, user.find(':'));
        return name.empty() || name == "root" ||
               name.find_first_not_of('0') == std::string_view::npos;
    }

    static bool can_write_to_windows(const inspect::ContainerMount& mount) {
        return mount.type != "volume" && mount.read_write.value_or(true);
    }
};
