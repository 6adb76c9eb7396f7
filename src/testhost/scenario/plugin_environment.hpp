// SPDX-License-Identifier: MIT
/// @file
/// `PluginEnvironment`: environment variables for as long as a scenario plays.
#pragma once

#include <wslplugins/core/result.hpp>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wslplugins::testhost {

/// Restores what was before when it goes.
class PluginEnvironment {
public:
    PluginEnvironment() = default;
    PluginEnvironment(const PluginEnvironment&) = delete;
    PluginEnvironment& operator=(const PluginEnvironment&) = delete;
    ~PluginEnvironment();

    /// @return E_INVALIDARG for a name that no variable can have.
    [[nodiscard]] WinResult<> set(const std::map<std::string, std::string>& variables);

private:
    std::vector<std::pair<std::string, std::optional<std::string>>> before_;
};

}  // namespace wslplugins::testhost
