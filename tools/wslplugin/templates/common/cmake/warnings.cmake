# SPDX-License-Identifier: MIT
# Warnings for what is added behind this line: this project's own code, not the framework's.
option(WARNINGS_AS_ERRORS "Treat warnings as errors" OFF)
set(CMAKE_COMPILE_WARNING_AS_ERROR ${WARNINGS_AS_ERRORS})
if(MSVC)
    add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:/W4;/permissive-;/utf-8>")
else()
    add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;-Wconversion;-Wshadow>")
endif()
