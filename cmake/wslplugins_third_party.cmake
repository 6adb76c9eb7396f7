# SPDX-License-Identifier: MIT
# The header-only libraries of the tools: CLI11, nlohmann-json, fmt. The plugin library itself needs none.
wslplugins_find_headers(wslplugins_third_party CLI/CLI.hpp nlohmann/json.hpp fmt/format.h)
target_compile_definitions(wslplugins_third_party INTERFACE FMT_HEADER_ONLY)
