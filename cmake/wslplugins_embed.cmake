# SPDX-License-Identifier: MIT

# wslplugins_embed(<output variable> <function> <file>...)
#
# Writes a source that defines `wslplugins::testhost::<function>`, declared in testhost/embedded.hpp: the files with
# their names, in the order given. The variable receives the source's path. A change to a file makes it anew.
function(wslplugins_embed output function)
    set(entries "")
    foreach(file IN LISTS ARGN)
        cmake_path(GET file FILENAME name)
        file(READ "${file}" content)
        string(LENGTH "${content}" length)
        if(length GREATER 16000) # compilers limit the length of a literal; MSVC's is the shortest
            message(FATAL_ERROR "${file} has ${length} characters; 16000 can be embedded")
        endif()
        string(APPEND entries "        {\"${name}\", R\"embedded(${content})embedded\"},\n")
    endforeach()
    set(source "${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp")
    file(CONFIGURE OUTPUT "${source}" CONTENT [[
#include "testhost/embedded.hpp"

std::span<const wslplugins::testhost::EmbeddedFile> wslplugins::testhost::@function@() noexcept {
    static constexpr EmbeddedFile files[] = {
@entries@    };
    return files;
}
]] @ONLY)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ARGN})
    set(${output} "${source}" PARENT_SCOPE)
endfunction()
