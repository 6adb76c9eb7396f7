// SPDX-License-Identifier: MIT
#include "testhost/plugins/plugin_loader.hpp"

#include "platform/signature.hpp"
#include "testhost/ascii_case.hpp"
#include "testhost/journal/journal_step.hpp"
#include "testhost/plugins/plugin_context.hpp"
#include "testhost/strict/strict_mode.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace wslplugins::testhost {
namespace {

bool is_linked(const PluginRegistration& registration) {
    return registration.linked.entry_point != nullptr;
}

JournalEntry step_entry(const PluginRegistration& registration, std::string_view step) {
    JournalEntry entry;
    entry.kind = JournalKind::Load;
    entry.plugin = registration.name;
    entry.name = step;
    return entry;
}

/// Calls the entry point. What PluginError is given in it is kept by nobody.
WinResult<> call_entry_point(HostedPlugin& plugin, StrictMode* strict) {
    const PluginContext context(plugin.name(), false, abi::entry_point_name);
    const PluginAnswer answer =
        strict == nullptr ? plugin.call_entry_point() : strict->call_entry_point(plugin);
    if (answer.code.is_success()) {
        return {};
    }
    return failure(answer.code,
                   answer.escaped ? "An exception left the entry point: " + answer.what
                                  : "The entry point refused");
}

WinResult<> load_steps(HostedPlugin& plugin,
                       const PluginRegistration& registration,
                       const LoaderSettings& settings) {
    if (is_linked(registration)) {
        const auto linked = plugin.link(registration.linked);
        return linked ? journal_step(settings.journal,
                                     step_entry(registration, "call-entry-point"),
                                     [&] { return call_entry_point(plugin, settings.strict); })
                      : linked;
    }
    const auto step = [&](std::string_view name, const auto& work) {
        return journal_step(settings.journal, step_entry(registration, name), work);
    };
    // The file stays open until the entry point has returned: it can be neither rewritten nor deleted.
    std::optional<platform::VerifiedFile> file;
    if (settings.signature_check == SignatureCheck::Official) {
        auto verified =
            step("check-signature", [&] { return platform::verify_signature(registration.path); });
        if (!verified) {
            return propagate(verified.error());
        }
        file.emplace(std::move(*verified));
    }
    WinResult<> done = step("load-library", [&] { return plugin.load_library(registration.path); });
    if (done) {
        done = step("find-entry-point", [&] { return plugin.find_entry_point(); });
    }
    if (done) {
        done = step("call-entry-point", [&] { return call_entry_point(plugin, settings.strict); });
    }
    return done;
}

WinResult<std::unique_ptr<HostedPlugin>> load(const PluginRegistration& registration,
                                              const LoaderSettings& settings) {
    JournalEntry entry = step_entry(registration, "load");
    if (!is_linked(registration)) {
        entry.arguments = {{"path", registration.path, true}};
    }
    const std::uint64_t id = settings.journal.begin(std::move(entry));
    auto plugin = settings.make_plugin(registration.name);
    WinResult<> done = plugin ? load_steps(**plugin, registration, settings)
                              : WinResult<>(propagate(plugin.error()));
    auto whereabouts = plugin ? (*plugin)->whereabouts() : std::vector<JournalArgument>();
    if (done) {
        settings.journal.end(id, HResult::ok, std::move(whereabouts));
        return plugin;
    }
    const bool is_lost = plugin && (*plugin)->is_lost();
    if (plugin && !is_lost) {
        plugin->reset();
    }
    settings.journal.end(id, done.error().code(), std::move(whereabouts));
    // A plugin whose process is lost counts as one that asks for nothing.
    return is_lost ? std::move(plugin) : propagate(done.error());
}

/// Whether the value of that name can be read; without a name, the whole key.
WinResult<> read_registry(const LoaderSettings& settings, std::string_view value) {
    const auto denial = std::ranges::find_if(settings.faults, [&](const Fault& fault) {
        return fault.kind == FaultKind::RegistryDenies && fault.plugin == value;
    });
    if (denial == settings.faults.end()) {
        return {};
    }
    JournalEntry entry = service_entry("fault", {{"fault", to_string(*denial)}});
    entry.plugin = value;
    settings.journal.add(std::move(entry));
    return failure(denial->code,
                   value.empty() ? "The registry key of the plugins could not be read"
                                 : "The registry value of the plugin '" + std::string(value) +
                                       "' could not be read");
}

void skip(Journal& journal, const PluginRegistration& registration, std::string_view reason) {
    JournalEntry entry = service_entry("skip-registration", {{"reason", std::string(reason)}});
    entry.plugin = registration.name;
    journal.add(std::move(entry));
}

}  // namespace

LoadedPlugins load_plugins(const std::vector<PluginRegistration>& registrations,
                           const LoaderSettings& settings) {
    LoadedPlugins loaded;
    if (auto read = read_registry(settings, {}); !read) {
        loaded.denied = std::move(read.error());
        return loaded;
    }
    std::set<std::string> paths;
    for (const PluginRegistration& registration : registrations) {
        if (!registration.is_string) {
            skip(settings.journal, registration, "its registry value is not a REG_SZ");
            continue;
        }
        if (auto read = read_registry(settings, registration.name); !read) {
            loaded.denied = std::move(read.error());
            return loaded;
        }
        // A path counts as seen even if its first load fails: nothing is tried twice.
        if (!is_linked(registration) && !paths.insert(ascii_lower(registration.path)).second) {
            skip(settings.journal, registration, "its path is registered before");
            continue;
        }
        auto plugin = load(registration, settings);
        if (plugin) {
            loaded.plugins.push_back(std::move(*plugin));
        } else {
            loaded.failure = LoadFailure{registration.name, plugin.error().code()};
        }
    }
    return loaded;
}

}  // namespace wslplugins::testhost
