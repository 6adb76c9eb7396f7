// SPDX-License-Identifier: MIT
// load_bench FRAMEWORK BY_HAND: loads, enters and frees two plugins in turn, and prints the median of each
// in nanoseconds. In turn, so that what else the machine does meets both alike.
#include "platform/dynamic_library.hpp"

#include <wslplugins/abi/hooks_v1.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

namespace abi = wslplugins::abi;
using Clock = std::chrono::steady_clock;

long long load_and_free(const char* file) {
    abi::WSLPluginAPIV1 api{};
    api.Version = {2, 9, 5};
    abi::WSLPluginHooksV1 hooks{};
    const Clock::time_point begun = Clock::now();
    {
        const auto library = wslplugins::platform::DynamicLibrary::open(file);
        const auto entry = reinterpret_cast<abi::WSLPluginAPI_EntryPointV1>(
            library.value().find(abi::entry_point_name));
        if (entry == nullptr || entry(&api, &hooks) != 0 || hooks.OnVMStarted == nullptr) {
            (void)std::fprintf(stderr, "%s does not load\n", file);
            std::exit(1);
        }
    }
    return std::chrono::nanoseconds(Clock::now() - begun).count();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        return 2;
    }
    constexpr std::size_t rounds = 501;
    std::array<std::vector<long long>, 2> times;
    for (std::size_t round = 0; round < rounds; ++round) {
        for (const std::size_t which : {round % 2, 1 - round % 2}) {
            times[which].push_back(load_and_free(argv[1 + which]));
        }
    }
    for (auto& each : times) {
        std::ranges::nth_element(each, each.begin() + rounds / 2);
        std::printf("%lld\n", each[rounds / 2]);
    }
    return 0;
}
