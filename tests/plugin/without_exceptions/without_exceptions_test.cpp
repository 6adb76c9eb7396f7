// SPDX-License-Identifier: MIT
// A program of its own, because GoogleTest needs exceptions. It exits with the number of failed checks.
#include <wslplugins/wslplugins.hpp>

#include <cstdio>

#if defined(__cpp_exceptions)
#    error "this test must be built without exceptions"
#endif

namespace wslplugins {
namespace {

int failed = 0;
int messages = 0;

void check(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "failed: %s\n", what);
        ++failed;
    }
}

class Small final : public Plugin {
public:
    using Plugin::Plugin;
    PluginResult<> on_vm_started(const Session&, const VmSettings&) override {
        return refuse(HResult::access_denied, "No.");
    }
    WinResult<> on_vm_stopping(const Session& session) override {
        const auto output = api().command(session, "/bin/false").run();
        if (!output) {
            return propagate(output.error());
        }
        return {};
    }
};

abi::HRESULT count_message(abi::LPCWSTR) {
    ++messages;
    return 0;
}

abi::HRESULT no_machine(abi::WSLSessionId, abi::LPCSTR, abi::LPCSTR*, abi::SOCKET*) {
    return HResult::invalid_state.value();
}

int run() {
    abi::WSLPluginAPIV1 api{};
    api.Version = {2, 9, 5};
    api.PluginError = &count_message;
    api.ExecuteBinary = &no_machine;
    abi::WSLPluginHooksV1 hooks{};
    check(load_plugin<Small>(&api, &hooks, {2, 1, 2}) == 0, "the plugin loads");
    const abi::WSLSessionInformation session{};
    const abi::WSLVmCreationSettings settings{};
    check(HResult(hooks.OnVMStarted(&session, &settings)) == HResult::access_denied,
          "a refusal is the hook's code");
    check(messages == 1, "its message is sent once");
    check(HResult(hooks.OnVMStopping(&session)) == HResult::invalid_state,
          "a failed call is the hook's code");
    check(messages == 1, "a hook that cannot veto sends no message");
    return failed;
}

}  // namespace
}  // namespace wslplugins

int main() {
    return wslplugins::run();
}
