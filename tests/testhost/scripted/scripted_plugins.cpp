// SPDX-License-Identifier: MIT
#include "testhost/scripted/scripted_plugins.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

namespace wslplugins::testhost {
namespace {

/// An empty value takes it away.
void set_environment(const std::string& name, const std::string& value) {
#if defined(_WIN32)
    (void)::_putenv_s(name.c_str(), value.c_str());
#else
    (void)(value.empty() ? ::unsetenv(name.c_str()) : ::setenv(name.c_str(), value.c_str(), 1));
#endif
}

}  // namespace

EnvironmentVariable::EnvironmentVariable(std::string name, const std::string& value)
    : name_(std::move(name)) {
    set_environment(name_, value);
}

EnvironmentVariable::~EnvironmentVariable() {
    set_environment(name_, "");
}

ScriptedPlugin::ScriptedPlugin(char letter, const std::string& script)
    : name_(1, letter), script_("WSLPLUGINS_SCRIPT_" + name_, script) {}

PluginRegistration ScriptedPlugin::registration() const {
    return {name_, raw_fixture("scripted_" + name_), true};
}

std::unique_ptr<Service> start_service(HostModel model,
                                       const std::vector<PluginRegistration>& plugins,
                                       const Version& version) {
    ServiceOptions options;
    options.host_model = model;
    options.plugins = plugins;
    options.version = version;
    return start_service(std::move(options));
}

std::vector<std::string> said(Service& service) {
    std::vector<std::string> all;
    for (const JournalEntry& entry : service.journal().entries()) {
        if (entry.kind == JournalKind::Log) {
            all.push_back(entry.plugin + ' ' + entry.text);
        }
    }
    return all;
}

void wait_until_said(Service& service, const std::string& what) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::ranges::count(said(service), what) == 0) {
        if (std::chrono::steady_clock::now() > deadline) {
            ADD_FAILURE() << "nobody said '" << what << "'\n"
                          << to_table(service.journal().entries());
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

std::string name_of(HostModel model) {
    return model == HostModel::InService ? "InService" : "OwnProcess";
}

}  // namespace wslplugins::testhost
