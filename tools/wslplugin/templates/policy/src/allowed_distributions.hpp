// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/wslplugins.hpp>

#include <filesystem>

/// Lets only those distributions start whose names stand in a list, and tells users why others do not.
///
/// The list is a text file in UTF-8, a name a line, as `wsl.exe --list` prints it. It is read at each start, so
/// that a change counts at once; without it no distribution starts. It lies where only administrators can write.
///
/// A name says little by itself: whoever imports a distribution chooses it. What else a policy may ask for is
/// in `wslplugins::Distribution`, and what runs inside is told by a command in the distribution.
class AllowedDistributions : public wslplugins::Plugin {
public:
    explicit AllowedDistributions(const wslplugins::Context& context);

    wslplugins::PluginResult<>
    on_distribution_started(const wslplugins::Session& session,
                            const wslplugins::Distribution& distribution) override;

protected:
    /// For tests, with a list of their own.
    AllowedDistributions(const wslplugins::Context& context, std::filesystem::path list);

private:
    std::filesystem::path list_;
};
