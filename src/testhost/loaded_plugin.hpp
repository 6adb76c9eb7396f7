// SPDX-License-Identifier: MIT
/// @file
/// `LoadedPlugin`: a plugin whose entry point has agreed.
#pragma once

#include "platform/dynamic_library.hpp"

#include <wslplugins/abi/hooks_v1.hpp>

#include <string>

namespace wslplugins::testhost {

struct LoadedPlugin {
    std::string name;
    platform::DynamicLibrary library;
    abi::WSLPluginHooksV1 hooks;
};

}  // namespace wslplugins::testhost
