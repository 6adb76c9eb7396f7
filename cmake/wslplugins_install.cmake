# SPDX-License-Identifier: MIT
# What `cmake --install` puts where, and the package that `find_package(wslplugins)` finds. Third-party headers are
# needed to build, and by nobody who uses the package.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/wslplugins")
set(exported wslplugins_core wslplugins_platform wslplugins_api wslplugins_plugin)
foreach(room IN ITEMS core platform api)
    set_target_properties(wslplugins_${room} PROPERTIES EXPORT_NAME ${room})
endforeach()
set_target_properties(wslplugins_plugin PROPERTIES EXPORT_NAME wslplugins)
if(TARGET wslplugins_inspect)
    list(APPEND exported wslplugins_inspect)
    set_target_properties(wslplugins_inspect PROPERTIES EXPORT_NAME inspect)
endif()
if(TARGET wslplugins_testhost)
    foreach(room IN ITEMS testhost findings guest_protocol pluginhost_protocol)
        list(APPEND exported wslplugins_${room})
        set_target_properties(wslplugins_${room} PROPERTIES EXPORT_NAME ${room})
    endforeach()
endif()
install(TARGETS ${exported} EXPORT wslplugins-targets)

if(TARGET wslplugin)
    install(TARGETS wslplugin)
endif()
# Programs that the tool and the tests of plugins start.
foreach(program IN ITEMS guest plugin-host)
    if(TARGET wslplugins-${program})
        set_target_properties(wslplugins-${program} PROPERTIES EXPORT_NAME ${program})
        install(TARGETS wslplugins-${program} EXPORT wslplugins-targets
                RUNTIME DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}/wslplugins")
    endif()
endforeach()

install(EXPORT wslplugins-targets NAMESPACE wslplugins:: DESTINATION "${package_folder}")
install(DIRECTORY include/wslplugins DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
configure_package_config_file(cmake/wslplugins-config.cmake.in wslplugins-config.cmake
                              INSTALL_DESTINATION "${package_folder}")
write_basic_package_version_file(wslplugins-config-version.cmake COMPATIBILITY SameMinorVersion)
# A package for Windows and one for Linux may lie in folders that are searched one after the other.
file(APPEND "${CMAKE_CURRENT_BINARY_DIR}/wslplugins-config-version.cmake" "
if(NOT CMAKE_SYSTEM_NAME STREQUAL \"${CMAKE_SYSTEM_NAME}\")
    set(PACKAGE_VERSION \"\${PACKAGE_VERSION} (${CMAKE_SYSTEM_NAME})\")
    set(PACKAGE_VERSION_UNSUITABLE TRUE)
endif()
")
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/wslplugins-config.cmake"
              "${CMAKE_CURRENT_BINARY_DIR}/wslplugins-config-version.cmake" cmake/wslplugins_add_plugin.cmake
              cmake/wslplugins_add_plugin_test.cmake
        DESTINATION "${package_folder}")
