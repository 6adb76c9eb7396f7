// SPDX-License-Identifier: MIT
#include "testhost/plugins/hook_call.hpp"

namespace wslplugins::testhost {
namespace {

using Function = std::function<abi::HRESULT()>;

template <class Session>
Function bound(abi::HRESULT (*hook)(const Session*), const HookCall& call) {
    if (hook == nullptr) {
        return {};
    }
    return [hook, session = std::get<const Session*>(call.session)] { return hook(session); };
}

template <class Session, class Payload>
Function bound(abi::HRESULT (*hook)(const Session*, const Payload*), const HookCall& call) {
    if (hook == nullptr) {
        return {};
    }
    return [hook,
            session = std::get<const Session*>(call.session),
            payload = std::get<const Payload*>(call.payload)] { return hook(session, payload); };
}

}  // namespace

Function installed_hook(const abi::WSLPluginHooksV1& hooks, const HookCall& call) {
    switch (call.hook) {
        case Hook::OnVMStarted: return bound(hooks.OnVMStarted, call);
        case Hook::OnVMStopping: return bound(hooks.OnVMStopping, call);
        case Hook::OnDistributionStarted: return bound(hooks.OnDistributionStarted, call);
        case Hook::OnDistributionStopping: return bound(hooks.OnDistributionStopping, call);
        case Hook::OnDistributionRegistered: return bound(hooks.OnDistributionRegistered, call);
        case Hook::OnDistributionUnregistered: return bound(hooks.OnDistributionUnregistered, call);
        case Hook::OnSessionCreated: return bound(hooks.OnSessionCreated, call);
        case Hook::OnSessionStopping: return bound(hooks.OnSessionStopping, call);
        case Hook::ContainerStarted: return bound(hooks.ContainerStarted, call);
        case Hook::ContainerStopping: return bound(hooks.ContainerStopping, call);
        case Hook::ImageCreated: return bound(hooks.ImageCreated, call);
        case Hook::ImageDeleted: return bound(hooks.ImageDeleted, call);
        case Hook::WslcVmStarted: return bound(hooks.WslcVmStarted, call);
        case Hook::WslcVmStopping: return bound(hooks.WslcVmStopping, call);
    }
    return {};
}

}  // namespace wslplugins::testhost
