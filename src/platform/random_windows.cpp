// SPDX-License-Identifier: MIT
#include "platform/random.hpp"

#include <windows.h>

#include <bcrypt.h>

namespace wslplugins::platform {

WinResult<> fill_random(std::span<std::byte> bytes) {
    if (bytes.empty()) {
        return {};  // an empty span has no address, which BCryptGenRandom refuses
    }
    const NTSTATUS status = ::BCryptGenRandom(nullptr,
                                              reinterpret_cast<UCHAR*>(bytes.data()),
                                              static_cast<ULONG>(bytes.size()),
                                              BCRYPT_USE_SYSTEM_PREFERRED_RNG);
    if (status < 0) {
        // An NTSTATUS becomes an HRESULT by one bit (HRESULT_FROM_NT).
        return failure(HResult::from_bits(static_cast<std::uint32_t>(status) | 0x10000000u),
                       "The system gave no random bytes");
    }
    return {};
}

}  // namespace wslplugins::platform
