// SPDX-License-Identifier: MIT
// A plugin whose command destroys all that it can reach, as the virtual machine's root and in a distribution. The
// whole run happens in the outer sandbox, so that a mistake costs nothing.
#include "support/outer_sandbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace wslplugins::tests {
namespace {

using testing::HasSubstr;

// Overwrites, then deletes. What lies below /proc and /dev is the kernel's own and is tried in tests/guest, where
// each attempt is harmless if it succeeds.
constexpr char destruction[] =
    "find / -xdev -type f -writable -exec sh -c 'for f; do echo gone > \"$f\"; done' sh {} + "
    "2>/dev/null; "
    "find / -not -path '/proc*' -not -path '/dev*' -type f -exec sh -c 'for f; do : > \"$f\"; "
    "done' sh {} + "
    "2>/dev/null; rm -rf --one-file-system --no-preserve-root / 2>/dev/null; "
    "rm -rf /tmp/* /root /home /var /opt /etc /usr/local 2>/dev/null; "
    "test -e /home || printf 'home is gone; '; test -e /usr/bin/env && echo 'usr stands'";

void write_marker(const std::string& folder) {
    std::ofstream(folder + "/marker") << "untouched";
}

std::string content_of(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string output_of(const std::string& command) {
    std::string output;
    FILE* const pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) {
        return "popen failed";
    }
    for (int byte = std::fgetc(pipe); byte != EOF; byte = std::fgetc(pipe)) {
        output += static_cast<char>(byte);
    }
    const int status = ::pclose(pipe);
    return output + "exit status " + std::to_string(status) + "\n";
}

TEST(Destruction, ByAPluginsCommandChangesNothingOutsideTheMachine) {
    run_in_outer_sandbox([] {
        write_marker(sandbox_data);
        write_marker(sandbox_programs);
        ::setenv("WSLPLUGINS_FIXTURE_COMMAND", destruction, 1);
        const std::string output = output_of(WSLPLUGINS_TEST_TOOL " run " WSLPLUGINS_TEST_COMMANDING
                                                                  " -- echo hello 2>&1");
        // The command did what it could: what is the machine's own is gone, and the programs still stand.
        EXPECT_THAT(output, HasSubstr("home is gone; usr stands"));
        // Also in the distribution, which has no /bin any more when the user's command comes. The host lives.
        EXPECT_THAT(output, HasSubstr("Executing '/bin/sh' failed: No such file or directory"));
        EXPECT_THAT(output, HasSubstr("    -1 with the output\n"));
        EXPECT_EQ(content_of(sandbox_data + "/marker"), "untouched");
        EXPECT_EQ(content_of(sandbox_programs + "/marker"), "untouched");
        EXPECT_EQ(std::distance(std::filesystem::directory_iterator(sandbox_data), {}), 1);
        EXPECT_EQ(std::distance(std::filesystem::directory_iterator(sandbox_programs), {}), 1);
    });
}

}  // namespace
}  // namespace wslplugins::tests
