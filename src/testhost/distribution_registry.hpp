// SPDX-License-Identifier: MIT
/// @file
/// `DistributionRegistry`: the distributions that one Windows user has, as the user's registry key has them.
#pragma once

#include <wslplugins/core/guid.hpp>
#include <wslplugins/testhost/service.hpp>

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::testhost {

/// One key below `HKCU\…\Lxss`.
struct RegisteredDistribution {
    Guid id;
    std::string name;
    std::string package_family_name;
    std::string flavor;   ///< As its init last reported it; empty before, and for none.
    std::string version;  ///< So too.
    int wsl_version = 2;
    std::uint32_t default_user_id = 0;
    std::string root;         ///< The folder with its files, a Linux path; empty: a throwaway.
    bool owns_files = false;  ///< The folder was made for it: it may be written, and goes with it.
};

/// Every function may be called from any thread.
class DistributionRegistry {
public:
    /// Adds the distributions; the first is the default one. They have been checked for names and ids of their own.
    void add(const std::vector<DistributionOptions>& distributions);

    /// Adds one. @return false where the name is taken.
    [[nodiscard]] bool add(RegisteredDistribution distribution);

    /// By name, in any case; the default one for an empty name.
    [[nodiscard]] std::optional<RegisteredDistribution> find(std::string_view name) const;
    [[nodiscard]] std::optional<RegisteredDistribution> find(const Guid& id) const;

    /// In the order of registration.
    [[nodiscard]] std::vector<RegisteredDistribution> all() const;

    /// Writes what has changed; nothing where there is no distribution of that id any more.
    void update(const RegisteredDistribution& distribution);

    void set_default(const Guid& id);

    /// Without the default distribution, the first that is left becomes it.
    void remove(const Guid& id);

private:
    using Distributions = std::vector<RegisteredDistribution>;

    [[nodiscard]] Distributions::const_iterator find_name(std::string_view name) const;

    mutable std::mutex mutex_;
    Distributions distributions_;
    Guid default_;
};

}  // namespace wslplugins::testhost
