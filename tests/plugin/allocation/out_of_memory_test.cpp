// SPDX-License-Identifier: MIT
// Memory that runs out while the guard writes its message: the code of what failed must not change.
#include "plugin/allocation/counting_new.hpp"
#include "plugin/call_hooks.hpp"
#include "plugin/recording_plugin.hpp"

#include <wslplugins/plugin/load_plugin.hpp>

#include <gtest/gtest.h>

namespace wslplugins {
namespace {

using tests::call_hook;
using tests::memory_is_out;
using tests::RawWsl;

using Failing = tests::RecordingPlugin<struct OutOfMemoryTest>;

/// Too long for a string to keep in itself: writing it to the log and to WSL takes memory.
constexpr const char* long_text =
    "A message that is longer than what any standard library keeps inside a string.";

struct FailureKind {
    const char* name;
    PluginResult<> (*behave)();  ///< Leaves the program without memory.
    HResult code;
};

const FailureKind kinds[] = {
    {"an error",
     [] {
         PluginResult<> result = propagate(Error(HResult::timeout));
         memory_is_out = true;
         return result;
     },
     HResult::timeout},
    {"a refusal",
     [] {
         PluginResult<> result = refuse(HResult::access_denied, long_text);
         memory_is_out = true;
         return result;
     },
     HResult::access_denied},
    {"value() on a failed result",
     []() -> PluginResult<> {
         WinResult<> result = failure(HResult::file_not_found, long_text);
         memory_is_out = true;
         std::move(result).value();
         return {};
     },
     HResult::file_not_found},
    {"value() on a refusal",
     []() -> PluginResult<> {
         PluginResult<> result = refuse(HResult::untrusted_root, long_text);
         memory_is_out = true;
         std::move(result).value();
         return {};
     },
     HResult::untrusted_root},
    {"a system error",
     []() -> PluginResult<> {
         const std::system_error error(std::make_error_code(std::errc::permission_denied),
                                       long_text);
         memory_is_out = true;
         throw error;
     },
     HResult::access_denied},
    {"an exception",
     []() -> PluginResult<> {
         const std::runtime_error error(long_text);
         memory_is_out = true;
         throw error;
     },
     HResult::unhandled_exception},
    {"no memory in the hook",
     []() -> PluginResult<> {
         memory_is_out = true;
         (void)std::string(long_text);
         return {};
     },
     HResult::out_of_memory},
    {"an exception that is none",
     []() -> PluginResult<> {
         memory_is_out = true;
         throw 42;
     },
     HResult::unexpected},
};

TEST(OutOfMemory, InTheGuardChangesNoHooksCode) {
    const RawWsl wsl(newest_known_version);
    ASSERT_EQ(0, load_plugin<Failing>(wsl.api(), wsl.hooks()));
    for (const HookSlot& slot : hook_slots) {
        for (const FailureKind& kind : kinds) {
            SCOPED_TRACE(std::string(slot.name) + ": " + kind.name);
            Failing::behaviour = kind.behave;
            const HResult code = call_hook(wsl, slot.hook);
            const bool ran_out = memory_is_out.exchange(false);
            EXPECT_TRUE(ran_out);
            EXPECT_EQ(kind.code, code) << to_string(code);
            EXPECT_TRUE(wsl.user_messages.empty());
        }
    }
    Failing::behaviour = nullptr;
}

}  // namespace
}  // namespace wslplugins
