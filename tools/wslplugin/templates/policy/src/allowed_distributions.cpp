// SPDX-License-Identifier: MIT
#include "allowed_distributions.hpp"

#include <fstream>
#include <string>
#include <utility>

using namespace wslplugins;

namespace {

/// Not in C:\ProgramData, where users may make folders.
constexpr const char* list_of_this_computer =
    R"(C:\Program Files\%{name}\allowed-distributions.txt)";

bool has_line(std::istream& list, const std::string& wanted) {
    for (std::string line; std::getline(list, line);) {
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        if (line == wanted) {
            return true;
        }
    }
    return false;
}

}  // namespace

AllowedDistributions::AllowedDistributions(const Context& context)
    : AllowedDistributions(context, list_of_this_computer) {}

AllowedDistributions::AllowedDistributions(const Context& context, std::filesystem::path list)
    : Plugin(context), list_(std::move(list)) {}

PluginResult<> AllowedDistributions::on_distribution_started(const Session&,
                                                             const Distribution& distribution) {
    const WinResult<std::string> name = distribution.name();
    if (!name) {
        return propagate(name.error());  // what is no text stands in no list
    }
    std::ifstream list(list_);
    if (!list) {
        log().error("no list", list_.string());
        return refuse(HResult::access_denied,
                      "This computer has no list of allowed distributions. Ask its administrator.");
    }
    if (!has_line(list, *name)) {
        log().warning("refused", to_string(distribution));
        return refuse(HResult::access_denied,
                      "The distribution '" + *name +
                          "' is not allowed on this computer. Ask its administrator.");
    }
    return {};
}
