// SPDX-License-Identifier: MIT
#include "platform/private_code.hpp"

#include <fstream>
#include <sstream>
#include <string>

namespace wslplugins::platform {

WinResult<std::size_t> private_code_size() {
    std::ifstream maps("/proc/self/maps");
    if (!maps) {
        return failure(HResult::file_not_found, "Reading /proc/self/maps failed");
    }
    std::size_t size = 0;
    for (std::string line; std::getline(maps, line);) {
        std::istringstream fields(line);
        std::uintptr_t begin = 0;
        std::uintptr_t end = 0;
        char dash = '\0';
        std::string rights;
        std::string offset;
        std::string device;
        std::string inode;
        std::string path;
        fields >> std::hex >> begin >> dash >> end >> rights >> offset >> device >> inode >> path;
        // The kernel's own pages have names such as [vdso]; memory without a file may have one such as [anon:jit].
        const bool has_no_file =
            path.empty() || path.starts_with("[anon") || path.starts_with("/memfd:");
        if (rights.find('x') != std::string::npos && has_no_file) {
            size += end - begin;
        }
    }
    return size;
}

}  // namespace wslplugins::platform
