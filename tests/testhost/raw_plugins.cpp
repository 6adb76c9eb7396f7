// SPDX-License-Identifier: MIT
#include "testhost/raw_plugins.hpp"

#include "platform/paths.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace wslplugins::testhost {
namespace {

#if defined(_WIN32)
constexpr char suffix[] = ".dll";
#else
constexpr char suffix[] = ".so";
#endif

platform::DynamicLibrary open(const std::string& path) {
    auto library = platform::DynamicLibrary::open(path);
    if (!library) {
        throw std::runtime_error(library.error().to_string());
    }
    return std::move(*library);
}

}  // namespace

std::string raw_fixture(const std::string& name) {
    const auto program = platform::executable_path();
    if (!program) {
        throw std::runtime_error(program.error().to_string());
    }
    return platform::utf8_from_path(program->parent_path().parent_path() / "fixtures" / "raw" /
                                    (name + suffix));
}

RelayedPlugin::RelayedPlugin(char letter)
    : name_(1, letter), path_(raw_fixture("relay_" + name_)), library_(open(path_)),
      relay_{this, &RelayedPlugin::enter, &RelayedPlugin::call, 0} {
    setter()(&relay_);
}

RelayedPlugin::~RelayedPlugin() {
    setter()(nullptr);
}

void RelayedPlugin::on(Hook hook, Behaviour behaviour) {
    const auto place = static_cast<std::size_t>(hook);
    hooks_.at(place) = std::move(behaviour);
    relay_.installed_hooks |= 1u << place;
}

void RelayedPlugin::watch_everything(const Version& version) {
    for (const HookSlot& slot : hook_slots) {
        if (slot.offset < hooks_table_size(version)) {
            on(slot.hook, [](const HookArguments&) { return 0; });
        }
    }
}

PluginRegistration RelayedPlugin::registration() const {
    return {name_, path_, true};
}

fixtures::SetRelay RelayedPlugin::setter() const {
    return reinterpret_cast<fixtures::SetRelay>(library_.find(fixtures::set_relay_name));
}

abi::HRESULT
RelayedPlugin::enter(void* self, const abi::WSLPluginAPIV1* api, abi::WSLPluginHooksV1* hooks) {
    auto& plugin = *static_cast<RelayedPlugin*>(self);
    plugin.api_ = api;
    return plugin.entry_ ? plugin.entry_(*api, *hooks) : 0;
}

abi::HRESULT RelayedPlugin::call(void* self, int place, const void* first, const void* second) {
    const auto& plugin = *static_cast<const RelayedPlugin*>(self);
    return plugin.hooks_.at(static_cast<std::size_t>(place))({*plugin.api_, first, second});
}

std::unique_ptr<Service> start_service(ServiceOptions options) {
    options.signature_check = SignatureCheck::Unofficial;
    auto service = Service::start(std::move(options));
    if (!service) {
        throw std::runtime_error(service.error().to_string());
    }
    return std::move(*service);
}

std::unique_ptr<Service> start_service(std::initializer_list<const RelayedPlugin*> plugins) {
    ServiceOptions options;
    for (const RelayedPlugin* plugin : plugins) {
        options.plugins.push_back(plugin->registration());
    }
    return start_service(std::move(options));
}

std::vector<std::string> hooks_called(Service& service) {
    std::vector<std::string> calls;
    for (const JournalEntry& entry : service.journal().entries()) {
        if (entry.kind == JournalKind::Hook) {
            calls.push_back(entry.plugin + ' ' + entry.name);
        }
    }
    return calls;
}

JournalEntry entry_named(Service& service, const std::string& name, const std::string& plugin) {
    for (const JournalEntry& entry : service.journal().entries()) {
        if (entry.name == name && (plugin.empty() || entry.plugin == plugin)) {
            return entry;
        }
    }
    ADD_FAILURE() << "no entry '" << name << "' in\n" << to_table(service.journal().entries());
    return {};
}

std::string detail(const JournalEntry& entry, const std::string& name) {
    for (const JournalArgument& argument : entry.arguments) {
        if (argument.name == name) {
            return argument.value;
        }
    }
    return {};
}

}  // namespace wslplugins::testhost
