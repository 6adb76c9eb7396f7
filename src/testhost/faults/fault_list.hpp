// SPDX-License-Identifier: MIT
/// @file
/// `FaultList`: the faults that were asked for, and how often each could have happened.
#pragma once

#include <wslplugins/testhost/fault.hpp>

#include <mutex>
#include <vector>

namespace wslplugins::testhost {

/// Every function may be called from any thread.
class FaultList {
public:
    explicit FaultList(const std::vector<Fault>& faults);

    /// What happens to a call of that plugin's, in the order of the list; counts it.
    [[nodiscard]] std::vector<Fault> at(ApiCall call, std::string_view plugin);

    /// What happens when that plugin's hook is called; counts it.
    [[nodiscard]] std::vector<Fault> at(Hook hook, std::string_view plugin);

private:
    struct Counted {
        Fault fault;
        std::uint64_t count = 0;
    };

    template <class Fits>
    [[nodiscard]] std::vector<Fault> those_that(const Fits& fits);

    std::mutex mutex_;
    std::vector<Counted> faults_;
};

}  // namespace wslplugins::testhost
