// SPDX-License-Identifier: MIT
#include "testhost/plugins/information.hpp"

#include <cstring>
#include <utility>

namespace wslplugins::testhost {

WinResult<SessionInformation> SessionInformation::make(std::uint32_t session, const Sid& sid) {
    auto memory = platform::GuardedMemory::allocate(sizeof(abi::WSLSessionInformation));
    if (!memory) {
        return propagate(memory.error());
    }
    // Hooks get a pointer to constant data; the API's type for a SID does not say so.
    const abi::WSLSessionInformation information{session, nullptr, const_cast<Sid*>(&sid)};
    std::memcpy(memory->data(), &information, sizeof information);
    return SessionInformation(std::move(*memory));
}

void SessionInformation::set_token(platform::AccessToken token) noexcept {
    token_ = std::move(token);
    static_cast<abi::WSLSessionInformation*>(memory_.data())->UserToken = token_.raw();
}

const abi::WSLSessionInformation* SessionInformation::get() const noexcept {
    return static_cast<const abi::WSLSessionInformation*>(memory_.data());
}

WinResult<VmSettingsInformation> VmSettingsInformation::make(const WslConfig& config) {
    static_assert(sizeof(abi::WSLVmCreationSettings) == 4);
    auto memory = platform::GuardedMemory::allocate(8);
    if (!memory) {
        return propagate(memory.error());
    }
    const int flags =
        (config.custom_kernel ? abi::WSLUserConfigurationCustomKernel : 0) |
        (config.custom_kernel_command_line ? abi::WSLUserConfigurationCustomKernelCommandLine : 0);
    const abi::WSLVmCreationSettings settings{static_cast<abi::WSLUserConfiguration>(flags)};
    VmSettingsInformation made(std::move(*memory));
    std::memcpy(static_cast<std::byte*>(made.memory_.data()) + 4, &settings, sizeof settings);
    return made;
}

const abi::WSLVmCreationSettings* VmSettingsInformation::get() const noexcept {
    // The struct is the second half of the block, so that the guard lies right behind it.
    return reinterpret_cast<const abi::WSLVmCreationSettings*>(
        static_cast<const std::byte*>(memory_.data()) + 4);
}

std::vector<JournalArgument> VmSettingsInformation::arguments() const {
    const auto flags = static_cast<int>(get()->CustomConfigurationFlags);
    return {{"custom_configuration_flags", std::to_string(flags)}};
}

abi::LPCWSTR WideTexts::add(std::string_view utf8) {
    auto wide = to_utf16_for_wsl(utf8);
    if (!wide) {
        error_ = wide.error();
        return nullptr;
    }
    texts_.push_back(std::make_unique<WideString>(std::move(*wide)));
    return texts_.back()->c_str();
}

WinResult<DistributionInformation>
DistributionInformation::make(const Version& version,
                              const RegisteredDistribution& distribution,
                              const StartedDistribution& started) {
    auto memory = platform::GuardedMemory::allocate(distribution_information_size(version));
    if (!memory) {
        return propagate(memory.error());
    }
    DistributionInformation made(std::move(*memory));
    // An absent package is "", an absent flavor is NULL: so the service passes them.
    const abi::WSLDistributionInformation information{
        distribution.id.raw(),
        made.texts_.add(distribution.name),
        started.pid_namespace,
        made.texts_.add(distribution.package_family_name),
        started.init_pid,
        made.texts_.add_or_null(started.flavor),
        made.texts_.add_or_null(started.version)};
    if (made.texts_.error()) {
        return propagate(*made.texts_.error());
    }
    std::memcpy(made.memory_.data(), &information, made.memory_.size());
    made.arguments_ = {{"id", to_string(distribution.id)},
                       {"name", distribution.name},
                       {"package", distribution.package_family_name},
                       {"pid_namespace", std::to_string(started.pid_namespace), true},
                       {"init_pid", std::to_string(started.init_pid), true},
                       {"flavor", started.flavor},
                       {"version", started.version}};
    return made;
}

const abi::WSLDistributionInformation* DistributionInformation::get() const noexcept {
    return static_cast<const abi::WSLDistributionInformation*>(memory_.data());
}

WinResult<OfflineDistributionInformation> OfflineDistributionInformation::make(
    const Version& version, const RegisteredDistribution& distribution, Absent absent) {
    auto memory = platform::GuardedMemory::allocate(offline_distribution_information_size(version));
    if (!memory) {
        return propagate(memory.error());
    }
    OfflineDistributionInformation made(std::move(*memory));
    const auto text = [&](const std::string& utf8) {
        return absent == Absent::Null ? made.texts_.add_or_null(utf8) : made.texts_.add(utf8);
    };
    const abi::WslOfflineDistributionInformation information{
        distribution.id.raw(),
        made.texts_.add(distribution.name),
        made.texts_.add(distribution.package_family_name),
        text(distribution.flavor),
        text(distribution.version)};
    if (made.texts_.error()) {
        return propagate(*made.texts_.error());
    }
    std::memcpy(made.memory_.data(), &information, made.memory_.size());
    made.arguments_ = {{"id", to_string(distribution.id)},
                       {"name", distribution.name},
                       {"package", distribution.package_family_name},
                       {"flavor", distribution.flavor},
                       {"version", distribution.version}};
    return made;
}

const abi::WslOfflineDistributionInformation* OfflineDistributionInformation::get() const noexcept {
    return static_cast<const abi::WslOfflineDistributionInformation*>(memory_.data());
}

}  // namespace wslplugins::testhost
