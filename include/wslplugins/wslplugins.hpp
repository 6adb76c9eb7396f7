// SPDX-License-Identifier: MIT
/// @file
/// Everything that a plugin needs. Defines one macro for plugins, `WSLPLUGINS_EXPORT_V1`, and includes no platform header.
#pragma once

#include <wslplugins/api/api.hpp>
#include <wslplugins/api/command.hpp>
#include <wslplugins/api/command_output.hpp>
#include <wslplugins/api/deadline.hpp>
#include <wslplugins/api/distribution.hpp>
#include <wslplugins/api/distribution_target.hpp>
#include <wslplugins/api/exit_status.hpp>
#include <wslplugins/api/folder_mount.hpp>
#include <wslplugins/api/impersonation.hpp>
#include <wslplugins/api/offline_distribution.hpp>
#include <wslplugins/api/prepared_command.hpp>
#include <wslplugins/api/process.hpp>
#include <wslplugins/api/raw_process.hpp>
#include <wslplugins/api/session.hpp>
#include <wslplugins/api/session_id.hpp>
#include <wslplugins/api/sid.hpp>
#include <wslplugins/api/vm_settings.hpp>
#include <wslplugins/api/wslc/wslc_session.hpp>
#include <wslplugins/api/wslc/wslc_session_id.hpp>
#include <wslplugins/core/capability.hpp>
#include <wslplugins/core/guid.hpp>
#include <wslplugins/core/log.hpp>
#include <wslplugins/core/result.hpp>
#include <wslplugins/core/version.hpp>
#include <wslplugins/plugin/context.hpp>
#include <wslplugins/plugin/export.hpp>
#include <wslplugins/plugin/load_plugin.hpp>
#include <wslplugins/plugin/plugin.hpp>
#include <wslplugins/plugin/plugin_policy.hpp>
#include <wslplugins/plugin/requirement.hpp>
