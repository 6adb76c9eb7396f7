# SPDX-License-Identifier: MIT
# Finds the framework wslplugins. WSLPLUGINS_FRAMEWORK names it: the folder of its source, which is then built along, or
# the folder that it was installed in. It is set on the command line (-D), else by the environment variable of that name,
# else by framework.cmake, which `wslplugin new` wrote for this computer and which is not committed. Where none of them
# says anything, an installed package is looked for where CMake looks for packages.
set(WSLPLUGINS_FRAMEWORK "$ENV{WSLPLUGINS_FRAMEWORK}" CACHE PATH "wslplugins: its source, or where it is installed")
if(NOT WSLPLUGINS_FRAMEWORK)
    include("${PROJECT_SOURCE_DIR}/framework.cmake" OPTIONAL)
endif()

if(WSLPLUGINS_FRAMEWORK AND EXISTS "${WSLPLUGINS_FRAMEWORK}/CMakeLists.txt")
    set(WSLPLUGINS_BUILD_TESTHOST ON)
    set(WSLPLUGINS_BUILD_INSPECT ON)
    add_subdirectory("${WSLPLUGINS_FRAMEWORK}" wslplugins EXCLUDE_FROM_ALL SYSTEM)
else()
    if(WSLPLUGINS_FRAMEWORK)
        # A package for Windows may lie below the one for Linux; each serves its own system only.
        list(PREPEND CMAKE_PREFIX_PATH "${WSLPLUGINS_FRAMEWORK}" "${WSLPLUGINS_FRAMEWORK}/x86_64-w64-mingw32")
    endif()
    find_package(wslplugins 0.1 REQUIRED)
endif()
