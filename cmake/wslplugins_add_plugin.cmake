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
        # As a DLL does, it exports what it says and nothing of the libraries in it: plugins in one process may
        # be built with different versions of the framework.
        target_link_options(${name} PRIVATE LINKER:--exclude-libs,ALL)
    endif()
    if(MINGW)
        target_link_options(${name} PRIVATE -static)
    elseif(MSVC)
        set_target_properties(${name} PROPERTIES MSVC_RUNTIME_LIBRARY "MultiThreaded$<$<CONFIG:Debug>:Debug>")
    endif()
endfunction()
