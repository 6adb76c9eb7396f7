// SPDX-License-Identifier: MIT
#include "testhost/faults/fault_list.hpp"

#include "testhost/faults/fault_keys.hpp"

namespace wslplugins::testhost {
namespace {

bool is_of(const Fault& fault, std::string_view plugin) {
    return fault.plugin.empty() || fault.plugin == plugin;
}

}  // namespace

FaultList::FaultList(const std::vector<Fault>& faults) {
    for (const Fault& fault : faults) {
        faults_.push_back({fault});
    }
}

template <class Fits>
std::vector<Fault> FaultList::those_that(const Fits& fits) {
    std::vector<Fault> all;
    const std::scoped_lock lock(mutex_);
    for (Counted& counted : faults_) {
        if (!fits(counted.fault)) {
            continue;
        }
        ++counted.count;
        if (counted.fault.nth == 0 || counted.fault.nth == counted.count) {
            all.push_back(counted.fault);
        }
    }
    return all;
}

std::vector<Fault> FaultList::at(ApiCall call, std::string_view plugin) {
    return those_that([&](const Fault& fault) {
        const bool is_meant = fault.call ? *fault.call == call : !fault.hook;
        return is_meant && is_of(fault, plugin) && can_happen_to(fault.kind, call);
    });
}

std::vector<Fault> FaultList::at(Hook hook, std::string_view plugin) {
    return those_that(
        [&](const Fault& fault) { return fault.hook == hook && is_of(fault, plugin); });
}

}  // namespace wslplugins::testhost
