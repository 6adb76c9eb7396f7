// SPDX-License-Identifier: MIT
/// @file
/// `WSLPLUGINS_EXPORT_V1`: the DLL's entry point.
#pragma once

#include <wslplugins/plugin/load_plugin.hpp>

/// WSLPLUGINS_EXPORT_V1(Class)
/// WSLPLUGINS_EXPORT_V1(Class, major, minor[, revision])
/// WSLPLUGINS_EXPORT_V1(Class, Capability::A | Capability::B)
///
/// Exports the plugin class from this DLL; what follows the class is the `Requirement` for WSL. It stands
/// outside any namespace, in a source file of its own, so that unit tests can link the class without it. A
/// DLL with two of them does not link.
#if defined(_WIN32)
#    define WSLPLUGINS_EXPORT_V1(Class, ...)                                                       \
        extern "C" __declspec(dllexport) ::wslplugins::abi::HRESULT WSLPluginAPIV1_EntryPoint(     \
            const ::wslplugins::abi::WSLPluginAPIV1* api,                                          \
            ::wslplugins::abi::WSLPluginHooksV1* hooks) noexcept {                                 \
            return ::wslplugins::load_plugin<Class>(                                               \
                api, hooks, ::wslplugins::Requirement{__VA_ARGS__});                               \
        }                                                                                          \
        static_assert(true, "a semicolon follows WSLPLUGINS_EXPORT_V1")
#else
#    define WSLPLUGINS_EXPORT_V1(Class, ...)                                                       \
        extern "C" [[gnu::visibility("default")]] ::wslplugins::abi::HRESULT                       \
        WSLPluginAPIV1_EntryPoint(const ::wslplugins::abi::WSLPluginAPIV1* api,                    \
                                  ::wslplugins::abi::WSLPluginHooksV1* hooks) noexcept {           \
            return ::wslplugins::load_plugin<Class>(                                               \
                api, hooks, ::wslplugins::Requirement{__VA_ARGS__});                               \
        }                                                                                          \
        static_assert(true, "a semicolon follows WSLPLUGINS_EXPORT_V1")
#endif
