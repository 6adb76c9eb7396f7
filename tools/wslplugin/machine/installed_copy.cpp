// SPDX-License-Identifier: MIT
#include "machine/installed_copy.hpp"

#include "platform/error_code.hpp"
#include "platform/paths.hpp"
#include "platform/protected_path.hpp"
#include "platform/random.hpp"

#include <algorithm>
#include <array>

namespace wslplugins::tool {
namespace {

namespace fs = std::filesystem;

/// A folder that no other installation has: the old DLL, which the service holds open, stays where it is.
WinResult<std::string> folder_name(const std::string& plugin) {
    std::array<std::byte, 8> bytes{};
    if (WinResult<> filled = platform::fill_random(bytes); !filled) {
        return propagate(filled.error());
    }
    const auto is_plain = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '-' || letter == '_';
    };
    constexpr std::size_t longest = 64;
    std::string name = plugin.substr(0, longest);
    std::ranges::replace_if(name, [&](char letter) { return !is_plain(letter); }, '_');
    constexpr std::string_view digits = "0123456789abcdef";
    name += '-';
    for (const std::byte byte : bytes) {
        const auto value = std::to_integer<std::size_t>(byte);
        name += digits[value >> 4];
        name += digits[value & 15];
    }
    return name;
}

WinResult<> copy_into(const std::string& folder, const std::string& file) {
    const fs::path source = platform::path_from_utf8(file);
    const fs::path target = platform::path_from_utf8(folder) / source.filename();
    std::error_code error;
    // The content alone: the rights are those of the folder that it is made in.
    if (!fs::copy_file(source, target, fs::copy_options::none, error)) {
        return failure(platform::hresult_of(error),
                       "Could not copy '" + file + "' to '" + folder + "'");
    }
    return {};
}

}  // namespace

WinResult<InstalledCopy> make_installed_copy(RecordKeeper& keeper,
                                             const std::string& name,
                                             const std::vector<std::string>& files) {
    const std::string& root = keeper.folders().plugins;
    if (WinResult<> made = platform::make_protected_folder(root); !made) {
        return propagate(made.error());
    }
    const WinResult<std::string> last = folder_name(name);
    if (!last) {
        return propagate(last.error());
    }
    InstalledCopy copy{.folder = root + "\\" + *last, .dll = {}};
    if (WinResult<> announced = keeper.announce_folder(copy.folder); !announced) {
        return propagate(announced.error());
    }
    if (WinResult<> made = platform::make_protected_folder(copy.folder); !made) {
        return propagate(made.error());
    }
    for (const std::string& file : files) {
        if (WinResult<> copied = copy_into(copy.folder, file); !copied) {
            return propagate(copied.error());
        }
    }
    copy.dll = copy.folder + "\\" +
               platform::utf8_from_path(platform::path_from_utf8(files.front()).filename());
    return copy;
}

}  // namespace wslplugins::tool
