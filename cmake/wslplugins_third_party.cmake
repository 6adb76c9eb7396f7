# SPDX-License-Identifier: MIT
# The header-only libraries of the tools: CLI11, nlohmann-json, fmt. The plugin library itself needs none.

add_library(wslplugins_third_party INTERFACE)
target_compile_definitions(wslplugins_third_party INTERFACE FMT_HEADER_ONLY)

foreach(header IN ITEMS CLI/CLI.hpp nlohmann/json.hpp fmt/format.h)
    cmake_path(GET header PARENT_PATH library)
    if(CMAKE_CROSSCOMPILING)
        # The building machine's own headers serve. They lie beside those of its C library, which must stay
        # out of sight, so each library's folder is linked into one of the build's own.
        find_path(WSLPLUGINS_${library}_INCLUDE ${header} NO_CMAKE_FIND_ROOT_PATH PATHS /usr/include /usr/local/include
                  REQUIRED)
        set(folder "${CMAKE_CURRENT_BINARY_DIR}/third_party/include")
        file(MAKE_DIRECTORY "${folder}")
        file(CREATE_LINK "${WSLPLUGINS_${library}_INCLUDE}/${library}" "${folder}/${library}" SYMBOLIC)
    else()
        find_path(WSLPLUGINS_${library}_INCLUDE ${header} REQUIRED)
        set(folder "${WSLPLUGINS_${library}_INCLUDE}")
    endif()
    target_include_directories(wslplugins_third_party SYSTEM INTERFACE "${folder}")
endforeach()
