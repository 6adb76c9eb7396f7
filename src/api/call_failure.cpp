// SPDX-License-Identifier: MIT
#include "api/call_failure.hpp"

#include <string_view>

namespace wslplugins::detail {
namespace {

std::string_view meaning_of(HResult code) noexcept {
    if (code == HResult::invalid_state) {
        return ": the session has no running virtual machine";
    }
    if (code == HResult::disconnected) {
        return ": WSL does not know the session any more, as while the service stops; do such work "
               "before the stopping hooks";
    }
    if (code == HResult::distribution_not_running) {
        return ": the distribution is not running";
    }
    if (code == HResult::wsl2_needed) {
        return ": the distribution runs under WSL 1; only WSL 2 can do this";
    }
    if (code == HResult::illegal_state_change) {
        return ": the distribution is being installed, exported or converted; try again later";
    }
    if (code == HResult::file_not_found) {
        return ": the Windows folder does not exist";
    }
    if (code == HResult::container_vm_not_running) {
        return ": the container session has no virtual machine now; on_wslc_vm_started is the "
               "place for it";
    }
    if (code == HResult::container_session_not_found) {
        return ": there is no such container session, or it has ended";
    }
    if (code == HResult::already_exists) {
        return ": something is mounted there already; unmount it or choose another path";
    }
    if (code == HResult::not_found) {
        return ": nothing was mounted there; the path must be written as it was when mounting";
    }
    if (code == HResult::path_not_found) {
        return ": the Windows folder does not exist";
    }
    if (code == HResult::fail) {
        return ": Linux refused it, and WSL passes on no reason; check that the path exists and is "
               "of "
               "the right kind";
    }
    return "";
}

}  // namespace

std::unexpected<Error> call_failure(HResult code, const std::string& what) {
    return failure(code, what + " failed" + std::string(meaning_of(code)));
}

}  // namespace wslplugins::detail
