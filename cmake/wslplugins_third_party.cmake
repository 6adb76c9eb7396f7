# SPDX-License-Identifier: MIT
# The header-only libraries of the tools: CLI11, nlohmann-json, fmt. The plugin library itself needs none.
#
# When this project is built for Windows on Linux, the system's headers of these libraries serve: they are
# linked into a folder of the build, because the folder that they lie in also has the C library's headers.

set(WSLPLUGINS_THIRD_PARTY_INCLUDE "" CACHE PATH "A folder with CLI/, nlohmann/ and fmt/; found if empty")

add_library(wslplugins_third_party INTERFACE)
target_compile_definitions(wslplugins_third_party INTERFACE FMT_HEADER_ONLY)

set(folder "${WSLPLUGINS_THIRD_PARTY_INCLUDE}")
if(NOT folder)
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/third_party/include")
    file(MAKE_DIRECTORY "${folder}")
    foreach(header IN ITEMS CLI/CLI.hpp nlohmann/json.hpp fmt/format.h)
        find_path(
            found_${header} ${header}
            NO_CMAKE_FIND_ROOT_PATH PATHS /usr/include /usr/local/include
            REQUIRED)
        cmake_path(GET header PARENT_PATH library)
        file(CREATE_LINK "${found_${header}}/${library}" "${folder}/${library}" SYMBOLIC)
    endforeach()
endif()
target_include_directories(wslplugins_third_party SYSTEM INTERFACE "${folder}")
