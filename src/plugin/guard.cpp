// SPDX-License-Identifier: MIT
#include "plugin/guard.hpp"

#include "platform/attempt.hpp"
#include "platform/error_code.hpp"
#include "platform/tick_count.hpp"

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
    bool is_refusal = false;             ///< The plugin's decision, which no policy overrules.
};

void log_failure(const GuardedCall& call, const Failure& failure, bool counts) noexcept {
    const bool logged = platform::attempt([&] {
        std::string text = failure.text.empty() ? std::string("failed") : std::string(failure.text);
        text += ": " + to_string(failure.code);
        if (!counts) {
            text += "; by its policy the hook fails open";
        } else if (!failure.user_message.empty()) {
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
    const bool counts = failure.is_refusal || !call.fails_open;
    log_failure(call, failure, counts);
    if (!counts) {
        return HResult::ok.value();
    }
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
                   message ? std::string_view(*message) : std::string_view(),
                   message && call.can_veto});
}

void log_slow(const GuardedCall& call, std::uint64_t waited, std::uint64_t took) noexcept {
    (void)platform::attempt([&] {
        call.context->log().warning(call.name,
                                    "took " + std::to_string(took) + " ms, " +
                                        std::to_string(waited) +
                                        " of them waiting for another hook of this plugin; its "
                                        "time budget is " +
                                        std::to_string(call.time_budget) + " ms");
    });
}

/// Lets the body run when it is its turn; says when that was.
abi::HRESULT run(const GuardedCall& call, GuardedBody body, std::uint64_t& began) {
    std::unique_lock turn(one_at_a_time(), std::defer_lock);
    if (!call.parallel && !turn.try_lock()) {
        turn.lock();
        began = platform::tick_count();
    }
    const PluginResult<> result = body();
    return result ? HResult::ok.value() : report_error(call, result.error());
}

#if defined(__cpp_exceptions)

abi::HRESULT contain(const GuardedCall& call, GuardedBody body, std::uint64_t& began) noexcept {
    try {
        return run(call, body, began);
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

abi::HRESULT contain(const GuardedCall& call, GuardedBody body, std::uint64_t& began) noexcept {
    return run(call, body, began);
}

#endif

}  // namespace

std::recursive_mutex& one_at_a_time() noexcept {
    // Never destroyed: a hook may still run on another thread while the process ends.
    alignas(std::recursive_mutex) static std::byte storage[sizeof(std::recursive_mutex)];
    static auto* const only = new (storage) std::recursive_mutex;
    return *only;
}

abi::HRESULT guarded(const GuardedCall& call, GuardedBody body) noexcept {
    const std::uint64_t asked = platform::tick_count();
    std::uint64_t began = asked;
    const abi::HRESULT code = contain(call, body, began);
    const std::uint64_t took = platform::tick_count() - asked;
    if (took > call.time_budget) {
        log_slow(call, began - asked, took);
    }
    return code;
}

}  // namespace wslplugins::detail
