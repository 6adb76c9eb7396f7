// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/wslplugins.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

using namespace wslplugins;

/// Keeps distributions of these names from starting where they come from no package.
class UnpackagedDistroBlacklistPolicy final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_distribution_started(const Session&,
                                           const Distribution& distribution) override {
        const auto package = distribution.package_family_name();
        if (!package) {
            return propagate(package.error());  // what cannot be read is not allowed
        }
        const auto name = distribution.name();
        if (!name) {
            return propagate(name.error());
        }
        if (package->has_value() || !is_denied(*name)) {
            return {};
        }
        log().warning("denied", to_string(distribution));
        return refuse(HResult::access_denied,
                      "The distribution '" + *name +
                          "' was imported from a file, which is not allowed on this computer. "
                          "Install it from the Microsoft Store instead.");
    }

private:
    // Small letters: WSL tells names apart without regard to case.
    static constexpr std::array<std::string_view, 2> denied_names{"kali-linux", "ubuntu-18.04"};

    static bool is_denied(std::string_view name) {
        return std::ranges::any_of(denied_names, [name](std::string_view denied) {
            return std::ranges::equal(name, denied, {}, small_letter);
        });
    }

    static constexpr char small_letter(char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
};
