// SPDX-License-Identifier: MIT
// The program that has one plugin to itself. The test host starts it; it takes no arguments.
#include "pluginhost/plugin_process.hpp"

#include <cstdio>

int main() {
    namespace pluginhost = wslplugins::pluginhost;
    auto channel = wslplugins::platform::channel_to_parent();
    if (!channel) {
        (void)std::fprintf(stderr, "%s\n", channel.error().to_string().c_str());
        return 2;
    }
    const auto process = pluginhost::PluginProcess::meet(std::move(*channel));
    if (!process) {
        (void)std::fprintf(stderr, "%s\n", process.error().to_string().c_str());
        return 2;
    }
    const wslplugins::platform::DebugOutputCapture capture(**process);
    (*process)->serve();
    return 0;
}
