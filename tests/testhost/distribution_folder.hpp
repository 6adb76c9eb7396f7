// SPDX-License-Identifier: MIT
/// @file
/// A folder of a test's own with the files of a small distribution.
#pragma once

#include <filesystem>
#include <string>

namespace wslplugins::testhost {

/// Made and removed by Linux programs, so that it has symbolic links and rights under Wine too.
class DistributionFolder {
public:
    DistributionFolder();
    DistributionFolder(const DistributionFolder&) = delete;
    DistributionFolder& operator=(const DistributionFolder&) = delete;
    ~DistributionFolder();

    /// A root with `sh`, `cat`, `ls` and `true`, an os-release that says `tiny` and `7`, and `/etc/issue.net`, which
    /// says `Tiny 7`.
    [[nodiscard]] std::string root() const { return at("root"); }

    /// The same as a tar file.
    [[nodiscard]] std::string tar() const { return at("root.tar"); }

    /// A path in the folder, as this process names it.
    [[nodiscard]] std::string at(const std::string& name) const;
    [[nodiscard]] bool has(const std::string& name) const;

    /// What a file in the folder says.
    [[nodiscard]] std::string text_of(const std::string& name) const;

private:
    void run(const std::string& script) const;

    std::filesystem::path folder_;
};

}  // namespace wslplugins::testhost
