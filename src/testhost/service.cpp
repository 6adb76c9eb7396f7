// SPDX-License-Identifier: MIT
#include <wslplugins/testhost/service.hpp>

#include "platform/signature.hpp"
#include "testhost/ascii_case.hpp"
#include "testhost/faults/fault_keys.hpp"
#include "testhost/machine/host_path.hpp"
#include "testhost/running_service.hpp"

#include <set>
#include <utility>

namespace wslplugins::testhost {
namespace {

DistributionOptions default_distribution() {
    constexpr abi::GUID id{
        0x2F1C0E5A, 0x6B3D, 0x4C8E, {0x9A, 0x41, 0xD7, 0x52, 0x0B, 0x96, 0xE3, 0x18}};
    return {"Debian", Guid(id), {}};
}

/// A user's registry key cannot hold two distributions of one name or one id. Roots become Linux paths.
WinResult<> check_distributions(std::vector<DistributionOptions>& distributions) {
    std::set<std::pair<std::string, std::string>> names;
    std::set<std::pair<std::string, Guid>> ids;
    for (DistributionOptions& distribution : distributions) {
        if (distribution.name.empty()) {
            return failure(HResult::invalid_argument, "A distribution needs a name");
        }
        if (distribution.wsl_version != 1 && distribution.wsl_version != 2) {
            return failure(HResult::invalid_argument,
                           "'" + distribution.name + "' is of WSL " +
                               std::to_string(distribution.wsl_version) + "; there is 1 and 2");
        }
        if (!distribution.root.empty()) {
            auto root = host_folder(distribution.root);
            if (!root) {
                return propagate(root.error());
            }
            distribution.root = std::move(*root);
        }
        const std::string user = ascii_lower(distribution.user);
        if (!names.insert({user, ascii_lower(distribution.name)}).second) {
            return failure(HResult::invalid_argument,
                           "Two distributions are named '" + distribution.name + "'");
        }
        if (!ids.insert({user, distribution.id}).second) {
            return failure(HResult::invalid_argument,
                           "Two distributions have the id " + to_string(distribution.id));
        }
    }
    return {};
}

WinResult<> check_faults(const std::vector<Fault>& faults) {
    for (const Fault& fault : faults) {
        if (std::string why = why_impossible(fault); !why.empty()) {
            return failure(HResult::invalid_argument, "A fault that cannot be: " + why);
        }
    }
    return {};
}

}  // namespace

class Service::Implementation {
public:
    explicit Implementation(ServiceOptions options)
        : computer(std::make_shared<Computer>(std::move(options))) {}

    const std::shared_ptr<Computer> computer;
};

SignatureCheck default_signature_check() noexcept {
    return platform::can_verify_signatures() ? SignatureCheck::Official
                                             : SignatureCheck::Unofficial;
}

WinResult<std::unique_ptr<Service>> Service::start(ServiceOptions options) {
    if (options.distributions.empty()) {
        options.distributions.push_back(default_distribution());
    }
    if (const auto checked = check_distributions(options.distributions); !checked) {
        return propagate(checked.error());
    }
    if (const auto checked = check_faults(options.faults); !checked) {
        return propagate(checked.error());
    }
    auto implementation = std::make_unique<Implementation>(std::move(options));
    if (const auto started = RunningService::start(implementation->computer); !started) {
        return propagate(started.error());
    }
    return std::unique_ptr<Service>(new Service(std::move(implementation)));
}

Service::Service(std::unique_ptr<Implementation> implementation) noexcept
    : implementation_(std::move(implementation)) {}

Service::~Service() {
    stop();
}

void Service::stop() {
    if (const auto running = implementation_->computer->service()) {
        running->stop();
    }
}

WinResult<> Service::restart() {
    stop();
    return RunningService::start(implementation_->computer);
}

void Service::set_policy(const WslPolicy& policy) {
    implementation_->computer->set_policy(policy);
    const auto running = implementation_->computer->service();
    if (running != nullptr && !policy.allows_wsl) {
        running->stop_sessions_for_policy();
    }
}

User Service::user(std::string_view name) const {
    return User(implementation_->computer, std::string(name));
}

WslcUser Service::wslc(std::string_view name) const {
    return WslcUser(implementation_->computer, std::string(name));
}

Journal& Service::journal() noexcept {
    return implementation_->computer->journal();
}

}  // namespace wslplugins::testhost
