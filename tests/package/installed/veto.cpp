// SPDX-License-Identifier: MIT
#include "veto.hpp"

wslplugins::PluginResult<> Veto::on_distribution_started(const wslplugins::Session&,
                                                         const wslplugins::Distribution&) {
    return wslplugins::refuse(wslplugins::HResult::access_denied, "No distribution starts here.");
}
