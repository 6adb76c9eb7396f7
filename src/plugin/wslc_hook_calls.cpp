// SPDX-License-Identifier: MIT
#include "plugin/call_hook.hpp"

namespace wslplugins::detail {

abi::HRESULT WslcSessionCreatedHook::call(const LoadedPlugin& loaded,
                                          const abi::WSLCSessionInformation* session) noexcept {
    const auto body = [&] { return loaded.plugin->on_wslc_session_created(WslcSession(session)); };
    return call_hook(hook, loaded, body, session);
}

abi::HRESULT WslcSessionStoppingHook::call(const LoadedPlugin& loaded,
                                           const abi::WSLCSessionInformation* session) noexcept {
    const auto body = [&] { return loaded.plugin->on_wslc_session_stopping(WslcSession(session)); };
    return call_hook(hook, loaded, body, session);
}

abi::HRESULT ContainerStartedHook::call(const LoadedPlugin& loaded,
                                        const abi::WSLCSessionInformation* session,
                                        abi::LPCSTR inspect_json) noexcept {
    const auto body = [&] {
        return loaded.plugin->on_container_started(WslcSession(session), inspect_json);
    };
    return call_hook(hook, loaded, body, session, inspect_json);
}

abi::HRESULT ContainerStoppingHook::call(const LoadedPlugin& loaded,
                                         const abi::WSLCSessionInformation* session,
                                         abi::LPCSTR container_id) noexcept {
    const auto body = [&] {
        return loaded.plugin->on_container_stopping(WslcSession(session), container_id);
    };
    return call_hook(hook, loaded, body, session, container_id);
}

abi::HRESULT ImageCreatedHook::call(const LoadedPlugin& loaded,
                                    const abi::WSLCSessionInformation* session,
                                    abi::LPCSTR inspect_json) noexcept {
    const auto body = [&] {
        return loaded.plugin->on_image_created(WslcSession(session), inspect_json);
    };
    return call_hook(hook, loaded, body, session, inspect_json);
}

abi::HRESULT ImageDeletedHook::call(const LoadedPlugin& loaded,
                                    const abi::WSLCSessionInformation* session,
                                    abi::LPCSTR image_id) noexcept {
    const auto body = [&] {
        return loaded.plugin->on_image_deleted(WslcSession(session), image_id);
    };
    return call_hook(hook, loaded, body, session, image_id);
}

abi::HRESULT WslcVmStartedHook::call(const LoadedPlugin& loaded,
                                     const abi::WSLCSessionInformation* session) noexcept {
    const auto body = [&] { return loaded.plugin->on_wslc_vm_started(WslcSession(session)); };
    return call_hook(hook, loaded, body, session);
}

abi::HRESULT WslcVmStoppingHook::call(const LoadedPlugin& loaded,
                                      const abi::WSLCSessionInformation* session) noexcept {
    const auto body = [&] { return loaded.plugin->on_wslc_vm_stopping(WslcSession(session)); };
    return call_hook(hook, loaded, body, session);
}

}  // namespace wslplugins::detail
