// SPDX-License-Identifier: MIT
#include <wslplugins/testhost/service.hpp>

#include "testhost/wsl_command.hpp"

#include "platform/signature.hpp"
#include "testhost/ascii_case.hpp"
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

/// A registry cannot hold two distributions of one name or one id.
WinResult<> check_distributions(const std::vector<DistributionOptions>& distributions) {
    std::set<std::string> names;
    std::set<Guid> ids;
    for (const DistributionOptions& distribution : distributions) {
        if (distribution.name.empty()) {
            return failure(HResult::invalid_argument, "A distribution needs a name");
        }
        if (!names.insert(ascii_lower(distribution.name)).second) {
            return failure(HResult::invalid_argument,
                           "Two distributions are named '" + distribution.name + "'");
        }
        if (!ids.insert(distribution.id).second) {
            return failure(HResult::invalid_argument,
                           "Two distributions have the id " + to_string(distribution.id));
        }
    }
    return {};
}

}  // namespace

class Service::Implementation {
public:
    explicit Implementation(std::shared_ptr<RunningService> running) noexcept
        : service(std::move(running)) {}

    const std::shared_ptr<RunningService> service;
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
    auto running = RunningService::start(std::move(options));
    if (!running) {
        return propagate(running.error());
    }
    return std::unique_ptr<Service>(
        new Service(std::make_unique<Implementation>(std::move(*running))));
}

Service::Service(std::unique_ptr<Implementation> implementation) noexcept
    : implementation_(std::move(implementation)) {}

Service::~Service() {
    implementation_->service->stop();
}

UserOutput Service::launch(std::string_view distribution, const std::vector<std::string>& command) {
    return launch_command(*implementation_->service, distribution, command);
}

UserOutput Service::shutdown() {
    return shutdown_command(*implementation_->service);
}

Journal& Service::journal() noexcept {
    return implementation_->service->journal();
}

}  // namespace wslplugins::testhost
