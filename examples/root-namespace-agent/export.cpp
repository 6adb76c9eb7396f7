// SPDX-License-Identifier: MIT
#include "root_namespace_agent.hpp"

WSLPLUGINS_EXPORT_V1(RootNamespaceAgent);
