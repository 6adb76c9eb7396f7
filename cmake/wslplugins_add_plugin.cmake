# SPDX-License-Identifier: MIT

# wslplugins_add_plugin(<name> <source>...)
#
# Adds the plugin <name>: a DLL on Windows, a shared object elsewhere (for tests), named <name> with every
# '-' made '_'. It links the framework and, with MinGW, the static runtime, so that the DLL loads anywhere;
# dashes would do no harm to WSL, but a DLL named like a C++ identifier is what other tools expect.
# -Wsuggest-override is on: a hook without `override` is how a misspelt one goes unseen.
function(wslplugins_add_plugin name)
    string(REPLACE "-" "_" output_name "${name}")
    add_library(${name} MODULE ${ARGN})
    target_link_libraries(${name} PRIVATE wslplugins::wslplugins)
    target_compile_features(${name} PRIVATE cxx_std_23)
    set_target_properties(
        ${name}
        PROPERTIES PREFIX ""
                   OUTPUT_NAME "${output_name}"
                   CXX_VISIBILITY_PRESET hidden
                   VISIBILITY_INLINES_HIDDEN ON)
    if(NOT MSVC)
        target_compile_options(${name} PRIVATE -Wsuggest-override -ffunction-sections -fdata-sections)
        target_link_options(${name} PRIVATE -Wl,--gc-sections)
    endif()
    if(NOT WIN32)
        # The plugin object is never destroyed. A shared object that went away at its release would leave it behind
        # unreachable, which leak checkers report; whether it goes is else up to what it happens to contain.
        target_link_options(${name} PRIVATE LINKER:-z,nodelete)
    endif()
    if(MINGW)
        target_link_options(${name} PRIVATE -static)
    elseif(MSVC)
        set_target_properties(${name} PROPERTIES MSVC_RUNTIME_LIBRARY "MultiThreaded$<$<CONFIG:Debug>:Debug>")
    endif()
endfunction()
