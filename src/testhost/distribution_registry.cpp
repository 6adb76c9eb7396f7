// SPDX-License-Identifier: MIT
#include "testhost/distribution_registry.hpp"

#include "testhost/ascii_case.hpp"

#include <algorithm>
#include <utility>

namespace wslplugins::testhost {

void DistributionRegistry::add(const std::vector<DistributionOptions>& distributions) {
    for (const DistributionOptions& options : distributions) {
        (void)add({.id = options.id,
                   .name = options.name,
                   .package_family_name = options.package_family_name,
                   .flavor = {},
                   .version = {},
                   .wsl_version = options.wsl_version,
                   .default_user_id = 0,
                   .root = options.root,
                   .owns_files = false});
    }
}

bool DistributionRegistry::add(RegisteredDistribution distribution) {
    const std::scoped_lock lock(mutex_);
    if (find_name(distribution.name) != distributions_.end()) {
        return false;
    }
    if (distributions_.empty()) {
        default_ = distribution.id;
    }
    distributions_.push_back(std::move(distribution));
    return true;
}

std::optional<RegisteredDistribution> DistributionRegistry::find(std::string_view name) const {
    const std::scoped_lock lock(mutex_);
    const auto found =
        name.empty() ? std::ranges::find(distributions_, default_, &RegisteredDistribution::id)
                     : find_name(name);
    return found == distributions_.end() ? std::nullopt : std::optional(*found);
}

std::optional<RegisteredDistribution> DistributionRegistry::find(const Guid& id) const {
    const std::scoped_lock lock(mutex_);
    const auto found = std::ranges::find(distributions_, id, &RegisteredDistribution::id);
    return found == distributions_.end() ? std::nullopt : std::optional(*found);
}

std::vector<RegisteredDistribution> DistributionRegistry::all() const {
    const std::scoped_lock lock(mutex_);
    return distributions_;
}

void DistributionRegistry::update(const RegisteredDistribution& distribution) {
    const std::scoped_lock lock(mutex_);
    const auto found =
        std::ranges::find(distributions_, distribution.id, &RegisteredDistribution::id);
    if (found != distributions_.end()) {
        *found = distribution;
    }
}

void DistributionRegistry::set_default(const Guid& id) {
    const std::scoped_lock lock(mutex_);
    default_ = id;
}

void DistributionRegistry::remove(const Guid& id) {
    const std::scoped_lock lock(mutex_);
    std::erase_if(distributions_, [&](const auto& distribution) { return distribution.id == id; });
    if (default_ == id && !distributions_.empty()) {
        default_ = distributions_.front().id;
    }
}

DistributionRegistry::Distributions::const_iterator
DistributionRegistry::find_name(std::string_view name) const {
    return std::ranges::find(distributions_, ascii_lower(name), [](const auto& distribution) {
        return ascii_lower(distribution.name);
    });
}

}  // namespace wslplugins::testhost
