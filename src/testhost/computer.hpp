// SPDX-License-Identifier: MIT
/// @file
/// `Computer`: what outlives a run of the service: the users, their distributions, and the journal.
#pragma once

#include "testhost/distribution_registry.hpp"
#include "testhost/user/user_sid.hpp"

#include <wslplugins/testhost/service.hpp>

#include <map>
#include <memory>
#include <mutex>

namespace wslplugins::testhost {

class RunningService;
class WslcStorages;

/// A Windows user's profile.
struct UserProfile {
    std::string name;  ///< As the first command named the user; empty for the default user.
    Sid sid;
    DistributionRegistry registry;
    std::uint32_t imports = 0;  ///< How many ids have been made for the user.
    WslConfig config;
};

/// Every function may be called from any thread.
class Computer {
public:
    explicit Computer(ServiceOptions options);
    ~Computer();

    [[nodiscard]] const ServiceOptions& options() const noexcept { return options_; }
    [[nodiscard]] Journal& journal() noexcept { return journal_; }

    /// The user of that name, in any case; an account is made for a new one. It lives as long as this.
    [[nodiscard]] UserProfile& user(std::string_view name);

    /// An id for a new distribution; the same in every run.
    [[nodiscard]] Guid make_id(UserProfile& user);

    /// What the user's `.wslconfig` says, as far as the policies let it.
    [[nodiscard]] WslConfig effective_config(const UserProfile& user) const;
    void set_config(UserProfile& user, const WslConfig& config);

    [[nodiscard]] WslPolicy policy() const;
    void set_policy(const WslPolicy& policy);

    /// The images and containers of all container sessions, and the registry of images.
    [[nodiscard]] WslcStorages& container_storages() noexcept { return *container_storages_; }

    /// Null while no service runs.
    [[nodiscard]] std::shared_ptr<RunningService> service() const;
    void set_service(std::shared_ptr<RunningService> service);

private:
    const ServiceOptions options_;
    Journal journal_;
    const std::unique_ptr<WslcStorages> container_storages_;
    mutable std::mutex mutex_;
    std::map<std::string, UserProfile> users_;  // by the name in lower case
    WslPolicy policy_;
    std::shared_ptr<RunningService> service_;
};

}  // namespace wslplugins::testhost
