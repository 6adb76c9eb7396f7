// SPDX-License-Identifier: MIT
#include "platform/certificate_store.hpp"

namespace wslplugins::platform {
namespace {

std::unexpected<Error> no_store() {
    return failure(HResult::not_supported, "There is no Windows certificate store on this system");
}

}  // namespace

WinResult<> trust_root_certificate(std::span<const std::byte>) {
    return no_store();
}

WinResult<bool> has_root_certificate(std::span<const std::byte>) {
    return no_store();
}

WinResult<> untrust_root_certificate(std::span<const std::byte>) {
    return no_store();
}

}  // namespace wslplugins::platform
