# SPDX-License-Identifier: MIT

# wslplugins_embed(<output variable> <function> [NAMESPACE <room>] [HEADER <header>] [BASE <folder>] FILES <file>...)
#
# Writes a source that defines `wslplugins::<room>::<function>`, declared in the header: the files with their names, in
# the order given. A name is the file's path below the folder, without one the file's own. The variable receives the
# source's path. A change to a file makes it anew. Without more it is about `testhost` and testhost/embedded.hpp.
function(wslplugins_embed output function)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "NAMESPACE;HEADER;BASE" "FILES")
    set(namespace testhost)
    set(header testhost/embedded.hpp)
    if(arg_NAMESPACE)
        set(namespace "${arg_NAMESPACE}")
        set(header "${arg_HEADER}")
    endif()
    set(entries "")
    foreach(file IN LISTS arg_FILES)
        cmake_path(GET file FILENAME name)
        if(arg_BASE)
            cmake_path(RELATIVE_PATH file BASE_DIRECTORY "${arg_BASE}" OUTPUT_VARIABLE name)
        endif()
        file(READ "${file}" content)
        string(LENGTH "${content}" length)
        if(length GREATER 16000) # compilers limit the length of a literal; MSVC's is the shortest
            message(FATAL_ERROR "${file} has ${length} characters; 16000 can be embedded")
        endif()
        string(APPEND entries "        {\"${name}\", R\"embedded(${content})embedded\"},\n")
    endforeach()
    set(source "${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp")
    file(CONFIGURE OUTPUT "${source}" CONTENT [[
#include "@header@"

std::span<const wslplugins::testhost::EmbeddedFile> wslplugins::@namespace@::@function@() noexcept {
    static constexpr testhost::EmbeddedFile files[] = {
@entries@    };
    return files;
}
]] @ONLY)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${arg_FILES})
    set(${output} "${source}" PARENT_SCOPE)
endfunction()
