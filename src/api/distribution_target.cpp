// SPDX-License-Identifier: MIT
#include <wslplugins/api/distribution_target.hpp>

namespace wslplugins {

std::string to_string(const DistributionTarget& target) {
    return target.is_root_namespace() ? "the root namespace"
                                      : "distribution " + to_string(*target.distribution());
}

}  // namespace wslplugins
