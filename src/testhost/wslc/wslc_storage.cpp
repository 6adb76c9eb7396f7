// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_storage.hpp"

#include "testhost/machine/made_up_digest.hpp"
#include "testhost/wslc/wslc_codes.hpp"

#include <algorithm>
#include <utility>

namespace wslplugins::testhost {
namespace {

/// The image's variables, and those of the container behind them or in their place.
std::vector<std::string> merged(std::vector<std::string> variables,
                                const std::vector<std::string>& more) {
    for (const std::string& variable : more) {
        const std::string name = variable.substr(0, variable.find('=')) + '=';
        std::erase_if(variables, [&](const std::string& old) { return old.starts_with(name); });
        variables.push_back(variable);
    }
    return variables;
}

/// The options with what the image says where they say nothing.
WslcContainerOptions complete(WslcContainerOptions options, const WslcImage& image) {
    options.env = merged(image.env, options.env);
    options.labels.insert(image.labels.begin(), image.labels.end());
    if (options.command.empty()) {
        options.command = image.cmd;
    }
    if (options.working_dir.empty()) {
        options.working_dir = image.working_dir;
    }
    if (options.user.empty()) {
        options.user = image.user;
    }
    return options;
}

}  // namespace

WinResult<std::shared_ptr<WslcContainer>>
WslcStorage::create_container(const WslcContainerOptions& options, const StoredImage& image) {
    ContainerDescription description;
    description.options = complete(options, image.image);
    description.entrypoint = image.image.entrypoint;
    description.image_id = image.id;
    if (description.options.command.empty() && description.entrypoint.empty()) {
        return failure(HResult::invalid_argument, "no command specified");
    }
    const std::scoped_lock lock(lock_);
    const std::string number = std::to_string(++last_container_);
    description.id = made_up_digest(seed_ + '\0' + number);
    description.name = options.name.empty() ? "container-" + number : options.name;
    description.created = time_text();
    const bool is_used = std::ranges::any_of(containers_, [&](const auto& container) {
        return container->description().name == description.name;
    });
    if (is_used) {
        return failure(HResult::already_exists,
                       "The container name '" + description.name + "' is already in use");
    }
    containers_.push_back(std::make_shared<WslcContainer>(std::move(description), *this));
    return containers_.back();
}

WinResult<std::shared_ptr<WslcContainer>> WslcStorage::find_container(std::string_view name) const {
    const std::scoped_lock lock(lock_);
    std::vector<std::shared_ptr<WslcContainer>> matches;
    for (const auto& container : containers_) {
        if (container->description().name == name) {
            return container;
        }
        if (!name.empty() && container->description().id.starts_with(name)) {
            matches.push_back(container);
        }
    }
    if (matches.empty()) {
        return failure(container_not_found, "No such container: " + std::string(name));
    }
    if (matches.size() > 1) {
        return failure(container_prefix_ambiguous,
                       "More than one container begins with: " + std::string(name));
    }
    return matches.front();
}

void WslcStorage::remove_container(const WslcContainer& container) {
    const std::scoped_lock lock(lock_);
    std::erase_if(containers_, [&](const auto& known) { return known.get() == &container; });
}

std::vector<std::shared_ptr<WslcContainer>> WslcStorage::containers() const {
    const std::scoped_lock lock(lock_);
    return containers_;
}

}  // namespace wslplugins::testhost
