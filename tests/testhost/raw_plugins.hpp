// SPDX-License-Identifier: MIT
/// @file
/// Plugins on the bare ABI for tests of the test host: fixture files by name, and the relay plugin, which runs
/// what a test gives it.
#pragma once

#include "fixtures/raw/relay_plugin.hpp"
#include "platform/dynamic_library.hpp"

#include <wslplugins/testhost/service.hpp>

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::testhost {

/// The path of a library in the build's folder `fixtures/raw`, named without its suffix.
[[nodiscard]] std::string raw_fixture(const std::string& name);

/// What a hook of the relay plugin was called with.
struct HookArguments {
    const abi::WSLPluginAPIV1& api;
    const void* first;
    const void* second;

    [[nodiscard]] const abi::WSLSessionInformation& session() const {
        return *static_cast<const abi::WSLSessionInformation*>(first);
    }
    [[nodiscard]] const abi::WSLVmCreationSettings& settings() const {
        return *static_cast<const abi::WSLVmCreationSettings*>(second);
    }
    [[nodiscard]] const abi::WSLDistributionInformation& distribution() const {
        return *static_cast<const abi::WSLDistributionInformation*>(second);
    }
    [[nodiscard]] const abi::WslOfflineDistributionInformation& offline_distribution() const {
        return *static_cast<const abi::WslOfflineDistributionInformation*>(second);
    }
    [[nodiscard]] const abi::WSLCSessionInformation& container_session() const {
        return *static_cast<const abi::WSLCSessionInformation*>(first);
    }
    /// The document or the id that a container hook or an image hook gets.
    [[nodiscard]] std::string_view text() const { return static_cast<abi::LPCSTR>(second); }
};

/// One copy of the relay plugin, registered under its letter. Keep it longer than the service.
class RelayedPlugin {
public:
    using Entry = std::function<abi::HRESULT(const abi::WSLPluginAPIV1&, abi::WSLPluginHooksV1&)>;
    using Behaviour = std::function<abi::HRESULT(const HookArguments&)>;

    /// @param letter a, b, c or d.
    explicit RelayedPlugin(char letter);
    RelayedPlugin(const RelayedPlugin&) = delete;
    RelayedPlugin& operator=(const RelayedPlugin&) = delete;
    ~RelayedPlugin();

    void on_entry(Entry entry) { entry_ = std::move(entry); }
    void on(Hook hook, Behaviour behaviour);

    /// Installs every hook that the version's table has, each returning success.
    void watch_everything(const Version& version = newest_known_version);

    [[nodiscard]] PluginRegistration registration() const;
    [[nodiscard]] const abi::WSLPluginAPIV1& api() const { return *api_; }

private:
    [[nodiscard]] fixtures::SetRelay setter() const;
    static abi::HRESULT
    enter(void* self, const abi::WSLPluginAPIV1* api, abi::WSLPluginHooksV1* hooks);
    static abi::HRESULT call(void* self, int place, const void* first, const void* second);

    const std::string name_;
    const std::string path_;
    platform::DynamicLibrary library_;
    fixtures::Relay relay_;
    const abi::WSLPluginAPIV1* api_ = nullptr;
    Entry entry_;
    std::array<Behaviour, hook_slots.size()> hooks_;
};

/// A service without a signature check, as builds from source are.
[[nodiscard]] std::unique_ptr<Service> start_service(ServiceOptions options);
[[nodiscard]] std::unique_ptr<Service>
start_service(std::initializer_list<const RelayedPlugin*> plugins);

/// The hooks so far, in order, each as `a OnVMStarted`.
[[nodiscard]] std::vector<std::string> hooks_called(Service& service);

/// The first entry of that name, of that plugin if one is given. A test fails where there is none.
[[nodiscard]] JournalEntry
entry_named(Service& service, const std::string& name, const std::string& plugin = {});

/// A detail of an entry; empty when it has none of that name.
[[nodiscard]] std::string detail(const JournalEntry& entry, const std::string& name);

/// The bits of a code as an HRESULT.
[[nodiscard]] constexpr abi::HRESULT code(std::uint32_t bits) {
    return static_cast<abi::HRESULT>(bits);
}

}  // namespace wslplugins::testhost
