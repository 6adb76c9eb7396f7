// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_image_store.hpp"

#include "testhost/machine/made_up_digest.hpp"
#include "testhost/wslc/wslc_codes.hpp"
#include "testhost/wslc/wslc_document.hpp"

#include <algorithm>
#include <utility>

namespace wslplugins::testhost {
namespace {

constexpr std::string_view id_prefix = "sha256:";
constexpr std::size_t shortest_id = 12;

/// With a tag: `name:tag`. A colon before a slash belongs to the registry's port.
std::string full_name(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    const std::size_t slash = name.rfind('/');
    const bool has_tag =
        colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash);
    return std::string(name) + (has_tag ? "" : ":latest");
}

bool is_id_of(const StoredImage& image, std::string_view text) {
    if (text.starts_with(id_prefix)) {
        text.remove_prefix(id_prefix.size());
    }
    return text.size() >= shortest_id &&
           std::string_view(image.id).substr(id_prefix.size()).starts_with(text);
}

}  // namespace

std::unexpected<Error> no_such_image(std::string_view name) {
    return failure(image_not_found, "No such image: " + std::string(name));
}

StoredImage* WslcImageStore::look_up(std::string_view name) {
    const std::string full = full_name(name);
    const auto found = std::ranges::find_if(images_, [&](const StoredImage& stored) {
        return std::ranges::find(stored.names, full) != stored.names.end() ||
               is_id_of(stored, name);
    });
    return found == images_.end() ? nullptr : &*found;
}

void WslcImageStore::take_name(const std::string& name) {
    for (StoredImage& stored : images_) {
        std::erase(stored.names, name);
    }
}

StoredImage WslcImageStore::add(const WslcImage& image) {
    const std::string id = std::string(id_prefix) + made_up_digest(image_content_text(image));
    const std::scoped_lock lock(lock_);
    auto found = std::ranges::find(images_, id, &StoredImage::id);
    if (found == images_.end()) {
        images_.push_back({id, {}, image, time_text()});
        found = images_.end() - 1;
    }
    if (!image.reference.empty()) {
        const std::string name = full_name(image.reference);
        take_name(name);
        found->names.push_back(name);
    }
    return *found;
}

std::optional<StoredImage> WslcImageStore::find(std::string_view name) const {
    const std::scoped_lock lock(lock_);
    const StoredImage* const found = const_cast<WslcImageStore*>(this)->look_up(name);
    return found == nullptr ? std::nullopt : std::optional(*found);
}

WinResult<> WslcImageStore::tag(std::string_view image, std::string_view name) {
    const std::scoped_lock lock(lock_);
    StoredImage* const found = look_up(image);
    if (found == nullptr) {
        return no_such_image(image);
    }
    const std::string full = full_name(name);
    take_name(full);
    found->names.push_back(full);
    return {};
}

WinResult<ImageRemoval> WslcImageStore::remove(std::string_view name) {
    const std::scoped_lock lock(lock_);
    StoredImage* const found = look_up(name);
    if (found == nullptr) {
        return no_such_image(name);
    }
    ImageRemoval removal;
    const std::string full = full_name(name);
    if (std::ranges::find(found->names, full) != found->names.end()) {
        removal.untagged = {full};
    } else {
        removal.untagged = found->names;
    }
    std::erase_if(found->names, [&](const std::string& known) {
        return std::ranges::find(removal.untagged, known) != removal.untagged.end();
    });
    if (found->names.empty()) {
        removal.deleted = {found->id};
        images_.erase(images_.begin() + (found - images_.data()));
    }
    return removal;
}

ImageRemoval WslcImageStore::prune(const std::vector<std::string>& used) {
    const std::scoped_lock lock(lock_);
    ImageRemoval removal;
    std::erase_if(images_, [&](const StoredImage& stored) {
        if (std::ranges::find(used, stored.id) != used.end()) {
            return false;
        }
        removal.untagged.insert(removal.untagged.end(), stored.names.begin(), stored.names.end());
        removal.deleted.push_back(stored.id);
        return true;
    });
    return removal;
}

std::vector<StoredImage> WslcImageStore::all() const {
    const std::scoped_lock lock(lock_);
    return images_;
}

}  // namespace wslplugins::testhost
