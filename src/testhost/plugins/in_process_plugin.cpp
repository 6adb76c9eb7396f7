// SPDX-License-Identifier: MIT
#include "testhost/plugins/in_process_plugin.hpp"

#include "testhost/plugins/version_tables.hpp"

#include <cstring>
#include <exception>
#include <utility>

namespace wslplugins::testhost {
namespace {

/// The service catches what comes out of a plugin and goes on with ERROR_UNHANDLED_EXCEPTION. (The real one tells a
/// few kinds of exception apart; which, is not established.)
template <class Function>
PluginAnswer call_plugin(const Function& function) {
    try {
        return {HResult(function()), false, {}};
    } catch (const std::exception& exception) {
        return {HResult::unhandled_exception, true, exception.what()};
    } catch (...) {
        return {HResult::unhandled_exception, true, "not a std::exception"};
    }
}

}  // namespace

WinResult<> InProcessPlugin::link(const LinkedPlugin& plugin) {
    entry_point_ = plugin.entry_point;
    forget_ = plugin.forget;
    return {};
}

WinResult<> InProcessPlugin::load_library(const std::string& path) {
    auto library = platform::DynamicLibrary::open(path);
    if (!library) {
        return propagate(library.error());
    }
    library_.emplace(std::move(*library));
    return {};
}

WinResult<> InProcessPlugin::find_entry_point() {
    void* const found = library_->find(abi::entry_point_name);
    if (found == nullptr) {
        return failure(HResult::procedure_not_found,
                       std::string("The library does not export '") + abi::entry_point_name + "'");
    }
    entry_point_ = reinterpret_cast<abi::WSLPluginAPI_EntryPointV1>(found);
    return {};
}

PluginAnswer InProcessPlugin::call_entry_point() {
    auto table = make_hooks_table(version_);
    if (!table) {
        return {table.error().code(), false, table.error().text()};
    }
    // The service's own lies on its stack. What a plugin writes to it later must meet memory, and change nothing.
    table_.emplace(std::move(*table));
    if (!table_sentence_.empty()) {
        const auto guard = table_->guard();
        guard_.emplace(guard.data(), guard.size(), table_sentence_);
    }
    PluginAnswer answer = call_plugin([&] {
        return entry_point_(static_cast<const abi::WSLPluginAPIV1*>(api_table_.data()),
                            static_cast<abi::WSLPluginHooksV1*>(table_->data()));
    });
    if (answer.code.is_success()) {
        hooks_ = copy_hooks(*table_);
    }
    written_ = copy_hooks(*table_);
    return answer;
}

const void* InProcessPlugin::code() const noexcept {
    return library_ ? reinterpret_cast<const void*>(entry_point_) : nullptr;
}

bool InProcessPlugin::take_late_write() {
    const std::scoped_lock lock(
        written_lock_);  // hooks of two sessions may return at the same time
    const abi::WSLPluginHooksV1 now = copy_hooks(*table_);
    const bool is_changed = std::memcmp(&now, &written_, sizeof now) != 0;
    written_ = now;
    return is_changed;
}

bool InProcessPlugin::has(Hook hook) const noexcept {
    return (installed_hooks() >> static_cast<unsigned>(hook) & 1u) != 0;
}

PluginAnswer InProcessPlugin::call(const HookCall& hook_call) {
    return call_plugin(installed_hook(hooks_, hook_call));
}

bool InProcessPlugin::unload() {
    library_.reset();
    guard_.reset();
    table_.reset();
    const auto forget = std::exchange(forget_, nullptr);
    return forget == nullptr || forget();
}

std::uint32_t InProcessPlugin::installed_hooks() const noexcept {
    std::uint32_t installed = 0;
    for (const HookSlot& slot : hook_slots) {
        void* function = nullptr;
        std::memcpy(
            &function, reinterpret_cast<const std::byte*>(&hooks_) + slot.offset, sizeof function);
        if (function != nullptr) {
            installed |= 1u << static_cast<unsigned>(slot.hook);
        }
    }
    return installed;
}

}  // namespace wslplugins::testhost
