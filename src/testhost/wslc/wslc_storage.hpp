// SPDX-License-Identifier: MIT
/// @file
/// `WslcStorage`: the images and containers of a session, which may outlive it.
#pragma once

#include "testhost/wslc/wslc_container.hpp"

namespace wslplugins::testhost {

/// Every function may be called from any thread.
class WslcStorage {
public:
    /// @param path empty: in memory. @param seed what the made-up ids of containers begin from.
    WslcStorage(std::string path, std::string seed)
        : path_(std::move(path)), seed_(std::move(seed)) {}

    [[nodiscard]] bool is_persistent() const noexcept { return !path_.empty(); }
    [[nodiscard]] WslcImageStore& images() noexcept { return images_; }

    /// Makes a container, which does not run yet. @return ERROR_ALREADY_EXISTS for a name in use; E_INVALIDARG when
    /// neither the options nor the image say what to run.
    [[nodiscard]] WinResult<std::shared_ptr<WslcContainer>>
    create_container(const WslcContainerOptions& options, const StoredImage& image);

    /// By its name, its id, or the beginning of that.
    /// @return WSLC_E_CONTAINER_NOT_FOUND; WSLC_E_CONTAINER_PREFIX_AMBIGUOUS.
    [[nodiscard]] WinResult<std::shared_ptr<WslcContainer>>
    find_container(std::string_view name) const;

    void remove_container(const WslcContainer& container);

    [[nodiscard]] std::vector<std::shared_ptr<WslcContainer>> containers() const;

private:
    const std::string path_;
    const std::string seed_;
    WslcImageStore images_;
    mutable std::mutex lock_;
    std::uint64_t last_container_ = 0;
    std::vector<std::shared_ptr<WslcContainer>> containers_;
};

}  // namespace wslplugins::testhost
