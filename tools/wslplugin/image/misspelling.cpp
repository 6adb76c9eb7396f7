// SPDX-License-Identifier: MIT
#include "image/misspelling.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace wslplugins::tool {
namespace {

constexpr std::size_t most_changes = 3;

char lower(char letter) noexcept {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// Levenshtein's distance, one row of its table at a time.
std::size_t changes_between(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (const char letter : left) {
        std::size_t diagonal = row.front()++;
        for (std::size_t i = 0; i < right.size(); ++i) {
            const std::size_t changed = diagonal + (lower(letter) == lower(right[i]) ? 0 : 1);
            diagonal = row[i + 1];
            row[i + 1] = (std::min)({changed, diagonal + 1, row[i] + 1});
        }
    }
    return row.back();
}

}  // namespace

bool is_misspelling(std::string_view name, std::string_view meant) {
    const std::size_t longest = (std::max)(name.size(), meant.size());
    const std::size_t shortest = (std::min)(name.size(), meant.size());
    return name != meant && longest - shortest <= most_changes &&
           changes_between(name, meant) <= most_changes;
}

}  // namespace wslplugins::tool
