// SPDX-License-Identifier: MIT
#include "machine/installation.hpp"

#include "machine_access.hpp"

#include "platform/paths.hpp"

namespace wslplugins::tool {

WinResult<std::vector<std::string>> full_paths(std::vector<std::string> paths) {
    for (std::string& path : paths) {
        std::error_code error;
        const auto full = std::filesystem::absolute(platform::path_from_utf8(path), error);
        if (error) {
            return failure(HResult::path_not_found, "Could not find the folder of '" + path + "'");
        }
        path = platform::utf8_from_path(full.lexically_normal());
    }
    return paths;
}

std::optional<Refusal> refusal_to_install(const std::string& name, const std::string& dll) {
    if (auto refusal = refusal_of_name(name)) {
        return refusal;
    }
    if (auto refusal = refusal_of_path(dll)) {
        return refusal;
    }
    return refusal_of_machine(dll);
}

std::expected<InstalledCopy, ExitCode> install_copy(RecordKeeper& keeper,
                                                    const Installation& wanted,
                                                    const RegisteredValue& found,
                                                    const Context& context) {
    const WinResult<InstalledCopy> copy = make_installed_copy(keeper, wanted.name, wanted.files);
    if (!copy) {
        return std::unexpected(fail_on_machine(context, copy.error()));
    }
    std::optional<Refusal> refusal = refusal_of_place(copy->dll);
    if (!refusal && !wanted.development) {
        refusal = refusal_of_signature(copy->dll);
    }
    if (refusal) {
        return std::unexpected(fail(context, *refusal));
    }
    const NewRegistration registration{.name = wanted.name,
                                       .path = copy->dll,
                                       .folder = copy->folder,
                                       .development = wanted.development,
                                       .force = wanted.force};
    if (const WinResult<> done = keeper.change(registering(keeper.record(), found, registration));
        !done) {
        return std::unexpected(fail_on_machine(context, done.error()));
    }
    return *copy;
}

PendingChange
uninstalling(const MachineRecord& record, const RegisteredValue& found, const std::string& name) {
    PendingChange change = unregistering(record, found, name);
    if (!found.is_ours) {
        change.value = found.data;
    }
    return change;
}

}  // namespace wslplugins::tool
