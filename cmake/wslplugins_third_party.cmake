# SPDX-License-Identifier: MIT
# The header-only libraries of the test host, nlohmann-json and fmt, and of the tool, CLI11. The plugin library
# itself needs none.
wslplugins_find_headers(wslplugins_third_party nlohmann/json.hpp fmt/format.h)
target_compile_definitions(wslplugins_third_party INTERFACE FMT_HEADER_ONLY)
if(WSLPLUGINS_BUILD_TOOLS)
    wslplugins_find_headers(wslplugins_command_line CLI/CLI.hpp)
    target_link_libraries(wslplugins_third_party INTERFACE wslplugins_command_line)
endif()
