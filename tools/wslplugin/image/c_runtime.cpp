// SPDX-License-Identifier: MIT
#include "image/c_runtime.hpp"

#include <algorithm>
#include <array>

namespace wslplugins::tool {
namespace {

using enum RuntimeOrigin;

constexpr CRuntime ucrt{"UCRT", Windows};
constexpr CRuntime msvcrt{"msvcrt", Windows};
constexpr CRuntime vc_runtime{"VC runtime", Redistributed};
constexpr CRuntime debug_runtime{"debug runtime", Developers};
constexpr CRuntime mingw_runtime{"MinGW runtime", Developers};

constexpr std::array<std::string_view, 12> vc_prefixes{"vcruntime14",
                                                       "msvcp14",
                                                       "concrt14",
                                                       "vccorlib14",
                                                       "vcomp14",
                                                       "msvcr7",
                                                       "msvcr8",
                                                       "msvcr9",
                                                       "msvcr1",
                                                       "msvcp7",
                                                       "msvcp8",
                                                       "msvcp1"};

constexpr std::array<std::string_view, 6> mingw_prefixes{
    "libstdc++-", "libgcc_s_", "libwinpthread-", "libc++", "libunwind", "libssp-"};

bool begins_with_any(std::string_view name, auto prefixes) noexcept {
    return std::ranges::any_of(prefixes, [name](auto prefix) { return name.starts_with(prefix); });
}

}  // namespace

const CRuntime* runtime_of_library(std::string_view comparable_name) noexcept {
    if (comparable_name == "ucrtbase.dll" || comparable_name.starts_with("api-ms-win-crt-")) {
        return &ucrt;
    }
    if (comparable_name == "msvcrt.dll") {
        return &msvcrt;
    }
    if (comparable_name == "ucrtbased.dll" || comparable_name == "msvcrtd.dll") {
        return &debug_runtime;
    }
    if (begins_with_any(comparable_name, vc_prefixes)) {
        return comparable_name.ends_with("d.dll") ? &debug_runtime : &vc_runtime;
    }
    return begins_with_any(comparable_name, mingw_prefixes) ? &mingw_runtime : nullptr;
}

}  // namespace wslplugins::tool
