# SPDX-License-Identifier: MIT
# Parsing the libraries' headers is half of a sanitizer build's time; with this it is done once. An include that a source
# lacks goes unnoticed then, so that the builds with g++ and MinGW do without.
option(WSLPLUGINS_PRECOMPILED_HEADERS "Parse the libraries' headers once; clang only" OFF)

set(wslplugins_precompiled_folder "${CMAKE_CURRENT_LIST_DIR}/precompiled")

# wslplugins_precompile(<target> <standard_library|tool_libraries|test_libraries>)
#
# Gives the sources of the target what cmake/precompiled/<kind>.hpp includes. Does nothing without the option.
function(wslplugins_precompile target kind)
    if(NOT WSLPLUGINS_PRECOMPILED_HEADERS)
        return()
    endif()
    set(owner wslplugins_precompiled_${kind})
    if(NOT TARGET ${owner})
        set(source "${PROJECT_BINARY_DIR}/precompiled/${kind}.cpp")
        file(CONFIGURE OUTPUT "${source}" CONTENT "int main() {}\n")
        if(kind STREQUAL "test_libraries")
            # A program, as the tests are: clang refuses what was parsed for position independent libraries.
            add_executable(${owner} EXCLUDE_FROM_ALL "${source}")
            target_link_libraries(${owner} PRIVATE GTest::gmock)
        else()
            add_library(${owner} OBJECT EXCLUDE_FROM_ALL "${source}")
        endif()
        if(kind STREQUAL "tool_libraries")
            target_link_libraries(${owner} PRIVATE wslplugins_third_party)
        endif()
        target_compile_features(${owner} PRIVATE cxx_std_23)
        target_link_libraries(${owner} PRIVATE wslplugins_build_options wslplugins_sanitizer)
        target_precompile_headers(${owner} PRIVATE "${wslplugins_precompiled_folder}/${kind}.hpp")
    endif()
    target_precompile_headers(${target} REUSE_FROM ${owner})
endfunction()
