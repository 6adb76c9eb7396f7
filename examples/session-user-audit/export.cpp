// SPDX-License-Identifier: MIT
#include "session_user_audit.hpp"

WSLPLUGINS_EXPORT_V1(SessionUserAudit);
