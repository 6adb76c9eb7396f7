// SPDX-License-Identifier: MIT
/// @file
/// `InProcessPlugin`: a plugin whose library is loaded here: in the service's process, as with every release of WSL
/// so far, or in the process that has it alone.
#pragma once

#include "platform/dynamic_library.hpp"
#include "platform/guarded_memory.hpp"
#include "platform/watched_memory.hpp"
#include "testhost/plugins/hosted_plugin.hpp"

#include <mutex>
#include <optional>

namespace wslplugins::testhost {

class InProcessPlugin final : public HostedPlugin {
public:
    /// @param api_table stays where it is while the plugin is loaded.
    InProcessPlugin(std::string name, Version version, const platform::GuardedMemory& api_table)
        : HostedPlugin(std::move(name)), version_(version), api_table_(api_table) {}
    ~InProcessPlugin() override { (void)InProcessPlugin::unload(); }

    [[nodiscard]] WinResult<> link(const LinkedPlugin& plugin) override;

    [[nodiscard]] WinResult<> load_library(const std::string& path) override;
    [[nodiscard]] WinResult<> find_entry_point() override;
    [[nodiscard]] PluginAnswer call_entry_point() override;
    [[nodiscard]] bool has(Hook hook) const noexcept override;
    [[nodiscard]] PluginAnswer call(const HookCall& hook_call) override;
    [[nodiscard]] const void* code() const noexcept override;
    [[nodiscard]] bool take_late_write() override;
    [[nodiscard]] std::vector<JournalArgument> whereabouts() const override { return {}; }
    [[nodiscard]] bool is_lost() const noexcept override { return false; }
    bool unload() override;

    /// Bit n is set: the hook of that place is installed.
    [[nodiscard]] std::uint32_t installed_hooks() const noexcept;

    /// A write behind the table of hooks is to be named when it faults, with this sentence.
    void watch_hooks_table(std::string sentence) { table_sentence_ = std::move(sentence); }

private:
    const Version version_;
    const platform::GuardedMemory& api_table_;
    std::optional<platform::DynamicLibrary> library_;
    abi::WSLPluginAPI_EntryPointV1 entry_point_ = nullptr;
    bool (*forget_)() noexcept = nullptr;  // of what is linked; may be null
    std::optional<platform::GuardedMemory>
        table_;                   // what the entry point filled in; not looked at again
    std::string table_sentence_;  // empty: not watched
    std::optional<platform::WatchedMemory> guard_;  // behind the table
    abi::WSLPluginHooksV1 hooks_{};
    std::mutex written_lock_;
    abi::WSLPluginHooksV1 written_{};  // the table when it was last looked at
};

}  // namespace wslplugins::testhost
