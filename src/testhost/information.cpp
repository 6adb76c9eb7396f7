// SPDX-License-Identifier: MIT
#include "testhost/information.hpp"

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

WinResult<VmSettingsInformation> VmSettingsInformation::make() {
    static_assert(sizeof(abi::WSLVmCreationSettings) == 4);
    auto memory = platform::GuardedMemory::allocate(8);
    if (!memory) {
        return propagate(memory.error());
    }
    return VmSettingsInformation(std::move(*memory));
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

WinResult<DistributionInformation>
DistributionInformation::make(const Version& version,
                              const RegisteredDistribution& distribution,
                              const StartedDistribution& started) {
    auto memory = platform::GuardedMemory::allocate(distribution_information_size(version));
    if (!memory) {
        return propagate(memory.error());
    }
    DistributionInformation made(std::move(*memory));
    std::optional<Error> wrong;
    const auto text = [&](const std::string& utf8) -> abi::LPCWSTR {
        auto wide = to_utf16_for_wsl(utf8);
        if (!wide) {
            wrong = wide.error();
            return nullptr;
        }
        made.texts_.push_back(std::make_unique<WideString>(std::move(*wide)));
        return made.texts_.back()->c_str();
    };
    const auto text_or_null = [&](const std::string& utf8) {
        return utf8.empty() ? nullptr : text(utf8);
    };
    // An absent package is "", an absent flavor is NULL: so the service passes them.
    const abi::WSLDistributionInformation information{distribution.id.raw(),
                                                      text(distribution.name),
                                                      started.pid_namespace,
                                                      text(distribution.package_family_name),
                                                      started.init_pid,
                                                      text_or_null(started.flavor),
                                                      text_or_null(started.version)};
    if (wrong) {
        return propagate(*wrong);
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

}  // namespace wslplugins::testhost
