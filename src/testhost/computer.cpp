// SPDX-License-Identifier: MIT
#include "testhost/computer.hpp"

#include "testhost/ascii_case.hpp"

#include <utility>

namespace wslplugins::testhost {

Computer::Computer(ServiceOptions options) : options_(std::move(options)) {}

UserProfile& Computer::user(std::string_view name) {
    const std::string key = ascii_lower(name);
    const std::scoped_lock lock(mutex_);
    const auto [place, is_new] = users_.try_emplace(key);
    UserProfile& profile = place->second;
    if (is_new) {
        profile.name = name;
        profile.sid = user_sid(key);
        std::vector<DistributionOptions> distributions;
        for (const DistributionOptions& distribution : options_.distributions) {
            if (ascii_lower(distribution.user) == key) {
                distributions.push_back(distribution);
            }
        }
        profile.registry.add(distributions);
    }
    return profile;
}

std::shared_ptr<RunningService> Computer::service() const {
    const std::scoped_lock lock(mutex_);
    return service_;
}

void Computer::set_service(std::shared_ptr<RunningService> service) {
    // The former one is released without the lock: its end may take this object along.
    const std::scoped_lock lock(mutex_);
    service_.swap(service);
}

}  // namespace wslplugins::testhost
