# SPDX-License-Identifier: MIT
if(WIN32)
    enable_language(RC)
endif()

# add_version_resource(<plugin>): what Windows shows as the DLL's version and description. The version is the project's.
function(add_version_resource plugin)
    if(WIN32)
        configure_file("${PROJECT_SOURCE_DIR}/src/version.rc.in" version.rc @ONLY)
        target_sources(${plugin} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/version.rc")
    endif()
endfunction()
