// SPDX-License-Identifier: MIT
/// @file
/// What the two distribution views share: fields that only a newer WSL has, copying their
/// texts, and printing.
#pragma once

#include <wslplugins/core/guid.hpp>
#include <wslplugins/core/slot_table.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace wslplugins::detail {

/// `what` does not exist in the running version: a sentence that names both versions.
[[nodiscard]] std::unexpected<Error>
requires_update(std::string_view what, const Version& since, const Version& running);

/// `Debian {0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9}`.
[[nodiscard]] std::string named(std::string_view name, const Guid& id);

template <class T>
[[nodiscard]] WinResult<> take(WinResult<T> from, T& into) {
    if (!from) {
        return propagate(std::move(from.error()));
    }
    into = std::move(*from);
    return {};
}

/// Copies the texts that the view has in this version of WSL.
template <class View, class Owned>
[[nodiscard]] WinResult<> copy_texts(const View& view, const Version& running, Owned& owned) {
    WinResult<> done = take(view.name(), owned.name);
    if (done) {
        done = take(view.package_family_name(), owned.package_family_name);
    }
    if (done && running >= flavor_and_version_since) {
        done = take(view.flavor(), owned.flavor);
    }
    if (done && running >= flavor_and_version_since) {
        done = take(view.version(), owned.version);
    }
    return done;
}

}  // namespace wslplugins::detail
