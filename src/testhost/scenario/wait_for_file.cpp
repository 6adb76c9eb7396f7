// SPDX-License-Identifier: MIT
#include "testhost/scenario/wait_for_file.hpp"

#include "platform/paths.hpp"

#include <fstream>
#include <iterator>
#include <thread>

namespace wslplugins::testhost {
namespace {

constexpr std::chrono::milliseconds look_every{5};

bool contains(const std::filesystem::path& file, const std::string& text) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return false;
    }
    const std::string content{std::istreambuf_iterator<char>(stream), {}};
    return content.find(text) != std::string::npos;
}

}  // namespace

UserOutput
wait_for_file(const std::string& path, const std::string& text, std::chrono::milliseconds limit) {
    const std::filesystem::path file = platform::path_from_utf8(path);
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!contains(file, text)) {
        if (std::chrono::steady_clock::now() >= end) {
            return {1,
                    "'" + path + "' did not contain '" + text + "' within " +
                        std::to_string(limit.count()) + " ms\n"};
        }
        std::this_thread::sleep_for(look_every);
    }
    return {};
}

}  // namespace wslplugins::testhost
