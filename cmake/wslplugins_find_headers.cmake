# SPDX-License-Identifier: MIT

# wslplugins_find_headers(<target> <header>...)
#
# Makes an interface target of header-only libraries, each named by one of its headers, such as CLI/CLI.hpp.
function(wslplugins_find_headers target)
    add_library(${target} INTERFACE)
    foreach(header IN LISTS ARGN)
        cmake_path(GET header PARENT_PATH library)
        if(CMAKE_CROSSCOMPILING)
            # The building machine's own headers serve. They lie beside those of its C library, which must stay
            # out of sight, so each library's folder is linked into one of the build's own.
            find_path(WSLPLUGINS_${library}_INCLUDE ${header} NO_CMAKE_FIND_ROOT_PATH
                      PATHS /usr/include /usr/local/include REQUIRED)
            set(folder "${PROJECT_BINARY_DIR}/third_party/${library}/include")
            file(MAKE_DIRECTORY "${folder}")
            file(CREATE_LINK "${WSLPLUGINS_${library}_INCLUDE}/${library}" "${folder}/${library}" SYMBOLIC)
        else()
            find_path(WSLPLUGINS_${library}_INCLUDE ${header} REQUIRED)
            set(folder "${WSLPLUGINS_${library}_INCLUDE}")
        endif()
        target_include_directories(${target} SYSTEM INTERFACE "${folder}")
    endforeach()
endfunction()
