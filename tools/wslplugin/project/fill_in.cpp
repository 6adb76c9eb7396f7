// SPDX-License-Identifier: MIT
#include "project/fill_in.hpp"

#include <algorithm>

namespace wslplugins::tool {
namespace {

constexpr std::string_view opening = "%{";

}  // namespace

WinResult<std::string> fill_in(std::string_view text, std::span<const Mark> marks) {
    std::string filled;
    for (std::size_t begin = text.find(opening); begin != std::string_view::npos;
         begin = text.find(opening)) {
        filled.append(text.substr(0, begin));
        const std::size_t end = text.find('}', begin);
        if (end == std::string_view::npos) {
            return failure(HResult::invalid_data,
                           "The mark '" + std::string(text.substr(begin, 20)) + "' has no end");
        }
        const std::string_view name =
            text.substr(begin + opening.size(), end - begin - opening.size());
        const auto mark = std::ranges::find(marks, name, &Mark::name);
        if (mark == marks.end()) {
            return failure(HResult::invalid_data,
                           "Nothing is known of the mark '" + std::string(name) + "'");
        }
        filled.append(mark->value);
        text.remove_prefix(end + 1);
    }
    return filled.append(text);
}

}  // namespace wslplugins::tool
