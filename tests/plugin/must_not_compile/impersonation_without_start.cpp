// SPDX-License-Identifier: MIT
// expects: private
#include <wslplugins/wslplugins.hpp>

wslplugins::Impersonation made_up(wslplugins::Impersonation::Started(nullptr));
