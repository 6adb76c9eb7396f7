// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_notifier.hpp"

#include "testhost/error_collector.hpp"

#include <utility>

namespace wslplugins::testhost {
namespace {

thread_local int depth = 0;

/// While it lives, this thread runs a container hook.
class InHook {
public:
    InHook() noexcept { ++depth; }
    InHook(const InHook&) = delete;
    InHook& operator=(const InHook&) = delete;
    ~InHook() { --depth; }
};

}  // namespace

bool is_in_container_hook() noexcept {
    return depth > 0;
}

WinResult<>
WslcNotifier::play(Hook hook, const WslcSessionFacts& session, const WslcPayload* payload) const {
    const auto information = WslcSessionInformation::make(session);
    if (!information) {
        return propagate(information.error());
    }
    HookCall call{.hook = hook, .session = information->get(), .payload = {}, .arguments = {}};
    if (payload != nullptr) {
        call.payload = payload->text.c_str();
        call.arguments = payload->arguments;
    } else {
        call.arguments = {{"display_name", session.display_name},
                          {"application_pid", std::to_string(session.application_pid), true}};
    }
    const ErrorCollector collector;
    const InHook in_hook;
    const HResult code = plugins_.play(call);
    if (code.is_failure()) {
        const auto& recorded = collector.recorded();
        return failure(code, recorded && recorded->message ? *recorded->message : std::string());
    }
    return {};
}

WinResult<> WslcNotifier::tell_here(Hook hook, const WslcSessionFacts& session) const {
    return play(hook, session, nullptr);
}

WinResult<> WslcNotifier::tell(Hook hook, const WslcSessionFacts& session) {
    WinResult<> outcome;
    threads_.run([&] { outcome = play(hook, session, nullptr); });
    return outcome;
}

WinResult<>
WslcNotifier::tell(Hook hook, const WslcSessionFacts& session, const WslcPayload& payload) {
    WinResult<> outcome;
    threads_.run([&] { outcome = play(hook, session, &payload); });
    return outcome;
}

}  // namespace wslplugins::testhost
