// SPDX-License-Identifier: MIT
#include "testhost/plugin_loader.hpp"

#include "platform/signature.hpp"
#include "testhost/ascii_case.hpp"
#include "testhost/foreign_call.hpp"
#include "testhost/journal_step.hpp"
#include "testhost/plugin_context.hpp"
#include "testhost/version_tables.hpp"

#include <set>
#include <utility>

namespace wslplugins::testhost {
namespace {

JournalEntry step_entry(const PluginRegistration& registration, std::string_view step) {
    JournalEntry entry;
    entry.kind = JournalKind::Load;
    entry.plugin = registration.name;
    entry.name = step;
    return entry;
}

WinResult<void*> find_entry_point(const platform::DynamicLibrary& library) {
    void* const found = library.find(abi::entry_point_name);
    if (found == nullptr) {
        return failure(HResult::procedure_not_found,
                       std::string("The library does not export '") + abi::entry_point_name + "'");
    }
    return found;
}

/// Calls the entry point with a hooks table that is gone when this returns, as the service's own is.
WinResult<abi::WSLPluginHooksV1> call_entry_point(void* entry_point,
                                                  const PluginRegistration& registration,
                                                  const LoaderSettings& settings) {
    const auto table = make_hooks_table(settings.version);
    if (!table) {
        return propagate(table.error());
    }
    const auto function = reinterpret_cast<abi::WSLPluginAPI_EntryPointV1>(entry_point);
    const PluginContext context(registration.name, false);
    const ForeignResult result = call_plugin([&] {
        return function(static_cast<const abi::WSLPluginAPIV1*>(settings.api_table.data()),
                        static_cast<abi::WSLPluginHooksV1*>(table->data()));
    });
    if (result.code.is_failure()) {
        return failure(result.code,
                       result.escaped ? "An exception left the entry point: " + result.what
                                      : "The entry point refused");
    }
    return copy_hooks(*table);
}

WinResult<LoadedPlugin> load_steps(const PluginRegistration& registration,
                                   const LoaderSettings& settings) {
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
    auto library =
        step("load-library", [&] { return platform::DynamicLibrary::open(registration.path); });
    if (!library) {
        return propagate(library.error());
    }
    const auto entry_point = step("find-entry-point", [&] { return find_entry_point(*library); });
    if (!entry_point) {
        return propagate(entry_point.error());
    }
    const auto hooks = step("call-entry-point",
                            [&] { return call_entry_point(*entry_point, registration, settings); });
    if (!hooks) {
        return propagate(hooks.error());
    }
    return LoadedPlugin{registration.name, std::move(*library), *hooks};
}

WinResult<LoadedPlugin> load(const PluginRegistration& registration,
                             const LoaderSettings& settings) {
    JournalEntry entry = step_entry(registration, "load");
    entry.arguments = {{"path", registration.path, true}};
    const std::uint64_t id = settings.journal.begin(std::move(entry));
    auto loaded = load_steps(registration, settings);
    settings.journal.end(id, loaded ? HResult::ok : loaded.error().code());
    return loaded;
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
    std::set<std::string> paths;
    for (const PluginRegistration& registration : registrations) {
        if (!registration.is_string) {
            skip(settings.journal, registration, "its registry value is not a REG_SZ");
            continue;
        }
        // A path counts as seen even if its first load fails: nothing is tried twice.
        if (!paths.insert(ascii_lower(registration.path)).second) {
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
