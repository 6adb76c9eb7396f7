// SPDX-License-Identifier: MIT
/// @file
/// `WslcStorages`: where container sessions keep images and containers, and where images come from.
#pragma once

#include "testhost/wslc/wslc_storage.hpp"

#include <map>

namespace wslplugins::testhost {

/// Outlives the service. Every function may be called from any thread.
class WslcStorages {
public:
    /// The storage of that path; a new one for the empty path.
    [[nodiscard]] std::shared_ptr<WslcStorage> at(const std::string& path, std::uint32_t session) {
        if (path.empty()) {
            return std::make_shared<WslcStorage>(path, "session " + std::to_string(session));
        }
        const std::scoped_lock lock(lock_);
        auto& storage = storages_[path];
        if (storage == nullptr) {
            storage = std::make_shared<WslcStorage>(path, path);
        }
        return storage;
    }

    [[nodiscard]] WslcImageStore& registry() noexcept { return registry_; }

private:
    std::mutex lock_;
    std::map<std::string, std::shared_ptr<WslcStorage>> storages_;
    WslcImageStore registry_;
};

}  // namespace wslplugins::testhost
