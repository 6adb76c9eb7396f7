// SPDX-License-Identifier: MIT
/// @file
/// `Redaction`: takes out of a text who and where its writer is, before it is passed on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::tool {

/// Texts are UTF-8. The case of ASCII letters does not matter in anything that is looked for.
class Redaction {
public:
    /// A text that must not be passed on, and what stands for it.
    struct Known {
        std::string text;
        std::string replacement;
    };

    /// @param known what is to be replaced wherever it stands; a text of fewer than four bytes only where neither a
    ///        letter nor a digit is beside it. Empty ones are ignored.
    explicit Redaction(std::vector<Known> known);

    /// Knows this process's user, home folder and computer, as the environment has them.
    [[nodiscard]] static Redaction of_this_process();

    /// Besides what is known, replaces the user's part of every home folder's path (`C:\Users\…`, `/home/…`), the
    /// server's of every network path, and every security identifier.
    [[nodiscard]] std::string operator()(std::string_view text) const;

private:
    std::vector<Known> known_;
};

}  // namespace wslplugins::tool
