// SPDX-License-Identifier: MIT
/// @file
/// `WslcImageStore`: the images of a session, and those of the registry.
#pragma once

#include <wslplugins/core/result.hpp>
#include <wslplugins/testhost/wslc_image.hpp>

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::testhost {

struct StoredImage {
    std::string id;  ///< `sha256:` and 64 hex digits.
    std::vector<std::string> names;
    WslcImage image;
    std::string created;  ///< When it came into the store.
};

/// What came of taking a name or an image away.
struct ImageRemoval {
    std::vector<std::string> untagged;  ///< Names.
    std::vector<std::string> deleted;   ///< Ids.
};

/// Every function may be called from any thread. A name without a tag means the tag `latest`; an image is also
/// found by its id, with or without `sha256:`, or by the first 12 digits or more of it.
class WslcImageStore {
public:
    /// An image of the same content is the same image and gets one more name. A name moves to its newest image.
    StoredImage add(const WslcImage& image);

    [[nodiscard]] std::optional<StoredImage> find(std::string_view name) const;

    /// @return WSLC_E_IMAGE_NOT_FOUND.
    [[nodiscard]] WinResult<> tag(std::string_view image, std::string_view name);

    /// By a name: takes it away, and the image too when it was the last. By an id: deletes the image.
    /// @return WSLC_E_IMAGE_NOT_FOUND.
    [[nodiscard]] WinResult<ImageRemoval> remove(std::string_view name);

    /// Deletes every image whose id is not among these.
    [[nodiscard]] ImageRemoval prune(const std::vector<std::string>& used);

    [[nodiscard]] std::vector<StoredImage> all() const;

private:
    [[nodiscard]] StoredImage* look_up(std::string_view name);
    void take_name(const std::string& name);

    mutable std::mutex lock_;
    std::vector<StoredImage> images_;
};

/// The error for a name that no image has.
[[nodiscard]] std::unexpected<Error> no_such_image(std::string_view name);

}  // namespace wslplugins::testhost
