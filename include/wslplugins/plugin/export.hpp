// SPDX-License-Identifier: MIT
/// @file
/// `WSLPLUGINS_EXPORT_V1`: the DLL's entry point.
#pragma once

#include <wslplugins/core/plugin_record.hpp>
#include <wslplugins/plugin/load_plugin.hpp>

namespace wslplugins::detail {

/// What the record of the plugin class says.
template <class P>
[[nodiscard]] consteval PluginRecordLayout plugin_record_of(const Requirement& requirement) {
    const Version& required = requirement.version();
    PluginRecordLayout record;
    record.required_wsl = {required.major, required.minor, required.revision};
    if constexpr (std::derived_from<P, Plugin>) {  // load_plugin tells who does not derive
        record.hooks = hook_bits_of<P>();
    }
    return record;
}

/// Reads the requirement from the record itself, and in a way that no optimiser can foresee: this is the
/// reference that keeps the record in the file when the linker drops what nobody uses.
[[nodiscard]] inline Requirement required_by(const PluginRecordLayout& record) noexcept {
    const volatile std::uint32_t* const parts = record.required_wsl.data();
    return {parts[0], parts[1], parts[2]};
}

}  // namespace wslplugins::detail

// The section's name is `plugin_record_section`; an attribute takes a literal only.
#if defined(_MSC_VER)
#    define WSLPLUGINS_DETAIL_IN_RECORD_SECTION                                                    \
        __pragma(section(".wslplug", read)) __declspec(allocate(".wslplug"))
#else
/// For `WSLPLUGINS_EXPORT_V1` alone.
#    define WSLPLUGINS_DETAIL_IN_RECORD_SECTION [[gnu::used, gnu::section(".wslplug")]]
#endif

#if defined(_WIN32)
#    define WSLPLUGINS_DETAIL_EXPORT __declspec(dllexport)
#else
/// For `WSLPLUGINS_EXPORT_V1` alone.
#    define WSLPLUGINS_DETAIL_EXPORT [[gnu::visibility("default")]]
#endif

/// WSLPLUGINS_EXPORT_V1(Class)
/// WSLPLUGINS_EXPORT_V1(Class, major, minor[, revision])
/// WSLPLUGINS_EXPORT_V1(Class, Capability::A | Capability::B)
///
/// Exports the plugin class from this DLL; what follows the class is the `Requirement` for WSL, a constant. It
/// stands outside any namespace, in a source file of its own, so that unit tests can link the class without
/// it. A DLL with two of them does not link. It puts the class's `PluginRecord` into the DLL besides.
#define WSLPLUGINS_EXPORT_V1(Class, ...)                                                           \
    WSLPLUGINS_DETAIL_IN_RECORD_SECTION                                                            \
    static constexpr ::wslplugins::detail::PluginRecordLayout wslplugins_plugin_record =           \
        ::wslplugins::detail::plugin_record_of<Class>(::wslplugins::Requirement{__VA_ARGS__});     \
    extern "C" WSLPLUGINS_DETAIL_EXPORT ::wslplugins::abi::HRESULT WSLPluginAPIV1_EntryPoint(      \
        const ::wslplugins::abi::WSLPluginAPIV1* api,                                              \
        ::wslplugins::abi::WSLPluginHooksV1* hooks) noexcept {                                     \
        return ::wslplugins::load_plugin<Class>(                                                   \
            api, hooks, ::wslplugins::detail::required_by(wslplugins_plugin_record));              \
    }                                                                                              \
    static_assert(true, "a semicolon follows WSLPLUGINS_EXPORT_V1")
