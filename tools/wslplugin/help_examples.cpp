// SPDX-License-Identifier: MIT
#include "help_examples.hpp"

namespace wslplugins::tool {
namespace {

constexpr HelpExample examples[] = {
    {"new", "wslplugin new my-wsl-plugin"},
    {"new", "wslplugin new my-wsl-plugin --template policy --framework ../wslplugins-cpp"},
    {"inspect", "wslplugin inspect my_wsl_plugin.dll"},
    {"verify", "wslplugin verify my_wsl_plugin.dll"},
    {"sign", "wslplugin sign my_wsl_plugin.dll"},
    {"trust", "wslplugin trust --dry-run"},
    {"untrust", "wslplugin untrust"},
    {"register", R"(wslplugin register my-wsl-plugin C:\plugins\my_wsl_plugin.dll)"},
    {"unregister", "wslplugin unregister my-wsl-plugin"},
    {"list", "wslplugin list --json"},
    {"install", R"(wslplugin install my-wsl-plugin build\my_wsl_plugin.dll)"},
    {"install", R"(wslplugin install my-wsl-plugin build\my_wsl_plugin.dll --yes)"},
    {"uninstall", "wslplugin uninstall my-wsl-plugin"},
    {"reload", "wslplugin reload --yes"},
    {"try", R"(wslplugin try my-wsl-plugin build\my_wsl_plugin.dll)"},
    {"try", "wslplugin try my-wsl-plugin --yes --distribution Debian -- cat /etc/os-release"},
    {"status", "wslplugin status"},
    {"doctor", "wslplugin doctor --json"},
    {"doctor", "wslplugin doctor --bundle support.zip"},
    {"run", "wslplugin run plugin.dll --wsl-version 2.4.4 -- uname -a"},
    {"run", "wslplugin run plugin.dll --scenario two-distributions --report run.html"},
    {"explain", "wslplugin explain Wsl/Service/CreateInstance/CreateVm/Plugin/0x8007007f"},
    {"completion",
     "wslplugin completion bash >~/.local/share/bash-completion/completions/wslplugin"},
    {"completion", "wslplugin completion powershell >>$PROFILE"},
};

}  // namespace

std::span<const HelpExample> help_examples() noexcept {
    return examples;
}

std::string help_footer_of(std::string_view command) {
    std::string text;
    for (const HelpExample& example : examples) {
        if (example.command == command) {
            text.append(text.empty() ? "Examples:" : "").append("\n  ").append(example.line);
        }
    }
    return text;
}

}  // namespace wslplugins::tool
