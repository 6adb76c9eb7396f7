// SPDX-License-Identifier: MIT
/// @file
/// `answer`: an API call on its way through the service.
#pragma once

#include "testhost/error_collector.hpp"
#include "testhost/plugins/plugin_context.hpp"
#include "testhost/running_service.hpp"
#include "testhost/strict/finding_ids.hpp"
#include "testhost/strict/strict_mode.hpp"

#include <wslplugins/core/slot_table.hpp>

#include <new>
#include <optional>

namespace wslplugins::testhost {

/// Arguments as a plugin gave them; one that was NULL has no entry.
class CallArguments {
public:
    CallArguments& text(std::string_view name, abi::LPCSTR value, bool is_volatile = false) {
        if (value != nullptr) {
            list_.push_back({std::string(name), value, is_volatile});
        }
        return *this;
    }

    CallArguments& text(std::string_view name, abi::LPCWSTR value, bool is_volatile = false) {
        if (value != nullptr) {
            list_.push_back({std::string(name), to_utf8_lossy(value), is_volatile});
        }
        return *this;
    }

    CallArguments& value(std::string_view name, std::string value) {
        list_.push_back({std::string(name), std::move(value)});
        return *this;
    }

    [[nodiscard]] const std::vector<JournalArgument>& list() const noexcept { return list_; }

private:
    std::vector<JournalArgument> list_;
};

/// What a call's work gets: the service, and what else its entry in the journal shall say.
struct CallContext {
    RunningService& service;
    std::vector<JournalArgument> results;
    CallFaults faults;

    void note(std::string text) { results.push_back({"note", std::move(text)}); }

    /// What strict mode is to report of this call; nothing where the service is not strict.
    void report(std::string_view finding, const std::string& detail) const {
        if (StrictMode* const strict = service.strict()) {
            strict->report(finding, std::string(ServedCall::current()) + ": " + detail);
        }
    }

    /// The real service reads through the pointer and would crash. @return E_POINTER
    [[nodiscard]] HResult would_crash(std::string_view argument) {
        note("the real service would crash here: " + std::string(argument) + " is NULL");
        report(finding_id::null_crashes, std::string(argument) + " is NULL");
        return HResult::null_pointer;
    }
};

/// Which call, and in which session; none for calls that name no session.
struct CallName {
    ApiCall call;
    std::optional<std::uint32_t> session;
};

template <class Work>
HResult journalled_call(RunningService& service,
                        const CallName& name,
                        const CallArguments& arguments,
                        const Work& work) {
    JournalEntry entry;
    entry.kind = JournalKind::Call;
    entry.plugin = current_plugin();
    entry.session = name.session;
    entry.name = slot_of(name.call).name;
    entry.arguments = arguments.list();
    const std::uint64_t id = service.journal().begin(std::move(entry));
    const ServedCall served(slot_of(name.call).name);
    CallContext context{service, {}, service.faults().before_call(name.call, name.session)};
    const HResult result = context.faults.code ? *context.faults.code : work(context);
    service.journal().end(id, result, std::move(context.results));
    return report_error(result);
}

/// Runs a call: `describe` gives its arguments for the journal, `work` (with a `CallContext`) its result.
/// Nothing but a code leaves it, as nothing but a code leaves the service's own functions.
template <class Describe, class Work>
abi::HRESULT answer(const CallName& name, const Describe& describe, const Work& work) noexcept {
    try {
        const auto service = RunningService::current();
        if (service == nullptr) {
            return HResult::disconnected.value();
        }
        return journalled_call(*service, name, describe(CallArguments()), work).value();
    } catch (const std::bad_alloc&) {
        return HResult::out_of_memory.value();
    } catch (...) {
        return HResult::unhandled_exception.value();
    }
}

}  // namespace wslplugins::testhost
