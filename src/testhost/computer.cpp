// SPDX-License-Identifier: MIT
#include "testhost/computer.hpp"

#include "testhost/ascii_case.hpp"
#include "testhost/wslc/wslc_storages.hpp"

#include <utility>

namespace wslplugins::testhost {

Computer::Computer(ServiceOptions options)
    : options_(std::move(options)), journal_(options_.journal_listener),
      container_storages_(std::make_unique<WslcStorages>()), policy_(options_.policy) {}

Computer::~Computer() = default;

UserProfile& Computer::user(std::string_view name) {
    const std::string key = ascii_lower(name);
    const std::scoped_lock lock(mutex_);
    const auto [place, is_new] = users_.try_emplace(key);
    UserProfile& profile = place->second;
    if (is_new) {
        profile.name = name;
        profile.sid = user_sid(key);
        profile.config = options_.config;
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

Guid Computer::make_id(UserProfile& user) {
    const std::scoped_lock lock(mutex_);
    const std::uint32_t number = ++user.imports;
    const std::uint32_t account = user.sid.sub_authorities[4];
    abi::GUID id{0xD15C0000u + number, 0x7457, 0x4C21, {0xA0, 0x17}};
    for (std::size_t i = 0; i < 4; ++i) {
        id.Data4[4 + i] = static_cast<std::uint8_t>(account >> (24 - 8 * i));
    }
    return Guid(id);
}

WslConfig Computer::effective_config(const UserProfile& user) const {
    const std::scoped_lock lock(mutex_);
    WslConfig config = user.config;
    config.custom_kernel =
        config.custom_kernel && !config.safe_mode && policy_.allows_custom_kernel;
    config.custom_kernel_command_line = config.custom_kernel_command_line && !config.safe_mode &&
                                        policy_.allows_custom_kernel_command_line;
    return config;
}

void Computer::set_config(UserProfile& user, const WslConfig& config) {
    const std::scoped_lock lock(mutex_);
    user.config = config;
}

WslPolicy Computer::policy() const {
    const std::scoped_lock lock(mutex_);
    return policy_;
}

void Computer::set_policy(const WslPolicy& policy) {
    const std::scoped_lock lock(mutex_);
    policy_ = policy;
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
