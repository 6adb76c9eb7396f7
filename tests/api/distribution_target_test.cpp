// SPDX-License-Identifier: MIT
#include <wslplugins/api/distribution_target.hpp>

#include <gtest/gtest.h>

#include <unordered_set>

namespace wslplugins {
namespace {

const Guid debian = Guid::parse("{0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9}").value();
const Guid ubuntu = Guid::parse("{1a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9}").value();

TEST(DistributionTarget, IsTheRootNamespaceOrOneDistribution) {
    constexpr DistributionTarget root = DistributionTarget::root_namespace();
    static_assert(root.is_root_namespace() && !root.distribution());
    const DistributionTarget one = debian;
    EXPECT_FALSE(one.is_root_namespace());
    EXPECT_EQ(debian, one.distribution());
}

TEST(DistributionTarget, IsEqualHashedAndPrintedByWhatItNames) {
    const DistributionTarget root = DistributionTarget::root_namespace();
    const std::unordered_set<DistributionTarget> targets{root, debian, ubuntu, debian, root};
    EXPECT_EQ(3u, targets.size());
    EXPECT_EQ(DistributionTarget(debian), DistributionTarget(debian));
    EXPECT_NE(DistributionTarget(debian), DistributionTarget(ubuntu));
    EXPECT_NE(root, DistributionTarget(debian));
    EXPECT_EQ("the root namespace", to_string(root));
    EXPECT_EQ("distribution {0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9}",
              to_string(DistributionTarget(debian)));
}

}  // namespace
}  // namespace wslplugins
