// SPDX-License-Identifier: MIT
#include "plugin/guard.hpp"

#include "platform/attempt.hpp"
#include "platform/error_code.hpp"

#include <wslplugins/core/text.hpp>

#include <exception>
#include <new>
#include <optional>
#include <string>
#include <system_error>

namespace wslplugins::detail {
namespace {

/// Texts by view: when memory is out, nothing may be copied.
struct Failure {
    HResult code;
    std::string_view text;
    std::string_view user_message = {};  ///< Empty for none.
};

void log_failure(const GuardedCall& call, const Failure& failure) noexcept {
    const bool logged = platform::attempt([&] {
        std::string text = failure.text.empty() ? std::string("failed") : std::string(failure.text);
        text += ": " + to_string(failure.code);
        if (!failure.user_message.empty()) {
            text += "; message for the user: " + std::string(failure.user_message);
        }
        call.context->log().error(call.name, text);
    });
    if (!logged) {
        call.context->log().error(call.name, "failed, and memory is out");
    }
}

void show_to_user(const GuardedCall& call, std::string_view message) noexcept {
    const bool shown = platform::attempt([&] {
        const auto wide = to_utf16_for_wsl(message);
        if (!wide) {
            call.context->log().warning(
                call.name, "The message for the user was left out. " + wide.error().to_string());
            return;
        }
        const HResult code(call.context->api().raw()->PluginError(wide->c_str()));
        if (code.is_failure()) {
            call.context->log().warning(
                call.name, "WSL did not take the message for the user: " + to_string(code));
        }
    });
    if (!shown) {
        call.context->log().warning(call.name, "No memory for the message for the user");
    }
}

abi::HRESULT report(const GuardedCall& call, const Failure& failure) noexcept {
    log_failure(call, failure);
    if (call.can_veto && !failure.user_message.empty()) {
        show_to_user(call, failure.user_message);
    }
    return failure.code.value();
}

abi::HRESULT report_error(const GuardedCall& call, const PluginError& error) noexcept {
    const std::optional<std::string>& message = error.user_message();
    return report(call,
                  {error.code(),
                   error.cause().text(),
                   message ? std::string_view(*message) : std::string_view()});
}

abi::HRESULT run(const GuardedCall& call, GuardedBody body) {
    const std::lock_guard lock(one_at_a_time());
    const PluginResult<> result = body();
    return result ? HResult::ok.value() : report_error(call, result.error());
}

}  // namespace

std::recursive_mutex& one_at_a_time() noexcept {
    // Never destroyed: a hook may still run on another thread while the process ends.
    alignas(std::recursive_mutex) static std::byte storage[sizeof(std::recursive_mutex)];
    static auto* const only = new (storage) std::recursive_mutex;
    return *only;
}

#if defined(__cpp_exceptions)

abi::HRESULT guarded(const GuardedCall& call, GuardedBody body) noexcept {
    try {
        return run(call, body);
    } catch (const std::bad_expected_access<PluginError>& access) {
        return report_error(call, access.error());
    } catch (const std::bad_expected_access<Error>& access) {
        return report(call, {access.error().code(), access.error().text()});
    } catch (const std::system_error& error) {
        return report(call, {platform::hresult_of(error.code()), error.what()});
    } catch (const std::bad_alloc&) {
        return report(call, {HResult::out_of_memory, "out of memory"});
    } catch (const std::exception& exception) {
        return report(call, {HResult::unhandled_exception, exception.what(), exception.what()});
    } catch (...) {
        return report(call, {HResult::unexpected, "an exception of an unknown type"});
    }
}

#else

abi::HRESULT guarded(const GuardedCall& call, GuardedBody body) noexcept {
    return run(call, body);
}

#endif

}  // namespace wslplugins::detail
