# SPDX-License-Identifier: MIT
# What every target of this project is compiled with. Private: nothing of it reaches a consumer.

add_library(wslplugins_build_options INTERFACE)

if(MSVC)
    target_compile_options(wslplugins_build_options INTERFACE /W4 /permissive- /utf-8 /Zc:__cplusplus /Zc:preprocessor)
    if(WSLPLUGINS_WARNINGS_AS_ERRORS)
        target_compile_options(wslplugins_build_options INTERFACE /WX)
    endif()
else()
    target_compile_options(
        wslplugins_build_options
        INTERFACE -Wall
                  -Wextra
                  -Wpedantic
                  -Wconversion
                  -Wshadow
                  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
                  $<$<COMPILE_LANGUAGE:CXX>:-Woverloaded-virtual>)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        # GCC 12 warns of an overlap inside std::string's operator+, which cannot happen.
        target_compile_options(wslplugins_build_options INTERFACE -Wno-restrict)
    endif()
    if(WSLPLUGINS_WARNINGS_AS_ERRORS)
        target_compile_options(wslplugins_build_options INTERFACE -Werror)
    endif()
endif()

if(WIN32)
    target_compile_definitions(
        wslplugins_build_options INTERFACE NOMINMAX UNICODE _UNICODE WIN32_LEAN_AND_MEAN _WIN32_WINNT=0x0A00)
    if(MINGW)
        # One file that loads anywhere: no runtime DLL beside it.
        target_link_options(wslplugins_build_options INTERFACE -static)
    endif()
endif()

# The guest is left out of the thread sanitizer and of leak checking: neither works in namespaces.
add_library(wslplugins_sanitizer INTERFACE)
if(WSLPLUGINS_SANITIZER STREQUAL "address")
    set(flags -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        # Of a function pointer it compares the types' names; a plugin may name the types of the C interface its own way.
        list(APPEND flags -fno-sanitize=function)
    endif()
elseif(WSLPLUGINS_SANITIZER STREQUAL "thread")
    set(flags -fsanitize=thread)
elseif(WSLPLUGINS_SANITIZER)
    message(FATAL_ERROR "WSLPLUGINS_SANITIZER is '${WSLPLUGINS_SANITIZER}'; it must be 'address', 'thread' or empty.")
endif()
if(WSLPLUGINS_SANITIZER)
    target_compile_options(wslplugins_sanitizer INTERFACE ${flags})
    target_link_options(wslplugins_sanitizer INTERFACE ${flags})
endif()
