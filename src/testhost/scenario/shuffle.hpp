// SPDX-License-Identifier: MIT
/// @file
/// Orders drawn from a seed.
#pragma once

#include <cstddef>
#include <random>
#include <utility>
#include <vector>

namespace wslplugins::testhost {

/// Puts the items into a drawn order, the same for a seed everywhere: the standard library's own shuffle differs from
/// one to another.
template <class Item>
void shuffle(std::vector<Item>& items, std::mt19937_64& numbers) {
    for (std::size_t i = items.size(); i > 1; --i) {
        std::swap(items[i - 1], items[static_cast<std::size_t>(numbers() % i)]);
    }
}

}  // namespace wslplugins::testhost
