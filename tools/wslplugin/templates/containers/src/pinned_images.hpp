// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/wslplugins.hpp>

#include <string>
#include <string_view>

/// Keeps containers from running on images whose version is not named; logs the others, and images that come.
///
/// `debian` and `debian:latest` are another image tomorrow; `debian:12` and a digest are not. Needs WSL 2.9.0.
class PinnedImages final : public wslplugins::Plugin {
public:
    using Plugin::Plugin;

    wslplugins::PluginResult<> on_container_started(const wslplugins::WslcSession& session,
                                                    std::string_view inspect_json) override;
    wslplugins::WinResult<> on_container_stopping(const wslplugins::WslcSession& session,
                                                  std::string_view container_id) override;
    wslplugins::WinResult<> on_image_created(const wslplugins::WslcSession& session,
                                             std::string_view inspect_json) override;
};

/// Whether the reference of an image names a tag other than `latest`, or a digest.
[[nodiscard]] bool is_pinned(std::string_view reference);

/// The image of the container that the document is about, where it may run; else what the user is told.
[[nodiscard]] wslplugins::PluginResult<std::string> allowed_image(std::string_view inspect_json);
