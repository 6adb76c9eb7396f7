// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/wslplugins.hpp>

#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

using namespace wslplugins;

/// Mounts one Windows folder in every virtual machine, where Linux can only read it.
class ReadOnlyHostMount final : public Plugin {
public:
    ReadOnlyHostMount(const Context& context, std::string folder)
        : Plugin(context), folder_(std::move(folder)) {}

    static WinResult<std::unique_ptr<ReadOnlyHostMount>> create(const Context& context) {
        // The service's own environment: only administrators change it.
        const char* const folder = std::getenv("COMPANY_TOOLS");
        if (folder == nullptr) {
            return failure(HResult::invalid_argument, "Set the variable COMPANY_TOOLS to a folder");
        }
        return std::make_unique<ReadOnlyHostMount>(context, folder);
    }

    // Users without the tools still have a Linux.
    static constexpr PluginPolicy policy = PluginPolicy().fail_open(Hook::OnVMStarted);

    PluginResult<> on_vm_started(const Session& session, const VmSettings&) override {
        const auto mounted = api().mount_folder(session,
                                                {.windows_path = folder_,
                                                 .linux_path = "/run/company-tools",
                                                 .access = FolderAccess::ReadOnly,
                                                 .name = "company-tools"});
        if (!mounted) {
            return propagate(mounted.error());
        }
        log().info("mounted", "/run/company-tools");
        return {};
    }

private:
    std::string folder_;
};
