// SPDX-License-Identifier: MIT
/// @file
/// `ZipArchive`: a .zip file of a few small texts, which Windows and every Linux desktop open. Nothing is compressed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wslplugins::tool {

/// The files get no date of their own: the same content makes the same archive, whenever and by whom it is made.
class ZipArchive {
public:
    /// @param name UTF-8, with `/` between folders, and only once.
    /// @pre fewer than 65,536 files and 4 GiB in all.
    void add(std::string_view name, std::string_view content);

    /// The whole archive.
    [[nodiscard]] std::string bytes() const;

private:
    std::string files_;
    std::string directory_;
    std::uint16_t count_ = 0;
};

}  // namespace wslplugins::tool
