# SPDX-License-Identifier: MIT

# wslplugins_add_plugin_test(<name> SOURCES <source>... [PLUGIN <target>])
#
# Adds the program <name>, a unit test of a plugin with a `main` of its own, and the test of that name for CTest. It
# links the framework and the test host; what else it needs, such as GoogleTest, is linked with
# target_link_libraries. PLUGIN names what wslplugins_add_plugin made: it is built first, and its whole path is the
# literal WSLPLUGINS_TEST_PLUGIN. Where there are the programs of the guest and of plugin hosts, the test finds them.
function(wslplugins_add_plugin_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "PLUGIN" "SOURCES")
    if(NOT TARGET wslplugins::testhost)
        message(FATAL_ERROR "wslplugins_add_plugin_test needs wslplugins::testhost: set WSLPLUGINS_BUILD_TESTHOST "
                            "before the folder of wslplugins is added.")
    endif()
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE wslplugins::testhost wslplugins::wslplugins)
    target_compile_features(${name} PRIVATE cxx_std_23)
    if(MINGW)
        target_link_options(${name} PRIVATE -static)
    endif()
    if(arg_PLUGIN)
        add_dependencies(${name} ${arg_PLUGIN})
        set(drive "")
        if(CMAKE_CROSSCOMPILING AND WIN32)
            set(drive "Z:") # Wine's name for the root of the building machine
        endif()
        target_compile_definitions(${name} PRIVATE WSLPLUGINS_TEST_PLUGIN="${drive}$<TARGET_FILE:${arg_PLUGIN}>")
    endif()
    add_test(NAME ${name} COMMAND ${name})
    if(TARGET wslplugins::guest)
        set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT "WSLPLUGINS_GUEST=$<TARGET_FILE:wslplugins::guest>")
    endif()
    if(TARGET wslplugins::plugin-host)
        set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT
                                                  "WSLPLUGINS_PLUGIN_HOST=$<TARGET_FILE:wslplugins::plugin-host>")
    endif()
endfunction()
