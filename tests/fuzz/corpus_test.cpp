// SPDX-License-Identifier: MIT
// Every file of the corpus, given to its target.
#include "fuzz/targets.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace wslplugins::fuzz {
namespace {

struct Target {
    const char* name;
    void (*run)(Bytes);
};

std::vector<std::byte> content(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string all((std::istreambuf_iterator<char>(stream)), {});
    const auto bytes = std::as_bytes(std::span(all));
    return {bytes.begin(), bytes.end()};
}

class FuzzCorpus : public testing::TestWithParam<Target> {};

TEST_P(FuzzCorpus, HoldsWhatTheTargetAsks) {
    const std::filesystem::path folder = std::filesystem::path(FUZZ_CORPUS) / GetParam().name;
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        SCOPED_TRACE(entry.path().string());
        GetParam().run(content(entry.path()));
        ++count;
    }
    EXPECT_GT(count, 0u) << folder << " is empty";
    GetParam().run({});
}

INSTANTIATE_TEST_SUITE_P(OfEveryParser,
                         FuzzCorpus,
                         testing::Values(Target{"fault", &fault},
                                         Target{"guest_messages", &guest_messages},
                                         Target{"guid", &guid},
                                         Target{"helper_answers", &helper_answers},
                                         Target{"inspect", &inspect},
                                         Target{"inspect_documents", &inspect_documents},
                                         Target{"plugin_messages", &plugin_messages},
                                         Target{"plugin_record", &plugin_record},
                                         Target{"scenario", &scenario},
                                         Target{"sid", &sid},
                                         Target{"text", &text},
                                         Target{"version", &version}),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace wslplugins::fuzz
